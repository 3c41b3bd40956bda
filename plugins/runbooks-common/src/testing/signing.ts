import { ed25519 } from '@noble/curves/ed25519.js';
import { bytesToHex, hexToBytes, utf8ToBytes } from '@noble/hashes/utils.js';

/** A key that seals ledgers, for tests. Not exported from the package. */

export const SECRET_KEY = '11'.repeat(32);
export const PUBLIC_KEY = publicKeyOf(SECRET_KEY);

export function publicKeyOf(secretKey: string): string {
  return bytesToHex(ed25519.getPublicKey(hexToBytes(secretKey)));
}

export function signatureOf(text: string, secretKey = SECRET_KEY): string {
  return bytesToHex(ed25519.sign(utf8ToBytes(text), hexToBytes(secretKey)));
}
