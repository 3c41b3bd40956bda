import { generateKeyPairSync } from 'node:crypto';
import { statSync } from 'node:fs';
import {
  createMockDirectory,
  mockServices,
} from '@backstage/backend-test-utils';
import {
  checkpointFault,
  nextCheckpoint,
  trustedKeys,
} from '@backstage-runbooks/plugin-runbooks-common';
import { SigningKey } from './SigningKey';

describe('the key that signs checkpoints', () => {
  const disk = createMockDirectory();
  const logger = mockServices.logger.mock();

  it('signs what anybody can check who has its public half', () => {
    const key = SigningKey.fromPem(pemOf('ed25519'));
    const { text, hash } = nextCheckpoint(undefined, {
      at: '2026-11-29T02:00:00.000Z',
      heads: [],
      removed: [],
      keyId: key.keyId,
    });
    const checkpoint = { text, hash, signature: key.sign(text) };
    const keys = trustedKeys([key.publicKeyHex]);
    expect(checkpointFault(checkpoint, undefined, keys)).toBeUndefined();
  });

  it('is refused where it is another kind of key or none, without its text in the message', () => {
    for (const text of ['sEcReT', pemOf('x25519')]) {
      const refused = () => SigningKey.fromPem(text);
      expect(refused).toThrow(
        'runbooks.ledger.signingKey is no private ed25519 key',
      );
      expect(refused).not.toThrow(text.split('\n')[1] ?? text);
    }
  });

  it('is made once per machine for development, readable by its owner only', () => {
    const dataDirectory = disk.resolve('data');
    const config = mockServices.rootConfig({ data: {} });
    const first = SigningKey.fromConfig({ config, dataDirectory, logger });
    const second = SigningKey.fromConfig({ config, dataDirectory, logger });
    expect(first?.keyId).toBe(second?.keyId);
    const { mode } = statSync(`${dataDirectory}/ledger-signing-key.pem`);
    // eslint-disable-next-line no-bitwise
    expect(mode & 0o077).toBe(0);
  });

  it('is missing in production unless it is configured, and the log says how to make one', () => {
    const before = process.env.NODE_ENV;
    (process.env as Record<string, string>).NODE_ENV = 'production';
    try {
      const config = mockServices.rootConfig({ data: {} });
      const dataDirectory = disk.resolve('production');
      expect(
        SigningKey.fromConfig({ config, dataDirectory, logger }),
      ).toBeUndefined();
      expect(logger.error).toHaveBeenCalledWith(
        expect.stringContaining('openssl genpkey -algorithm ed25519'),
      );
    } finally {
      (process.env as Record<string, string | undefined>).NODE_ENV = before;
    }
  });
});

function pemOf(type: 'ed25519' | 'x25519'): string {
  const { privateKey } =
    type === 'ed25519'
      ? generateKeyPairSync('ed25519')
      : generateKeyPairSync('x25519');
  return privateKey.export({ type: 'pkcs8', format: 'pem' }).toString();
}
