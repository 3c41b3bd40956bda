import { createPublicKey, generateKeyPairSync } from 'node:crypto';
import { publicKeyFiles } from './publicKeyFiles';

function keyPair() {
  const { publicKey } = generateKeyPairSync('ed25519');
  const pem = publicKey.export({ type: 'spki', format: 'pem' }).toString();
  const hex = publicKey
    .export({ type: 'spki', format: 'der' })
    .subarray(12)
    .toString('hex');
  return { pem, hex };
}

describe('the public keys as files', () => {
  it('are what openssl makes of the private key, each under a name of its own', () => {
    const current = keyPair();
    const former = keyPair();
    const files = publicKeyFiles([
      { keyId: 'aa', publicKey: current.hex, isCurrent: true },
      { keyId: 'bb', publicKey: former.hex, isCurrent: false },
    ]);
    expect(files).toEqual([
      { name: 'portal-public.pem', pem: current.pem },
      { name: 'portal-public-bb.pem', pem: former.pem },
    ]);
    expect(createPublicKey(files[0].pem).asymmetricKeyType).toBe('ed25519');
  });

  it('are none where the portal has none', () => {
    expect(publicKeyFiles([])).toEqual([]);
  });
});
