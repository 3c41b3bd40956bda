import { ReadingGivenUp } from '../reading/ReadingGivenUp';

/** A text that could not be read is tried again after this long. */
const FORGET_FAILURE_MS = 60_000;
/** One that took too long, later: it would take as long again, at the cost of others. */
const FORGET_SLOW_MS = 30 * 60_000;

/** So much of it is for what one person had made, so that nobody pushes out what others look at. */
const SHARE = 1 / 4;

interface Entry<V> {
  value: Promise<V>;
  settle(made: Promise<V>): void;
  /** Aborted once it is there: what others wait for then is made no more. */
  made: AbortController;
  size: number;
  /** Who caused it. */
  person: string;
  /** Those for whom it is being made. */
  people: Set<string>;
}

/**
 * Keeps what was made of texts, by their content: as long as a text is the same, nothing is made again, also where it
 * failed a moment ago. Bounded by entries and by the size of the texts, a quarter of it for each person; what was used
 * longest ago goes first.
 *
 * Whoever asks for what is being made for somebody else waits in a turn of their own besides, and gets what is there
 * first: nobody waits behind what others asked for.
 */
export class KeptByContent<V> {
  readonly #maxSize: number;
  readonly #maxEntries: number;
  /** In the order of use. */
  readonly #entries = new Map<string, Entry<V>>();

  /** @param options.maxSize - Of all texts together, in characters. */
  constructor(options: { maxSize: number; maxEntries: number }) {
    this.#maxSize = options.maxSize;
    this.#maxEntries = options.maxEntries;
  }

  /**
   * @param key - A hash of the text and of all else that `make` depends on.
   * @param person - Who asks.
   * @param make - Does nothing any more once the signal is aborted.
   * @throws what `make` throws; a `ServiceUnavailableError` is about who asks, not about the text, and kept for nobody.
   */
  get(
    key: string,
    text: string,
    person: string,
    make: (signal: AbortSignal) => Promise<V>,
  ): Promise<V> {
    const known = this.#entries.get(key);
    if (known) {
      this.#entries.delete(key);
      this.#entries.set(key, known);
      return known.made.signal.aborted || known.people.has(person)
        ? known.value
        : this.#makeFor(person, key, known, make);
    }
    const entry = newEntry<V>(text.length, person);
    entry.value.catch(error => this.#forgetLater(key, entry, error));
    this.#entries.set(key, entry);
    this.#shrink(SHARE, one => one.person === person);
    this.#shrink(1, () => true);
    return this.#makeFor(person, key, entry, make);
  }

  #makeFor(
    person: string,
    key: string,
    entry: Entry<V>,
    make: (signal: AbortSignal) => Promise<V>,
  ): Promise<V> {
    entry.people.add(person);
    const own = make(entry.made.signal);
    own.then(
      () => entry.settle(own),
      error => {
        entry.people.delete(person);
        if (error.name !== 'ServiceUnavailableError') entry.settle(own);
        else if (entry.people.size === 0 && this.#entries.get(key) === entry) {
          this.#entries.delete(key);
        }
      },
    );
    return Promise.race([entry.value, own]);
  }

  #forgetLater(key: string, entry: object, error: unknown): void {
    const isSlow = error instanceof ReadingGivenUp && error.tookTooLong;
    const afterMs = isSlow ? FORGET_SLOW_MS : FORGET_FAILURE_MS;
    setTimeout(() => {
      if (this.#entries.get(key) === entry) this.#entries.delete(key);
    }, afterMs).unref();
  }

  /** Lets go of the oldest until those that count are within a part of the bounds. */
  #shrink(part: number, counts: (entry: Entry<V>) => boolean): void {
    const counted = [...this.#entries].filter(([, entry]) => counts(entry));
    let size = counted.reduce((sum, [, entry]) => sum + entry.size, 0);
    let left = counted.length;
    for (const [key, entry] of counted) {
      if (size <= this.#maxSize * part && left <= this.#maxEntries * part) {
        return;
      }
      this.#entries.delete(key);
      size -= entry.size;
      left -= 1;
    }
  }
}

function newEntry<V>(size: number, person: string): Entry<V> {
  const made = new AbortController();
  let settle: (value: Promise<V>) => void = () => {};
  const value = new Promise<V>(resolve => {
    settle = resolve;
  });
  return {
    value,
    settle: own => {
      settle(own);
      made.abort();
    },
    made,
    size,
    person,
    people: new Set(),
  };
}
