import type { JsonObject } from './requestBody';

/** Shorter values would hide half of every output. */
const MIN_SECRET_LENGTH = 4;
const LAST_APPLIED = 'kubectl.kubernetes.io/last-applied-configuration';

/**
 * Everything secret in an answer about Secrets or tokens: each value as stored (base64) and decoded.
 *
 * Looks into lists, tables, watch events and the copy that `kubectl apply` keeps in an annotation, because all of
 * them carry the values. Values shorter than four characters are left out.
 *
 * @param answer - The answer as parsed JSON.
 * @param decodeBase64 - The decoded text, undefined where the bytes are not text.
 *
 * @public
 */
export function secretValuesInAnswer(
  answer: unknown,
  decodeBase64: (encoded: string) => string | undefined,
): Set<string> {
  const found = new Set<string>();
  collect(
    answer,
    value => {
      if (value.length >= MIN_SECRET_LENGTH) found.add(value);
    },
    decodeBase64,
  );
  return found;
}

type Found = (value: string) => void;
type Decode = (encoded: string) => string | undefined;

function collect(value: unknown, found: Found, decode: Decode): void {
  if (Array.isArray(value)) {
    for (const item of value) collect(item, found, decode);
    return;
  }
  if (!isObject(value)) return;
  collectData(value, found, decode);
  collectLastApplied(value, found, decode);
  if (isObject(value.status) && typeof value.status.token === 'string') {
    found(value.status.token);
  }
  // Lists have items, tables rows with an object each, watch events an object.
  collect(value.items, found, decode);
  collect(value.rows, found, decode);
  collect(value.object, found, decode);
}

function collectData(object: JsonObject, found: Found, decode: Decode): void {
  for (const encoded of textsOf(object.data)) {
    found(encoded);
    const decoded = decode(encoded);
    if (decoded !== undefined) found(decoded);
  }
  for (const text of textsOf(object.stringData)) found(text);
}

function collectLastApplied(
  object: JsonObject,
  found: Found,
  decode: Decode,
): void {
  const metadata = isObject(object.metadata) ? object.metadata : {};
  const annotations = isObject(metadata.annotations)
    ? metadata.annotations
    : {};
  const text = annotations[LAST_APPLIED];
  if (typeof text !== 'string') return;
  try {
    collect(JSON.parse(text), found, decode);
  } catch {
    // Not JSON: somebody wrote the annotation by hand, and all of it counts as secret.
    found(text);
  }
}

function textsOf(value: unknown): string[] {
  return isObject(value)
    ? Object.values(value).filter(item => typeof item === 'string')
    : [];
}

function isObject(value: unknown): value is JsonObject {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}
