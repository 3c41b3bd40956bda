import {
  createPrivateKey,
  createPublicKey,
  generateKeyPairSync,
  sign,
  type KeyObject,
} from 'node:crypto';
import {
  chmodSync,
  existsSync,
  mkdirSync,
  readFileSync,
  writeFileSync,
} from 'node:fs';
import path from 'node:path';
import type {
  LoggerService,
  RootConfigService,
} from '@backstage/backend-plugin-api';
import { keyIdOf } from '@backstage-runbooks/plugin-runbooks-common';

const KEY = 'runbooks.ledger.signingKey';
/** What stands before the 32 bytes of a public ed25519 key in its DER form. */
const DER_PREFIX_BYTES = 12;

/** How a signing key is made; said wherever one is missing. */
export const HOW_TO_MAKE_A_KEY =
  "make one with 'openssl genpkey -algorithm ed25519' and give its text as runbooks.ledger.signingKey";

/** Signs checkpoints (ed25519). */
export class SigningKey {
  readonly #privateKey: KeyObject;
  /** 32 bytes in hex: what `runbooks verify --key` takes. */
  readonly publicKeyHex: string;
  readonly keyId: string;

  /**
   * The key of `runbooks.ledger.signingKey` (PEM). Without one, development makes a key in the data directory;
   * production has none, and no run starts there.
   *
   * @throws where what is configured is no ed25519 key in PEM; the key itself is never in the message.
   */
  static fromConfig(options: {
    config: RootConfigService;
    dataDirectory: string;
    logger: LoggerService;
  }): SigningKey | undefined {
    const configured = options.config.getOptionalString(KEY);
    if (configured !== undefined) return SigningKey.fromPem(configured);
    if (process.env.NODE_ENV === 'production') {
      options.logger.error(
        `${KEY} is missing: histories cannot be sealed, so no run starts; ${HOW_TO_MAKE_A_KEY}`,
      );
      return undefined;
    }
    options.logger.warn(
      `${KEY} is not set: using a key of this machine, for development only`,
    );
    return SigningKey.fromPem(developmentKey(options.dataDirectory));
  }

  /** @throws where the text is no private ed25519 key in PEM. */
  static fromPem(pem: string): SigningKey {
    const key = readPrivateKey(pem);
    if (key?.asymmetricKeyType !== 'ed25519') {
      throw new Error(
        `${KEY} is no private ed25519 key in PEM; ${HOW_TO_MAKE_A_KEY}`,
      );
    }
    return new SigningKey(key);
  }

  private constructor(privateKey: KeyObject) {
    this.#privateKey = privateKey;
    this.publicKeyHex = createPublicKey(privateKey)
      .export({ type: 'spki', format: 'der' })
      .subarray(DER_PREFIX_BYTES)
      .toString('hex');
    this.keyId = keyIdOf(this.publicKeyHex);
  }

  /** Hex signature of the UTF-8 bytes of a text. */
  sign(text: string): string {
    return sign(null, Buffer.from(text), this.#privateKey).toString('hex');
  }
}

function readPrivateKey(pem: string): KeyObject | undefined {
  try {
    return createPrivateKey(pem);
  } catch {
    return undefined;
  }
}

function developmentKey(dataDirectory: string): string {
  const file = path.join(dataDirectory, 'ledger-signing-key.pem');
  if (existsSync(file)) return readFileSync(file, 'utf8');
  const { privateKey } = generateKeyPairSync('ed25519');
  const pem = privateKey.export({ type: 'pkcs8', format: 'pem' }).toString();
  mkdirSync(dataDirectory, { recursive: true });
  writeFileSync(file, pem, { mode: 0o600 });
  chmodSync(file, 0o600);
  return pem;
}
