/** Small and large letters differ: eight digits follow a `U`, of which `u` would take four. */
const ESCAPE = /\\(?:x([\da-fA-F]{2})|u([\da-fA-F]{4})|U([\da-fA-F]{8}))/g;
/** Tags of YAML under which any word may be written as base64: `!!binary`, `!<...>`, `!name!ary`. */
const BASE64_TAG = /!(?:\S{0,60}(?:binary|%)|<|!)|%TAG/;

/**
 * Whether a text may be a manifest of a Secret to some reader of YAML or JSON: the word stands in it, in whatever way it
 * can be written. False says that surely none is described.
 *
 * @public
 */
export function mayDescribeSecrets(text: string): boolean {
  const plain = withoutEncoding(text);
  return (
    /\bSecret/.test(plain) ||
    BASE64_TAG.test(plain) ||
    (plain.includes('\\') && unescaped(plain).includes('Secret'))
  );
}

/** The same of one part of a manifest: it also says of which kind it is, and is no program. */
export function mayBeSecret(chunk: string): boolean {
  const content = withoutEncoding(chunk)
    .split('\n')
    .filter(line => !/^\s*#/.test(line) && line.trim() !== '');
  if (isStatement(content[0] ?? '')) return false;
  const text = content.join('\n');
  return (
    mayDescribeSecrets(text) &&
    (/kind/iu.test(unescaped(text)) || BASE64_TAG.test(text))
  );
}

/** A text of words alone: whatever follows it, to no reader is it the first line of an object. */
function isStatement(line: string): boolean {
  return /^[\w$./(][^:\r\u0085\u2028\u2029]*$/.test(line);
}

/** kubectl also reads UTF-16, of which every other byte of a word is none. */
function withoutEncoding(text: string): string {
  return text.replaceAll('\0', '');
}

//   kind: "S\u0065cret"
//           ^
function unescaped(text: string): string {
  return text
    .replace(/\\\r?\n[ \t]*/g, '')
    .replace(ESCAPE, (_, ...[two, four, eight]: string[]) => {
      const code = parseInt(two ?? four ?? eight, 16);
      return code > 0x10ffff ? '' : String.fromCodePoint(code);
    });
}
