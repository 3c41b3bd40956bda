import type { LedgerKey } from '@backstage-runbooks/plugin-runbooks-common';

/** A public key as a file that `runbooks verify` and `openssl` read. */
export interface PublicKeyFile {
  name: string;
  pem: string;
}

/** What stands before the 32 bytes of a public ed25519 key in its DER form. */
const DER_PREFIX = '302a300506032b6570032100';

/** The key that seals now as `portal-public.pem`; those that did before carry their id in their names. */
export function publicKeyFiles(keys: readonly LedgerKey[]): PublicKeyFile[] {
  return keys.map(({ keyId, publicKey, isCurrent }) => ({
    name: isCurrent ? 'portal-public.pem' : `portal-public-${keyId}.pem`,
    pem: pemOf(publicKey),
  }));
}

function pemOf(hex: string): string {
  const bytes = `${DER_PREFIX}${hex}`.match(/../g) ?? [];
  const text = String.fromCharCode(
    ...bytes.map(byte => Number.parseInt(byte, 16)),
  );
  return `-----BEGIN PUBLIC KEY-----\n${btoa(
    text,
  )}\n-----END PUBLIC KEY-----\n`;
}
