/** Longest name of a parameter; longer descriptions are cut at a word. */
const MAX_NAME_LENGTH = 60;

/**
 * The name of a parameter from what stands in the text: `pod-name`, `podName` and `pod name` are all `POD_NAME`.
 * Always matches `[A-Z_][A-Z0-9_]*`.
 */
export function parameterName(written: string): string {
  const words = written
    .replace(/([a-z0-9])([A-Z])/g, '$1_$2')
    .replace(/[^A-Za-z0-9]+/g, '_')
    .replace(/^_+|_+$/g, '')
    .toUpperCase();
  const name = words.length > MAX_NAME_LENGTH ? cutAtWord(words) : words;
  if (name === '') return 'VALUE';
  return /^[0-9]/.test(name) ? `_${name}` : name;
}

function cutAtWord(words: string): string {
  const cut = words.slice(0, MAX_NAME_LENGTH);
  const last = cut.lastIndexOf('_');
  return last > 0 ? cut.slice(0, last) : cut;
}
