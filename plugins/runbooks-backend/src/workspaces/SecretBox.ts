import {
  createCipheriv,
  createDecipheriv,
  createHmac,
  hkdfSync,
  randomBytes,
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

const KEY_BYTES = 32;
const NONCE_BYTES = 12;
const TAG_BYTES = 16;

/** Encrypts what a run keeps in the database (AES-256-GCM): secret values, carried variables, changed files. */
export class SecretBox {
  readonly #key: Buffer;
  readonly #digestKey: Buffer;

  constructor(key: Buffer) {
    if (key.length !== KEY_BYTES) {
      throw new Error(
        `An encryption key has ${KEY_BYTES} bytes; this one has ${key.length}`,
      );
    }
    this.#key = key;
    this.#digestKey = this.derivedKey('keyed digests');
  }

  /**
   * The box with the key of `runbooks.encryptionKey` (base64, 32 bytes). Without one, development makes a key in
   * the data directory; production refuses to start.
   */
  static fromConfig(options: {
    config: RootConfigService;
    dataDirectory: string;
    logger: LoggerService;
  }): SecretBox {
    const configured = options.config.getOptionalString(
      'runbooks.encryptionKey',
    );
    if (configured !== undefined) {
      const key = Buffer.from(configured, 'base64');
      if (key.length !== KEY_BYTES) {
        throw new Error(
          `runbooks.encryptionKey has ${key.length} bytes; expected ${KEY_BYTES} bytes in base64, such as from 'openssl rand -base64 32'`,
        );
      }
      return new SecretBox(key);
    }
    if (process.env.NODE_ENV === 'production') {
      throw new Error(
        "runbooks.encryptionKey is missing; expected 32 bytes in base64, such as from 'openssl rand -base64 32'",
      );
    }
    options.logger.warn(
      'runbooks.encryptionKey is not set: using a key of this machine, for development only',
    );
    return new SecretBox(developmentKey(options.dataDirectory));
  }

  /** With a key that nobody keeps: what it seals is lost with the process. */
  static ofTheMoment(): SecretBox {
    return new SecretBox(randomBytes(KEY_BYTES));
  }

  /** @param context - What the text belongs to; opening needs the same. */
  seal(plain: Buffer, context: string): Buffer {
    const nonce = randomBytes(NONCE_BYTES);
    const cipher = createCipheriv('aes-256-gcm', this.#key, nonce).setAAD(
      Buffer.from(context),
    );
    const text = Buffer.concat([cipher.update(plain), cipher.final()]);
    return Buffer.concat([nonce, text, cipher.getAuthTag()]);
  }

  /** A key for another purpose, which tells nothing of this box's own. */
  derivedKey(purpose: string): Buffer {
    return Buffer.from(
      hkdfSync('sha256', this.#key, '', `runbooks ${purpose}`, KEY_BYTES),
    );
  }

  /**
   * Hex HMAC-SHA-256 of a secret text: the same for the same text and context, and nobody without the key can find
   * the text by trying.
   */
  keyedDigest(plain: string, context: string): string {
    return createHmac('sha256', this.#digestKey)
      .update(`${context.length} ${context}`)
      .update(plain)
      .digest('hex');
  }

  /** @throws where the key or the context is another one, or the text was changed. */
  open(sealed: Buffer, context: string): Buffer {
    const nonce = sealed.subarray(0, NONCE_BYTES);
    const tag = sealed.subarray(sealed.length - TAG_BYTES);
    const decipher = createDecipheriv('aes-256-gcm', this.#key, nonce)
      .setAAD(Buffer.from(context))
      .setAuthTag(tag);
    return Buffer.concat([
      decipher.update(sealed.subarray(NONCE_BYTES, sealed.length - TAG_BYTES)),
      decipher.final(),
    ]);
  }
}

function developmentKey(dataDirectory: string): Buffer {
  const file = path.join(dataDirectory, 'encryption-key');
  if (existsSync(file))
    return Buffer.from(readFileSync(file, 'utf8'), 'base64');
  const key = randomBytes(KEY_BYTES);
  mkdirSync(dataDirectory, { recursive: true });
  writeFileSync(file, key.toString('base64'), { mode: 0o600 });
  chmodSync(file, 0o600);
  return key;
}
