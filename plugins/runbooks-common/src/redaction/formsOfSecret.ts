/** Shorter values would hide half of every output. */
const MIN_SECRET_LENGTH = 4;
/** A line of a longer secret that is hidden on its own, because YAML indents it and JSON escapes its end. */
const MIN_LINE_LENGTH = 8;
/** Longer secrets are looked for in pieces, so that little must be held back for them. */
const PIECE_LENGTH = 1024;
/** Where base64 and openssl break lines. */
const BASE64_WIDTHS = [76, 64];

/** Values that say nothing and are found everywhere. */
const COMMONPLACE = new Set(['true', 'false', 'null', 'none', 'default']);

/**
 * The texts to look for so that a secret does not appear: as it is, in base64, percent-encoded, as JSON writes it,
 * and line by line. Empty for values that are too short or too common to hide.
 */
export function formsOfSecret(secret: string): string[] {
  const trimmed = secret.trim();
  if (trimmed.length < MIN_SECRET_LENGTH) return [];
  if (COMMONPLACE.has(trimmed.toLowerCase())) return [];
  const whole = [
    secret,
    trimmed,
    ...base64Forms(secret),
    ...(trimmed === secret ? [] : base64Forms(trimmed)),
    percentEncoded(trimmed),
    JSON.stringify(trimmed).slice(1, -1),
  ];
  const lines = trimmed
    .split(/\r?\n/)
    .map(line => line.trim())
    .filter(line => line.length >= MIN_LINE_LENGTH);
  return [...new Set([...whole, ...lines].flatMap(inPieces))];
}

function base64Forms(text: string): string[] {
  const encoded = base64(text);
  const unpadded = encoded.replace(/=+$/, '');
  const urlSafe = unpadded.replaceAll('+', '-').replaceAll('/', '_');
  const wrapped = BASE64_WIDTHS.filter(width => encoded.length > width).flatMap(
    width => encoded.match(new RegExp(`.{${width}}|.{16,}$`, 'g')) ?? [],
  );
  return [encoded, unpadded, urlSafe, ...wrapped].filter(
    form => form.length >= MIN_SECRET_LENGTH,
  );
}

function base64(text: string): string {
  let binary = '';
  for (const byte of new TextEncoder().encode(text)) {
    binary += String.fromCharCode(byte);
  }
  return btoa(binary);
}

function percentEncoded(text: string): string {
  try {
    return encodeURIComponent(text);
  } catch {
    // Half of a surrogate pair has no encoding.
    return text;
  }
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
