import type { PlaceholderUse } from '../../shell';
import { assignedPlaceholders } from './nameByAssignment';

/** Words that stand for anything: two of them need not be the same thing. */
const VAGUE =
  /^(?:NAME|VALUE|ID|KEY|TYPE|URL|HOST|USER|PASSWORD|TOKEN|PATH|FILE|DATE|TIME|PORT|IP|X|N)$/;

/**
 * Names of placeholders that stand for what a variable of the same document holds, each with the variable's name.
 *
 * ```text
 * POD="<pod-name>"          kubectl logs <pod-name>
 *  ^ both are POD                        ^
 * ```
 *
 * Only where the document gives the placeholder to one variable, and both are called alike: `NS=<namespace>`, but not
 * `SOURCE=<namespace>`.
 */
export function oneNameForBoth(
  texts: ReadonlyArray<{ text: string; uses: readonly PlaceholderUse[] }>,
): Map<string, string> {
  const variables = new Map<string, Set<string>>();
  for (const { text, uses } of texts) {
    for (const { placeholder, variable } of assignedPlaceholders(text, uses)) {
      const known = variables.get(placeholder) ?? new Set();
      variables.set(placeholder, known.add(variable));
    }
  }
  const names = new Map<string, string>();
  for (const [placeholder, [variable, ...others]] of variables) {
    if (others.length === 0 && areAlike(placeholder, variable))
      names.set(placeholder, variable);
  }
  return names;
}

function areAlike(placeholder: string, variable: string): boolean {
  if (VAGUE.test(placeholder)) return false;
  return (
    placeholder.startsWith(`${variable}_`) ||
    variable.startsWith(`${placeholder}_`) ||
    isShortFor(variable, placeholder)
  );
}

/** NS is short for NAMESPACE, SVC for SERVICE. */
function isShortFor(short: string, long: string): boolean {
  if (short.length >= long.length || short[0] !== long[0]) return false;
  let at = 0;
  for (const letter of long) {
    if (letter === short[at]) at += 1;
  }
  return at === short.length;
}
