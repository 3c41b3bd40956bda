const STRICT = new TextDecoder('utf-8', { fatal: true, ignoreBOM: true });

/**
 * The text of a file, every byte of it: a byte order mark at its beginning too, which programs read as well. Undefined
 * for what is no text. A plan and a request read files by this, so that both judge the same.
 */
export function textOfContent(content: Uint8Array): string | undefined {
  if (content.includes(0)) return undefined;
  try {
    return STRICT.decode(content);
  } catch {
    return undefined;
  }
}
