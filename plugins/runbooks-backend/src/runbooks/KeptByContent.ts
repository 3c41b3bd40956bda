/**
 * Keeps what was made of texts, by their content: as long as a text is the same, nothing is made again. Bounded by
 * entries and by the bytes of the texts; what was used longest ago goes first.
 */
export class KeptByContent<V> {
  readonly #maxBytes: number;
  readonly #maxEntries: number;
  /** In the order of use. */
  readonly #entries = new Map<string, { value: V; bytes: number }>();
  #bytes = 0;

  constructor(options: { maxBytes: number; maxEntries: number }) {
    this.#maxBytes = options.maxBytes;
    this.#maxEntries = options.maxEntries;
  }

  /** @param key - A hash of the text and of all else that `make` depends on. */
  get(key: string, text: string, make: () => V): V {
    const known = this.#entries.get(key);
    const entry = known ?? { value: make(), bytes: text.length };
    if (known) this.#entries.delete(key);
    else this.#bytes += entry.bytes;
    this.#entries.set(key, entry);
    for (const [oldest, { bytes }] of this.#entries) {
      if (
        this.#bytes <= this.#maxBytes &&
        this.#entries.size <= this.#maxEntries
      ) {
        break;
      }
      this.#entries.delete(oldest);
      this.#bytes -= bytes;
    }
    return entry.value;
  }
}
