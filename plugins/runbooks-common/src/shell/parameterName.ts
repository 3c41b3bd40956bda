/** What the environment variables of a step begin with that carry values of parameters. */
export const PARAMETER_PREFIX = 'RUNBOOKS_P_';

/** Longest name of a parameter; longer descriptions are cut at a word. */
const MAX_NAME_LENGTH = 60;

/**
 * The name of a parameter from what stands in the text: `pod-name`, `podName` and `pod name` are all `POD_NAME`.
 * Always matches `[A-Z_][A-Z0-9_]*`. Words that no variable can be called get a number instead, each its own.
 */
export function parameterName(written: string): string {
  const words = written
    .replace(/([a-z0-9])([A-Z])/g, '$1_$2')
    .replace(/[^A-Za-z0-9]+/g, '_')
    .replace(/^_|_$/g, '')
    .toUpperCase();
  const short = words.length > MAX_NAME_LENGTH ? cutAtWord(words) : words;
  const foreign = written.match(/[^\p{ASCII}]+/gu);
  const name = foreign
    ? `${short || 'VALUE'}_${numberOf(foreign.join(' '))}`
    : short;
  if (name === '') return 'VALUE';
  return /^[0-9]/.test(name) ? `_${name}` : name;
}

function cutAtWord(words: string): string {
  const cut = words.slice(0, MAX_NAME_LENGTH);
  const last = cut.lastIndexOf('_');
  return last > 0 ? cut.slice(0, last) : cut;
}

function numberOf(text: string): string {
  let sum = 0;
  for (const char of text) sum = (sum * 31 + char.codePointAt(0)!) % 1_679_616;
  return sum.toString(36).toUpperCase().padStart(4, '0');
}
