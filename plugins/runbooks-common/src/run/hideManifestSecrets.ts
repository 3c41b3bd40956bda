const HIDDEN = '••••••';
const SECRET_KIND =
  /^(?:[^\S\n\r\u2028\u2029]|[\-{"'])*kind["']?\s*:\s*["']?Secret(?:List)?\b/m;
const JSON_SECRET_KIND = /"kind"\s*:\s*"Secret(?:List)?"/;
const KEY_AND_VALUE =
  /^([ +-]?[\s-]*)(?:(["'])([\w./-]+)\2|([\w./][\w./-]*))(\s*:\s*)((?:\S.*)?)$/;

/** True for a text that holds a manifest of kind Secret, in YAML or JSON. @public */
export function holdsSecretManifest(text: string): boolean {
  return SECRET_KIND.test(text) || JSON_SECRET_KIND.test(text);
}

/**
 * The difference of a file that holds Secrets with keys and without values. A line that is no `key: value`, such as
 * one of a longer value, is hidden whole.
 *
 * @param difference - As `differenceText` makes it.
 *
 * @public
 */
export function hideManifestSecrets(difference: string): string {
  return difference.split('\n').map(hideValue).join('\n');
}

function hideValue(line: string): string {
  if (/^\(\d+ (unchanged|more) lines/.test(line)) return line;
  const mark = /^[ +-]/.exec(line)?.[0] ?? '';
  const match = KEY_AND_VALUE.exec(line);
  if (!match) {
    const rest = line.slice(mark.length);
    return /^[\s\-{}[\],]*$/.test(rest) ? line : `${mark}${HIDDEN}`;
  }
  const [, indent, quote = '', quoted, bare, colon, value] = match;
  const key = quoted ?? bare;
  const isStructure = /^[{[|>\-+]*,?$/.test(value) && !/[|>]/.test(value);
  return isStructure || isKind(key, value)
    ? line
    : `${indent}${quote}${key}${quote}${colon}${HIDDEN}`;
}

/** The one value that is told: it is why the others are hidden. */
function isKind(key: string, value: string): boolean {
  return key === 'kind' && /^["']?Secret(List)?["']?,?$/.test(value);
}
