import { sha256 } from '@noble/hashes/sha2.js';
import { bytesToHex, utf8ToBytes } from '@noble/hashes/utils.js';
import canonicalize from 'canonicalize';

/**
 * The canonical JSON text of a value (RFC 8785): the same for equal values, whatever the order of their keys.
 *
 * @throws for values that are not JSON: NaN, BigInt, lone surrogates, undefined at the top.
 *
 * @public
 */
export function canonicalText(value: unknown): string {
  const text = canonicalize(value);
  if (text === undefined) {
    throw new Error('A value without a JSON form has no canonical text');
  }
  return text;
}

/** Hex SHA-256 of the UTF-8 bytes of a text. @public */
export function sha256Hex(text: string): string {
  return bytesToHex(sha256(utf8ToBytes(text)));
}

/** Hex SHA-256 of the canonical text of a value. @public */
export function digestOf(value: unknown): string {
  return sha256Hex(canonicalText(value));
}
