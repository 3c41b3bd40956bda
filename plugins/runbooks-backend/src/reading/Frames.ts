import type { Duplex } from 'node:stream';
import { deserialize, serialize } from 'node:v8';

const LENGTH_BYTES = 4;

/**
 * Values over a stream, each as four bytes of length (little endian) and what `node:v8` makes of it. It copies what
 * structured cloning copies; a function among the values throws.
 */
export class Frames {
  readonly #stream: Duplex;
  #received: Buffer[] = [];
  #size = 0;

  /** @param onValue - Is given each value that arrives, in order. */
  constructor(stream: Duplex, onValue: (value: unknown) => void) {
    this.#stream = stream;
    stream.on('data', (chunk: Buffer) => {
      this.#received.push(chunk);
      this.#size += chunk.length;
      for (let body = this.#next(); body; body = this.#next()) {
        onValue(deserialize(body));
      }
    });
  }

  /** @throws DataCloneError where the value cannot be copied; nothing was sent then. */
  send(value: unknown): void {
    const body = serialize(value);
    const length = Buffer.alloc(LENGTH_BYTES);
    length.writeUInt32LE(body.length);
    this.#stream.write(length);
    this.#stream.write(body);
  }

  #next(): Buffer | undefined {
    if (this.#size < LENGTH_BYTES) return undefined;
    const length = this.#head(LENGTH_BYTES).readUInt32LE(0);
    const end = LENGTH_BYTES + length;
    if (this.#size < end) return undefined;
    const all = this.#head(end);
    this.#received = all.length > end ? [all.subarray(end)] : [];
    this.#size -= end;
    return all.subarray(LENGTH_BYTES, end);
  }

  /** The first chunk, joined with the next ones only where it is shorter than that. */
  #head(length: number): Buffer {
    if (this.#received[0].length < length) {
      this.#received = [Buffer.concat(this.#received)];
    }
    return this.#received[0];
  }
}
