import { isImperative } from './imperative';

/** "Backend health: run ...": what stands before the colon names the instruction. */
const LABEL = /^[^:.!?\n]{2,60}[:：]\s+(?=\S)/;

/** "09:15 CET: look at ...": when it is done. */
const TIME =
  /^\d{1,2}[:.]\d{2}(?:\s?[AaPp][Mm])?(?:\s[A-Z]{2,5})?\s*[:–—-]?\s+/;

/** "If the pod is stuck, ...", "For the replica, ...": when or where the instruction holds. */
const LEADING_CLAUSE =
  /^(?:if|when|whenever|where|once|before|after|for|on|in|from|with|to|at|until|unless|while|as soon as|depending on)\b[^,.;!?]{2,120},\s+/i;

/**
 * True where a text tells a person what to do, also after a label or after the case in which it holds.
 *
 * ```text
 * Restart the consumer                         isImperative
 * If the consumer is stuck, restart it         the case, then the instruction
 * Backend: redeploy the previous image         the label, then the instruction
 * ```
 */
export function isInstruction(text: string): boolean {
  const bare = text.trim().replace(TIME, '');
  if (/\?$/.test(bare)) return false;
  if (isImperative(bare)) return true;
  const labelled = bare.replace(LABEL, '');
  const told = labelled.replace(LEADING_CLAUSE, '');
  return told !== bare && (isImperative(told) || isImperative(labelled));
}
