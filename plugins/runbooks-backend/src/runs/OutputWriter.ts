import { createHash } from 'node:crypto';
import { StringDecoder } from 'node:string_decoder';

const FLUSH_AFTER_MS = 40;
const CHUNK_BYTES = 64 * 1024;
/** Waiting output beyond this holds the step back. */
const HIGH_WATER_BYTES = 1024 * 1024;
const DEFAULT_MAX_BYTES = 256 * 1024 * 1024;
const DEFAULT_TAIL_BYTES = 8 * 1024 * 1024;
/** What is dropped of the tail is dropped in pieces; there are at least so many. */
const TAIL_PIECES = 16;
const MAX_TAIL_PIECE_BYTES = 4 * 1024;

/** Hides known secrets and things that look like one in a stream of text. */
export interface Redactor {
  push(chunk: string): string;
  flush(): string;
}

/**
 * Writes the output of one attempt: decoded, redacted, in order, in chunks that grow with the flow.
 *
 * Complete up to `maxBytes`; of what comes after that the last `tailBytes` are kept, behind a line that says how
 * much is missing. `write` returns a promise while too much waits to be stored, so that memory stays bounded.
 */
export class OutputWriter {
  readonly #append: (offset: number, text: string) => Promise<void>;
  readonly #streams: Record<
    'stdout' | 'stderr',
    { decoder: StringDecoder; redactor: Redactor }
  >;
  /** Our own lines tell of errors, which may hold a value as well. */
  readonly #makeRedactor: () => Redactor;
  #noteRedactor: Redactor | undefined;
  readonly #maxBytes: number;
  readonly #tailBytes: number;
  readonly #tailPieceBytes: number;
  readonly #hash = createHash('sha256');
  #offset = 0;
  #takenBytes = 0;
  #waiting: string[] = [];
  #waitingBytes = 0;
  /** Beyond `maxBytes`, which is reached once: what comes later is never put in front of what came before. */
  #isFull = false;
  #tail: Buffer[] = [];
  #tailSize = 0;
  #droppedBytes = 0;
  #timer: NodeJS.Timeout | undefined;
  #flushing: Promise<void> = Promise.resolve();
  #failure: unknown;

  constructor(options: {
    append(offset: number, text: string): Promise<void>;
    makeRedactor(): Redactor;
    maxBytes?: number;
    tailBytes?: number;
  }) {
    this.#append = options.append;
    this.#maxBytes = options.maxBytes ?? DEFAULT_MAX_BYTES;
    this.#tailBytes = options.tailBytes ?? DEFAULT_TAIL_BYTES;
    this.#tailPieceBytes = Math.min(
      MAX_TAIL_PIECE_BYTES,
      this.#tailBytes / TAIL_PIECES,
    );
    const stream = () => ({
      decoder: new StringDecoder('utf8'),
      redactor: options.makeRedactor(),
    });
    this.#streams = { stdout: stream(), stderr: stream() };
    this.#makeRedactor = options.makeRedactor;
  }

  /** Takes a chunk as it comes; wait for the promise, where there is one, before the next. */
  write(stream: 'stdout' | 'stderr', chunk: Buffer): Promise<void> | undefined {
    const { decoder, redactor } = this.#streams[stream];
    this.#take(redactor.push(decoder.write(chunk)));
    return this.#waitingBytes > HIGH_WATER_BYTES ? this.#flush() : undefined;
  }

  /** Adds a line of our own, such as why a step could not run. */
  note(text: string): void {
    this.#noteRedactor ??= this.#makeRedactor();
    this.#take(
      this.#noteRedactor.push(`${text}\n`) + this.#noteRedactor.flush(),
    );
  }

  /**
   * Stores what is left.
   *
   * @throws what storing threw, now or earlier.
   */
  async end(): Promise<{ bytes: number; digest: string; truncated: boolean }> {
    for (const { decoder, redactor } of Object.values(this.#streams)) {
      this.#take(redactor.push(decoder.end()) + redactor.flush());
    }
    const truncated = this.#droppedBytes > 0;
    if (this.#tailSize > 0) {
      this.#wait(
        truncated
          ? `\n[... ${
              this.#droppedBytes
            } bytes are missing here: the output is longer than ${
              this.#maxBytes
            } bytes ...]\n`
          : '',
      );
      this.#wait(Buffer.concat(this.#tail).toString('utf8'));
    }
    await this.#flush();
    if (this.#failure) throw this.#failure;
    return { bytes: this.#offset, digest: this.#hash.digest('hex'), truncated };
  }

  #take(text: string): void {
    if (text === '') return;
    // Postgres has no NUL in text; its picture says that one was there.
    const clean = text.replaceAll('\0', '\u2400');
    this.#isFull ||= this.#takenBytes >= this.#maxBytes;
    if (this.#isFull) this.#keepInTail(Buffer.from(clean));
    else {
      this.#takenBytes += Buffer.byteLength(clean);
      this.#wait(clean);
    }
  }

  #wait(text: string): void {
    if (text === '') return;
    this.#waiting.push(text);
    this.#waitingBytes += Buffer.byteLength(text);
    this.#timer ??= setTimeout(() => void this.#flush(), FLUSH_AFTER_MS);
  }

  /** As bytes: text of a step takes up to three times as much as a string, and a piece of it holds the whole. */
  #keepInTail(piece: Buffer): void {
    const last = this.#tail[this.#tail.length - 1];
    // A step that prints one byte at a time must not make a million pieces.
    if (last && last.length + piece.length <= this.#tailPieceBytes) {
      this.#tail[this.#tail.length - 1] = Buffer.concat([last, piece]);
    } else this.#tail.push(piece);
    this.#tailSize += piece.length;
    while (this.#tailSize > this.#tailBytes && this.#tail.length > 1) {
      const { length } = this.#tail.shift()!;
      this.#tailSize -= length;
      this.#droppedBytes += length;
    }
  }

  #flush(): Promise<void> {
    clearTimeout(this.#timer);
    this.#timer = undefined;
    this.#flushing = this.#flushing.then(() => this.#store());
    return this.#flushing;
  }

  async #store(): Promise<void> {
    const text = this.#waiting.join('');
    this.#waiting = [];
    this.#waitingBytes = 0;
    for (const part of partsOf(text)) {
      if (this.#failure) return;
      try {
        await this.#append(this.#offset, part);
        this.#hash.update(part);
        this.#offset += Buffer.byteLength(part);
      } catch (error) {
        this.#failure = error;
      }
    }
  }
}

/** Cuts a text into parts of bounded size, never inside a character. */
function partsOf(text: string): string[] {
  const parts: string[] = [];
  let start = 0;
  while (start < text.length) {
    let end = Math.min(text.length, start + CHUNK_BYTES);
    if (end < text.length && isHighSurrogate(text.charCodeAt(end - 1)))
      end -= 1;
    parts.push(text.slice(start, end));
    start = end;
  }
  return parts;
}

function isHighSurrogate(code: number): boolean {
  return code >= 0xd800 && code <= 0xdbff;
}
