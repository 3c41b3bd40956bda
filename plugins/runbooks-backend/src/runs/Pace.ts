/**
 * Keeps what is told many times a second to once in a while: the first is told at once, and what comes in the time
 * after it is told together at the end of that time. Nothing is left untold.
 */
export class Pace<Key> {
  readonly #everyMs: number;
  readonly #tellLate: (key: Key) => void;
  /** Those that were told lately; true where there is something to tell again. */
  readonly #lately = new Map<Key, boolean>();

  /** @param tellLate - Tells what was not told when it came. */
  constructor(everyMs: number, tellLate: (key: Key) => void) {
    this.#everyMs = everyMs;
    this.#tellLate = tellLate;
  }

  /** True where the caller tells it now. */
  tellsNow(key: Key): boolean {
    if (this.#lately.has(key)) {
      this.#lately.set(key, true);
      return false;
    }
    this.#rest(key);
    return true;
  }

  #rest(key: Key): void {
    this.#lately.set(key, false);
    setTimeout(() => {
      const isUntold = this.#lately.get(key);
      this.#lately.delete(key);
      if (!isUntold) return;
      this.#rest(key);
      this.#tellLate(key);
    }, this.#everyMs).unref();
  }
}
