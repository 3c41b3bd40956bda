import type { PlaceholderUse } from '../../shell';

const INTRODUCED =
  /^(?:or|e\.g\.?|eg|for example|example|examples|such as|i\.e\.?|one of|options?|choices?|values?|possible values?)\b[:.,]?\s*(\S.*)$/i;
const VALUE = /^[A-Za-z0-9][A-Za-z0-9._:/@-]{0,62}$/;

/**
 * Values that a comment beside an assignment offers.
 *
 * ```text
 * export KIND="deploy"     # or: sts
 *                                ^
 * export NAME="<name>"     # e.g. strategy-engine, gamma-strategy
 *                                 ^                ^
 * ```
 */
export function suggestionsBeside(text: string, use: PlaceholderUse): string[] {
  const lineEnd = text.indexOf('\n', use.end);
  const rest = text.slice(use.end, lineEnd === -1 ? undefined : lineEnd);
  const comment = /^["']?(?:\s*;)?\s+#\s*(\S.*)$/.exec(rest)?.[1];
  const offered =
    comment === undefined ? undefined : INTRODUCED.exec(comment.trim())?.[1];
  if (offered === undefined) return [];
  const values = withoutRemark(offered)
    .split(/[,|]|\bor\b/)
    .map(value =>
      value
        .trim()
        .replace(/^["'`]|["'`.]$/g, '')
        .trim(),
    );
  return values.every(value => VALUE.test(value) || value === '')
    ? values.filter(value => value !== '')
    : [];
}

/** "deploy, sts (the latter for databases)" offers two values. */
function withoutRemark(offered: string): string {
  const open = offered.indexOf('(');
  return open !== -1 && offered.endsWith(')')
    ? offered.slice(0, open).trimEnd()
    : offered;
}
