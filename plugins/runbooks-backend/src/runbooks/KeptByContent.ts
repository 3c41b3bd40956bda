import { ReadingGivenUp } from '../reading/ReadingGivenUp';

/** A text that could not be read is tried again after this long. */
const FORGET_FAILURE_MS = 60_000;
/** One that took too long, later: it would take as long again, at the cost of others. */
const FORGET_SLOW_MS = 30 * 60_000;

/**
 * Keeps what was made of texts, by their content: as long as a text is the same, nothing is made again, also where it
 * failed a moment ago. Bounded by entries and by the size of the texts; what was used longest ago goes first.
 */
export class KeptByContent<V> {
  readonly #maxSize: number;
  readonly #maxEntries: number;
  /** In the order of use. */
  readonly #entries = new Map<string, { value: Promise<V>; size: number }>();
  #size = 0;

  /** @param options.maxSize - Of all texts together, in characters. */
  constructor(options: { maxSize: number; maxEntries: number }) {
    this.#maxSize = options.maxSize;
    this.#maxEntries = options.maxEntries;
  }

  /**
   * @param key - A hash of the text and of all else that `make` depends on.
   * @throws what `make` throws
   */
  get(key: string, text: string, make: () => Promise<V>): Promise<V> {
    const known = this.#entries.get(key);
    if (known) {
      this.#entries.delete(key);
      this.#entries.set(key, known);
      return known.value;
    }
    const entry = { value: make(), size: text.length };
    entry.value.catch(error => this.#forgetLater(key, entry, error));
    this.#entries.set(key, entry);
    this.#size += entry.size;
    this.#shrink();
    return entry.value;
  }

  #forgetLater(key: string, entry: object, error: unknown): void {
    const isSlow = error instanceof ReadingGivenUp && error.tookTooLong;
    const afterMs = isSlow ? FORGET_SLOW_MS : FORGET_FAILURE_MS;
    setTimeout(() => {
      if (this.#entries.get(key) === entry) this.#drop(key);
    }, afterMs).unref();
  }

  #shrink(): void {
    for (const oldest of this.#entries.keys()) {
      if (
        this.#size <= this.#maxSize &&
        this.#entries.size <= this.#maxEntries
      ) {
        return;
      }
      this.#drop(oldest);
    }
  }

  #drop(key: string): void {
    this.#size -= this.#entries.get(key)?.size ?? 0;
    this.#entries.delete(key);
  }
}
