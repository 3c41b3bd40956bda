import type { PlaceholderUse, TextEdit } from '../shell/model';

/**
 * Values never become code: a placeholder's own characters are replaced by a quoted expansion of an environment
 * variable, and nothing else of the text changes.
 *
 * ```text
 * kubectl logs <pod-name> -n prod        kubectl logs "${P_POD_NAME}" -n prod
 *              ^ word
 * echo "pod <pod-name>"                  echo "pod ${P_POD_NAME}"
 *           ^ double
 * grep 'x <pod-name>'                    grep 'x '"${P_POD_NAME}"''
 *         ^ single
 * ```
 *
 * Placeholders that are not variables get the prefix `P_`, so that `<path>` never becomes PATH.
 */

/** The environment variable that carries the value of a placeholder. @public */
export function environmentNameOf(
  use: Pick<PlaceholderUse, 'form' | 'parameter'>,
): string {
  return use.form === 'variable' || use.form === 'export'
    ? use.parameter
    : `P_${use.parameter}`;
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
  if (use.form === 'variable' && use.place !== 'none') {
    // The document's own expansion stays; `${X:-default}` too, because X is set.
    return undefined;
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
