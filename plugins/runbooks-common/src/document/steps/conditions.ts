import { isImperative } from '../sections/imperative';
import { bracketAtEnd } from '../../text/bracketAtEnd';
import { trimmed, trimmedEnd } from '../../text/trimmed';

/** A title apart from the condition under which it holds. */
export interface ConditionedTitle {
  title: string;
  condition?: string;
}

const IF_NEEDED =
  /\b((?:if|when|as|where) (?:needed|necessary|required|applicable|possible|appropriate))\b\)?/i;
const IF_THEN =
  /^((?:if|when|in case(?: of)?|only if|unless)\b(?:[^,()]|\([^()]{0,80}\)){2,100}?)(?:,\s*(?:then\s+)?|\s+then\s+|:\s+|\s+[–—]\s+)(\S.*)$/i;
const IF_ONLY = /^(?:if|when|in case(?: of)?|only if|unless)\b/i;
const AT_END =
  /\b((?:only )?(?:if|when|in case(?: of)?|unless)\b (?!you (?:want|like)\b)[^();]{2,100}?)\)?$/gi;
const IN_BRACKETS_AT_END =
  /\(((?:only )?(?:if|when|in case(?: of)?|unless)\b[^()]{2,100})\)$/gi;
const OPTIONAL = /^\(?optional(?:ly)?\)?(?:\s*[:–—,-]\s*|\s+)(\S.*)$/i;
/** It begins with what something is said of: an article, a pronoun, a quantity. */
const STATEMENT =
  /^(?:the|a|an|this|that|these|those|its?|they|we|you|our|your|all|each|every|most|some|no|new|old)\s/i;
/** A condition stands behind a title, and a title has at least this many characters. */
const SHORTEST_TITLE = 3;

/**
 * Finds the condition of a step.
 *
 * ```text
 * If code issue, rollback            Scale up if resource exhaustion
 * ^ condition    ^ title             ^ title  ^ condition
 * If database issue                  Check Java heap (if applicable)
 * ^ both                             ^ title         ^ condition
 * ```
 */
export function readCondition(text: string): ConditionedTitle {
  if (text.length > 240 || /\?$/.test(text)) return { title: text };
  const needed = IF_NEEDED.exec(text);
  const unconditioned = needed ? withoutCondition(text, needed) : '';
  if (needed && unconditioned.length > SHORTEST_TITLE) {
    const title = trimmed(unconditioned, /[\s,:]/);
    return { title: capitalised(title), condition: capitalised(needed[1]) };
  }
  const then = IF_THEN.exec(text);
  if (then)
    return { title: capitalised(then[2]), condition: capitalised(then[1]) };
  if (IF_ONLY.test(text))
    return { title: text, condition: text.replace(/[:.]$/, '') };
  const optional = OPTIONAL.exec(text)?.[1] ?? titleOfOptional(text);
  if (optional) return { title: capitalised(optional), condition: 'Optional' };
  const end =
    conditionAtEnd(text, IN_BRACKETS_AT_END, '') ??
    conditionAtEnd(text, AT_END, ',(–—-');
  if (
    end &&
    !tellsWhatToDo(end.condition) &&
    !tellsWhatHappens(end) &&
    !leavesBracketOpen(end.title) &&
    (/\s/.test(end.title.trim()) || isImperative(end.title)) &&
    !/\b(?:check|see|verify|determine|ask|test|confirm|decide|know|find out)$/i.test(
      end.title,
    )
  ) {
    return {
      title: end.title.trim(),
      condition: capitalised(end.condition.trim()),
    };
  }
  return { title: text };
}

/** What stands around "if needed", without the signs that part it from what stands before. */
function withoutCondition(text: string, { 0: whole, index }: RegExpExecArray) {
  const before = trimmedEnd(text.slice(0, index), /[\s,(–—-]/);
  return before + text.slice(index + whole.length);
}

/** "Check the heap" of "Check the heap (optional)". */
function titleOfOptional(text: string): string | undefined {
  const open = bracketAtEnd(text);
  if (open === undefined || !text.endsWith(')')) return undefined;
  const optional = /\(optional/gi;
  optional.lastIndex = Math.max(open, SHORTEST_TITLE);
  const found = optional.exec(text);
  return found ? titleBefore(text, found.index) : undefined;
}

function conditionAtEnd(
  text: string,
  pattern: RegExp,
  signs: string,
): Required<ConditionedTitle> | undefined {
  pattern.lastIndex = SHORTEST_TITLE;
  const found = pattern.exec(text);
  return found
    ? { title: titleBefore(text, found.index, signs), condition: found[1] }
    : undefined;
}

/** What stands before a place, without blanks and one sign that parts. */
function titleBefore(text: string, end: number, signs = ''): string {
  const before = text.slice(0, end).trimEnd();
  const bare = signs.includes(before.slice(-1))
    ? before.slice(0, -1).trimEnd()
    : before;
  return text.slice(0, Math.max(bare.length, SHORTEST_TITLE));
}

/** "if one was wrong, write another" is a sentence of its own and no condition of what stands before it. */
function tellsWhatToDo(condition: string): boolean {
  const [, ...clauses] = condition.split(/,\s+/);
  return clauses.some(clause => isImperative(clause));
}

/** "The pods read settings when they start" says how things are: nothing in it is done by somebody, on no condition. */
function tellsWhatHappens({
  title,
  condition,
}: Required<ConditionedTitle>): boolean {
  return /^when\b/i.test(condition) && STATEMENT.test(title.trim());
}

/** "On the database server", "Inside the pod" say where, not what. */
export function isPlace(text: string): boolean {
  return /^(?:on|in|inside|from|within|as|at)\b/i.test(text);
}

/** "Via the API", "Using the web page": how, of a thing that can be done in several ways. */
export function namesWay(text: string): boolean {
  return /^(?:via|using|through)\b/i.test(text);
}

/** True where a text was cut inside brackets. */
export function leavesBracketOpen(text: string): boolean {
  return text.lastIndexOf('(') > text.lastIndexOf(')');
}

export function capitalised(text: string): string {
  return text.charAt(0).toUpperCase() + text.slice(1);
}
