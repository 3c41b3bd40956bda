import { Transform, type TransformCallback } from 'node:stream';

/** An answer about an object that was sent under another name, with the name that the step knows. */
export class RenamedAnswer extends Transform {
  readonly #sentName: string;
  readonly #name: string;
  readonly #held: Buffer[] = [];

  constructor(sentName: string, name: string) {
    super();
    this.#sentName = sentName;
    this.#name = name;
  }

  override _transform(
    chunk: Buffer,
    _encoding: BufferEncoding,
    done: TransformCallback,
  ): void {
    this.#held.push(chunk);
    done();
  }

  override _flush(done: TransformCallback): void {
    const text = Buffer.concat(this.#held).toString('utf8');
    done(null, text.replaceAll(this.#sentName, this.#name));
  }
}
