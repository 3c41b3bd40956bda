import { Transform, type TransformCallback } from 'node:stream';
import { secretValuesInAnswer } from '@backstage-runbooks/plugin-runbooks-common';
import type { RequestInfo } from '@backstage-runbooks/plugin-runbooks-common';

/** Larger answers about Secrets are cut off: what cannot be redacted must not reach the output. */
const MAX_SECRET_ANSWER_BYTES = 64 * 1024 * 1024;

/** True for calls whose answers carry secret values. */
export function carriesSecrets(info: RequestInfo): boolean {
  if (info.kind !== 'resource') return false;
  const isSecret = info.group === '' && info.resource === 'secrets';
  return isSecret || info.subresource === 'token';
}

/** The forms of an answer that can be read; kubectl's tables are JSON too. */
export function readableAccept(lines: string[] | undefined): string[] {
  const kept = (lines ?? [])
    .flatMap(line => line.split(','))
    .map(type => type.trim())
    .filter(type => /^application\/json(;|$)/i.test(type));
  return kept.length > 0 ? [kept.join(',')] : ['application/json'];
}

/**
 * Passes an answer about Secrets on, whole JSON documents at a time, each after its values were told.
 * A watch has one document per line, everything else is one document. What should be readable and is not is not
 * passed on.
 */
export class SecretAnswer extends Transform {
  readonly #isWatch: boolean;
  readonly #mustBeReadable: boolean;
  readonly #onSecret: (value: string) => void;
  #held: Buffer[] = [];
  #heldBytes = 0;

  constructor(options: {
    isWatch: boolean;
    mustBeReadable: boolean;
    onSecret: (value: string) => void;
  }) {
    super();
    this.#isWatch = options.isWatch;
    this.#mustBeReadable = options.mustBeReadable;
    this.#onSecret = options.onSecret;
  }

  override _transform(
    chunk: Buffer,
    _encoding: BufferEncoding,
    done: TransformCallback,
  ): void {
    try {
      const end = this.#isWatch ? chunk.lastIndexOf(10) + 1 : 0;
      this.#hold(end > 0 ? chunk.subarray(0, end) : chunk);
      if (end > 0) {
        this.#release();
        this.#hold(chunk.subarray(end));
      }
      done();
    } catch (error) {
      done(error as Error);
    }
  }

  override _flush(done: TransformCallback): void {
    try {
      this.#release();
      done();
    } catch (error) {
      done(error as Error);
    }
  }

  #hold(bytes: Buffer): void {
    this.#held.push(bytes);
    this.#heldBytes += bytes.length;
    if (this.#heldBytes > MAX_SECRET_ANSWER_BYTES) {
      throw new Error('the answer about Secrets is too large to be redacted');
    }
  }

  #release(): void {
    const bytes = Buffer.concat(this.#held);
    this.#held = [];
    this.#heldBytes = 0;
    const text = bytes.toString('utf8');
    for (const document of this.#isWatch ? text.split('\n') : [text]) {
      this.#tell(document);
    }
    this.push(bytes);
  }

  #tell(document: string): void {
    const answer = parsed(document);
    if (answer === undefined && this.#mustBeReadable && document.trim()) {
      throw new Error('the answer about Secrets cannot be read');
    }
    for (const value of secretValuesInAnswer(answer, decodedText)) {
      this.#onSecret(value);
    }
  }
}

function parsed(document: string): unknown {
  try {
    return JSON.parse(document);
  } catch {
    return undefined;
  }
}

/** Undefined for bytes that are not text: they cannot be printed as they are. */
function decodedText(encoded: string): string | undefined {
  try {
    return new TextDecoder('utf-8', { fatal: true }).decode(
      Buffer.from(encoded, 'base64'),
    );
  } catch {
    return undefined;
  }
}
