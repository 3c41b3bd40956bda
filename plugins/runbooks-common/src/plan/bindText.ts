import type { PlaceholderUse, TextEdit } from '../shell/model';
import { PARAMETER_PREFIX } from '../shell/parameterName';

/**
 * Values never become code: a placeholder's own characters are replaced by a quoted expansion of an environment
 * variable, and nothing else of the text changes.
 *
 * ```text
 * kubectl logs <pod-name> -n prod        kubectl logs "${RUNBOOKS_P_POD_NAME}" -n prod
 *              ^ word
 * echo "pod <pod-name>"                  echo "pod ${RUNBOOKS_P_POD_NAME}"
 *           ^ double
 * grep 'x <pod-name>'                    grep 'x '"${RUNBOOKS_P_POD_NAME}"''
 *         ^ single
 * kubectl logs ${POD:-web-0}             kubectl logs ${RUNBOOKS_P_POD:-web-0}
 *              ^ the document's own variable
 * ```
 *
 * Every value travels under the product's own prefix, so that neither `<path>` nor `$LD_PRELOAD` sets a variable that
 * means something to the shell or to a program. What the document exports itself it exports still:
 * `export POD="${RUNBOOKS_P_POD}"`.
 */

/** The environment variable that carries the value of a parameter. @public */
export function environmentNameOf({
  parameter,
}: Pick<PlaceholderUse, 'parameter'>): string {
  return `${PARAMETER_PREFIX}${parameter}`;
}

/**
 * The edits that bind a text's placeholders; none for a place where no value can be put (`none`), which the
 * planner must have refused before.
 *
 * @public
 */
export function bindingEdits(
  text: string,
  uses: readonly PlaceholderUse[],
): TextEdit[] {
  return uses.flatMap(use => {
    const replacement = replacementFor(text, use);
    return replacement === undefined
      ? []
      : [{ start: use.start, end: use.end, text: replacement }];
  });
}

/** Applies edits to a text; of two that overlap the one that starts first counts. @public */
export function applyEdits(text: string, edits: readonly TextEdit[]): string {
  const ordered = [...edits].sort((a, b) => a.start - b.start || b.end - a.end);
  let result = '';
  let at = 0;
  for (const edit of ordered) {
    if (edit.start < at) continue;
    result += text.slice(at, edit.start) + edit.text;
    at = edit.end;
  }
  return result + text.slice(at);
}

/** Which quotes an offset stands in. Apostrophes in comments open nothing. @public */
export function quotingAt(
  text: string,
  offset: number,
): 'none' | 'single' | 'double' {
  let quote: 'none' | 'single' | 'double' = 'none';
  for (let at = 0; at < offset; at += 1) {
    const char = text[at];
    if (quote === 'single') {
      if (char === "'") quote = 'none';
    } else if (char === '\\') {
      at += 1;
    } else if (char === '"') {
      quote = quote === 'double' ? 'none' : 'double';
    } else if (char === "'" && quote === 'none') {
      quote = 'single';
    } else if (char === '#' && quote === 'none' && startsComment(text, at)) {
      const end = text.indexOf('\n', at);
      at = end === -1 ? offset : end;
    }
  }
  return quote;
}

function startsComment(text: string, at: number): boolean {
  return at === 0 || /[\s;&|(]/.test(text[at - 1]);
}

function replacementFor(text: string, use: PlaceholderUse): string | undefined {
  const expansion = `\${${environmentNameOf(use)}}`;
  if (use.form === 'variable') {
    return use.place === 'none' ? undefined : ownVariable(text, use);
  }
  switch (use.place) {
    case 'word':
    case 'assignment':
    case 'unquoted':
      return `"${expansion}"`;
    case 'double':
    case 'heredoc':
      return expansion;
    case 'single':
      return `'"${expansion}"'`;
    case 'nested':
      return nestedReplacement(text, use, expansion);
    default:
      return undefined;
  }
}

//   $X   ${X}   ${X:-default}   ${#X}   ${X%suffix}
//    ^     ^      ^                ^      ^
/** The document's own expansion, of the variable that carries the value. */
function ownVariable(text: string, use: PlaceholderUse): string {
  const written = text.slice(use.start, use.end);
  const name = environmentNameOf(use);
  if (written === `$${use.parameter}`) {
    return use.assignedLater
      ? `\${${use.parameter}-\${${name}}}`
      : `\${${name}}`;
  }
  const [, before, after] =
    new RegExp(`^(\\$\\{[#!]?)${use.parameter}([^]*)\\}$`).exec(written) ?? [];
  if (before === undefined) return written;
  const assigns = /^:?=/.exec(after)?.[0];
  // `${X:=default}` gives X a value too, which the rest of the text reads.
  if (assigns)
    return `\${${use.parameter}${assigns}\${${name}:-${after.slice(
      assigns.length,
    )}}}`;
  if (use.assignedLater && before === '${' && /^(?::?-.*)?$/s.test(after)) {
    return `\${${use.parameter}${
      after === '' ? '-' : after.replace(/^(:?-).*$/s, '$1')
    }\${${name}${after}}}`;
  }
  return `${before}${name}${after}}`;
}

function nestedReplacement(
  text: string,
  use: PlaceholderUse,
  expansion: string,
): string {
  switch (quotingAt(text, use.start)) {
    case 'single':
      return `'"${expansion}"'`;
    case 'double':
      return expansion;
    default:
      return `"${expansion}"`;
  }
}
