import { isImperative } from '../sections/imperative';

/** A title apart from the condition under which it holds. */
export interface ConditionedTitle {
  title: string;
  condition?: string;
}

const IF_NEEDED =
  /[\s,(–—-]*\b((?:if|when|as|where) (?:needed|necessary|required|applicable|possible|appropriate))\b\)?/i;
const IF_THEN =
  /^((?:if|when|in case(?: of)?|only if|unless)\b(?:[^,()]|\([^()]{0,80}\)){2,100}?)(?:,\s*(?:then\s+)?|\s+then\s+|:\s+|\s+[–—]\s+)(\S.*)$/i;
const IF_ONLY = /^(?:if|when|in case(?: of)?|only if|unless)\b/i;
const AT_END =
  /^(.{3,}?)\s*[,(–—-]?\s*\b((?:only )?(?:if|when|in case(?: of)?|unless)\b (?!you (?:want|like)\b)[^();]{2,100}?)\)?$/i;
const IN_BRACKETS_AT_END =
  /^(.{3,}?)\s*\(((?:only )?(?:if|when|in case(?: of)?|unless)\b[^()]{2,100})\)$/i;
const OPTIONAL = /^\(?optional(?:ly)?\)?(?:\s*[:–—,-]\s*|\s+)(.+)$/i;
const OPTIONAL_AT_END = /^(.{3,}?)\s*\((?:optional)[^)]*\)$/i;

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
  if (needed && text.length > needed[0].length + 3) {
    const title = text.replace(IF_NEEDED, '').replace(/^[\s,:]+|[\s,:]+$/g, '');
    return { title: capitalised(title), condition: capitalised(needed[1]) };
  }
  const then = IF_THEN.exec(text);
  if (then)
    return { title: capitalised(then[2]), condition: capitalised(then[1]) };
  if (IF_ONLY.test(text))
    return { title: text, condition: text.replace(/[:.]$/, '') };
  const optional = OPTIONAL.exec(text) ?? OPTIONAL_AT_END.exec(text);
  if (optional)
    return { title: capitalised(optional[1]), condition: 'Optional' };
  const end = IN_BRACKETS_AT_END.exec(text) ?? AT_END.exec(text);
  if (
    end &&
    !tellsWhatToDo(end[2]) &&
    !leavesBracketOpen(end[1]) &&
    (/\s/.test(end[1].trim()) || isImperative(end[1])) &&
    !/\b(?:check|see|verify|determine|ask|test|confirm|decide|know|find out)$/i.test(
      end[1],
    )
  ) {
    return { title: end[1].trim(), condition: capitalised(end[2].trim()) };
  }
  return { title: text };
}

/** "if one was wrong, write another" is a sentence of its own and no condition of what stands before it. */
function tellsWhatToDo(condition: string): boolean {
  const [, ...clauses] = condition.split(/,\s+/);
  return clauses.some(clause => isImperative(clause));
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
