/** What says a value of its own kind, in a form that all readers know. */
const AGREED =
  /^(?:~?|null|Null|NULL|true|True|TRUE|false|False|FALSE|0|-?[1-9]\d{0,14}|0[0-7]{1,10}|(?!-0\.0+$)-?(?:0|[1-9]\d{0,8})\.\d{1,8})$/;
/** Three parts and more: no number to anybody. */
const VERSION_OR_ADDRESS = /^\d+(?:\.\d+){2,}(?::\d+)?$/;
/** What may be a number, a date, a truth value or a merge to one of them. */
const DOUBTFUL =
  /^(?:[-+]?(?:0[xob].*|[\d.:]+(?:e[-+]?[\d.:]*)?|\.?(?:inf|nan))|\d{4}-.*|y|n|yes|no|on|off|=|<<)$/is;

const ESCAPES =
  /^(?:[^\\]|\\(?:[\\"nrt0/]|x[0-7][\da-f]|u(?!d[89a-f])[\da-f]{4}))*$/is;

/** Inside of `[...]` and `{...}` other marks end a word, by reader. */
const IN_FLOW =
  /^(?:[^\s?,[\]{}&*!|>'"%@`#:-]|-(?=\S)|:(?=[\w/]))(?:[^?,[\]{}:]|:(?=[\w/]))*$/s;

/**
 * Whether every reader of YAML makes the same of a word without quotes: a number, a truth value or nothing in its
 * plain form, or a text that nobody takes for one of these. `yes`, `0x1F`, `1e3`, `1_000` and dates are none.
 *
 * @param value - What the reader here makes of it.
 * @param inFlow - It stands inside of `[...]` or `{...}`.
 */
export function isAgreedWord(
  source: string,
  value: unknown,
  inFlow: boolean,
): boolean {
  if (inFlow && source !== '' && !IN_FLOW.test(source)) return false;
  return (
    AGREED.test(source) ||
    VERSION_OR_ADDRESS.test(source) ||
    // Go leaves `_` out before it looks for a number.
    (typeof value === 'string' && !DOUBTFUL.test(source.replaceAll('_', '')))
  );
}

/** Whether a text in double quotes has only escapes that all readers know. */
export function hasAgreedEscapes(source: string): boolean {
  return ESCAPES.test(source);
}
