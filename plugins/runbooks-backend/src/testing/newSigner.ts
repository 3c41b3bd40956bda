import { generateKeyPairSync } from 'node:crypto';
import { SigningKey } from '../ledger/SigningKey';

/** A key of its own that seals histories. Not exported from the package. */
export function newSigner(): SigningKey {
  const { privateKey } = generateKeyPairSync('ed25519');
  return SigningKey.fromPem(
    privateKey.export({ type: 'pkcs8', format: 'pem' }).toString(),
  );
}
