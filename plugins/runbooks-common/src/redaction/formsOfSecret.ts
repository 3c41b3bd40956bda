import { isHiddenEverywhere } from './isHiddenEverywhere';

/** No form is shorter. */
const MIN_FORM_LENGTH = 4;
/** A line of a longer secret that is hidden on its own, because YAML indents it and JSON escapes its end. */
const MIN_LINE_LENGTH = 8;
/** A shorter secret inside of a longer base64 text would be found by chance. */
const MIN_INNER_LENGTH = 8;
/** Longer secrets are looked for in pieces, so that little must be held back for them. */
const PIECE_LENGTH = 1024;
/** As arguments of one call. */
const BYTES_AT_ONCE = 8 * 1024;
const HEXADECIMAL = Array.from({ length: 256 }, (_, byte) =>
  byte.toString(16).padStart(2, '0'),
);
/** Where base64 and openssl break lines. */
const BASE64_WIDTHS = [76, 64];

/**
 * The texts to look for so that a secret does not appear: as it is; in base64, also as a part of a longer text, and
 * twice; in hexadecimal digits; as addresses, JSON, HTML, YAML and shells write it; as names of Kubernetes can hold it
 * and its base64, in small letters; and line by line. Empty for values that are too common to hide.
 */
export function formsOfSecret(secret: string): string[] {
  if (!isHiddenEverywhere(secret)) return [];
  const trimmed = secret.trim();
  const whole = [
    secret,
    trimmed,
    ...base64Forms(secret),
    ...(trimmed === secret ? [] : base64Forms(trimmed)),
    ...innerBase64(trimmed),
    ...hexadecimal(trimmed),
    ...percentEncoded(trimmed),
    ...jsonForms(trimmed),
    ...jsonForms(JSON.stringify(trimmed).slice(1, -1)),
    htmlEncoded(trimmed),
    ...quotedForms(trimmed),
    ...inNames(trimmed),
  ].filter(form => form.length >= MIN_FORM_LENGTH);
  const lines = trimmed
    .split(/\r?\n/)
    .map(line => line.trim())
    .filter(line => line.length >= MIN_LINE_LENGTH);
  return [...new Set([...whole, ...lines].flatMap(inPieces))];
}

function base64Forms(text: string): string[] {
  const encoded = base64(text);
  const unpadded = encoded.replace(/={1,2}$/, '');
  const urlSafe = unpadded.replaceAll('+', '-').replaceAll('/', '_');
  const wrapped = BASE64_WIDTHS.filter(width => encoded.length > width).flatMap(
    width => encoded.match(new RegExp(`.{${width}}|.{16,}$`, 'g')) ?? [],
  );
  return [encoded, unpadded, urlSafe, base64(encoded), ...wrapped];
}

/**
 * Names of Kubernetes have small letters, digits and `-` alone: what of base64 does not fit is replaced or left out. The
 * value itself counts with its signs only, for without them it may be any name.
 */
function inNames(text: string): string[] {
  const encoded = base64(text).replace(/={1,2}$/, '');
  const ofBase64 = [encoded, ...innerBase64(text)].flatMap(form => [
    form,
    form
      .split(/[^A-Za-z0-9]+/)
      .filter(Boolean)
      .join('-'),
    form.replace(/[^A-Za-z0-9]+/g, ''),
  ]);
  const itself = /\d/.test(text) && /\p{Lu}/u.test(text) ? [text] : [];
  return [...ofBase64, ...itself]
    .map(form => form.toLowerCase())
    .filter(form => form.length >= MIN_INNER_LENGTH);
}

/** What base64 of a longer text has of the secret, for each of the three places at which it may begin in a group. */
function innerBase64(text: string): string[] {
  if (text.length < MIN_INNER_LENGTH) return [];
  return ['', '.', '..'].flatMap(before => {
    const encoded = base64(before + text);
    const bytes = new TextEncoder().encode(before + text).length;
    // Characters that share a byte with what stands around the secret differ.
    const inner = encoded.slice(
      before === '' ? 0 : before.length + 1,
      Math.floor((bytes * 8) / 6),
    );
    return [inner, inner.replaceAll('+', '-').replaceAll('/', '_')];
  });
}

function base64(text: string): string {
  const bytes = new TextEncoder().encode(text);
  let binary = '';
  // Byte by byte it takes ten times as long for a value of 1 MiB.
  for (let at = 0; at < bytes.length; at += BYTES_AT_ONCE) {
    binary += String.fromCharCode(...bytes.subarray(at, at + BYTES_AT_ONCE));
  }
  return btoa(binary);
}

function hexadecimal(text: string): string[] {
  if (text.length < MIN_INNER_LENGTH) return [];
  const digits = Array.from(
    new TextEncoder().encode(text),
    byte => HEXADECIMAL[byte],
  ).join('');
  return [digits, digits.toUpperCase()];
}

function percentEncoded(text: string): string[] {
  try {
    const encoded = encodeURIComponent(text);
    const strict = encoded.replace(
      /[!'()*]/g,
      sign => `%${sign.charCodeAt(0).toString(16).toUpperCase()}`,
    );
    const lower = strict.replace(/%[0-9A-F]{2}/g, code => code.toLowerCase());
    return [encoded, strict, lower, strict.replaceAll('%20', '+')];
  } catch {
    // Half of a surrogate pair has no encoding.
    return [];
  }
}

/** As JSON writes it: plainly, as Go does (which escapes `<`, `>` and `&`), in ASCII alone, with `\/`. */
function jsonForms(text: string): string[] {
  const plain = JSON.stringify(text).slice(1, -1);
  const ofGo = plain.replace(/[<>&]/g, escaped);
  // eslint-disable-next-line no-control-regex
  const ascii = plain.replace(/[^\x00-\x7f]/g, escaped);
  return [plain, ofGo, ascii, plain.replaceAll('/', '\\/')];
}

function escaped(character: string): string {
  return `\\u${character.charCodeAt(0).toString(16).padStart(4, '0')}`;
}

function htmlEncoded(text: string): string {
  return text
    .replaceAll('&', '&amp;')
    .replaceAll('<', '&lt;')
    .replaceAll('>', '&gt;')
    .replaceAll('"', '&#34;')
    .replaceAll("'", '&#39;');
}

/** In the single quotes of YAML and of a shell, and as `printf %q` and `set -x` write it. */
function quotedForms(text: string): string[] {
  return [
    text.replaceAll("'", "''"),
    text.replaceAll("'", "'\\''"),
    backslashed(text),
    ansiQuoted(text, /[^\x20-\x7e]/gu),
    // eslint-disable-next-line no-control-regex -- These are what cannot be seen.
    ansiQuoted(text, /[\0-\x1f\x7f]/gu),
  ];
}

/** What `printf %q` writes of a text of visible characters, in a UTF-8 locale. */
function backslashed(text: string): string {
  return text
    .replace(/[ !"$&'()*,;<>?[\\\]^`{|}]/g, '\\$&')
    .replace(/^[#~]|(?<=[:=])~/g, '\\$&');
}

const NAMED: Readonly<Record<string, string>> = {
  '\x07': '\\a',
  '\b': '\\b',
  '\t': '\\t',
  '\n': '\\n',
  '\v': '\\v',
  '\f': '\\f',
  '\r': '\\r',
  '\x1b': '\\E',
};

/** What stands in `$'...'`, as `printf %q` writes a text with signs that cannot be seen, in a locale with them or not. */
function ansiQuoted(text: string, unseen: RegExp): string {
  return text
    .replace(/['\\]/g, '\\$&')
    .replace(unseen, sign => NAMED[sign] ?? octal(sign));
}

function octal(sign: string): string {
  return [...new TextEncoder().encode(sign)]
    .map(byte => `\\${byte.toString(8).padStart(3, '0')}`)
    .join('');
}

function inPieces(form: string): string[] {
  if (form.length <= PIECE_LENGTH) return [form];
  const pieces: string[] = [];
  for (let at = 0; at < form.length; at += PIECE_LENGTH) {
    const piece = form.slice(at, at + PIECE_LENGTH);
    if (piece.length >= MIN_LINE_LENGTH) pieces.push(piece);
  }
  return pieces;
}
