/** What was read, how much memory it is worth, and how its host names this version of it. */
export interface Reading<V> {
  value: V;
  bytes: number;
  etag?: string;
}

/** Reads a thing, unless it is as it was under that etag, until the signal aborts. */
export type Load<V> = (
  etag: string | undefined,
  signal: AbortSignal,
) => Promise<Reading<V> | 'not-modified'>;

/** Bounds of a cache. */
export interface ReadCacheLimits {
  maxBytes: number;
  maxEntries: number;
  /** What is older is asked for again, with the etag. */
  refreshAfterMs: number;
  /** A failure is answered again for this long, without asking. */
  rememberFailureMs: number;
  /** This many things are read at once; further ones wait. */
  maxAtOnce: number;
  /** What takes longer has failed; its reader is told to stop, and is not waited for. */
  giveUpAfterMs: number;
}

interface Entry {
  reading?: Reading<unknown>;
  /** Neither asked for nor failed again before then. */
  freshUntil: number;
  failure?: Error;
}

/** What an entry without anything to keep is worth. */
const BYTES_OF_AN_ENTRY = 1_000;

/**
 * Keeps what was read elsewhere: however many people look, one thing is asked for once at a time, and not again while
 * it is fresh. What was used longest ago goes first when bytes or entries run out. Failures are kept for a short time,
 * so that what is broken is not asked for at every view.
 */
export class ReadCache {
  readonly #limits: ReadCacheLimits;
  readonly #now: () => number;
  /** In the order of use. */
  readonly #entries = new Map<string, Entry>();
  readonly #inFlight = new Map<string, Promise<unknown>>();
  readonly #waiting: Array<() => void> = [];
  #reading = 0;
  #bytes = 0;

  constructor(options: { limits: ReadCacheLimits; now: () => number }) {
    this.#limits = options.limits;
    this.#now = options.now;
  }

  /** How many bytes are kept. */
  get bytes(): number {
    return this.#bytes;
  }

  /**
   * What is kept under a key, or what `load` reads. `load` gets the etag of what is kept and may answer `not-modified`;
   * where it takes too long its signal aborts, and it must stop then: the next one begins.
   *
   * @throws what `load` throws, also for a short time after it did.
   */
  async read<V>(key: string, load: Load<V>): Promise<V> {
    const entry = this.#entries.get(key);
    if (entry && this.#now() < entry.freshUntil) {
      this.#keep(key, entry);
      if (entry.failure) throw entry.failure;
      return entry.reading!.value as V;
    }
    const running = this.#inFlight.get(key);
    if (running) return running as Promise<V>;
    const loading = this.#load(key, entry?.reading, load);
    this.#inFlight.set(key, loading);
    try {
      return await loading;
    } finally {
      this.#inFlight.delete(key);
    }
  }

  async #load<V>(
    key: string,
    known: Reading<unknown> | undefined,
    load: Load<V>,
  ): Promise<V> {
    try {
      const answer = await this.#inTurn(key, signal =>
        load(known?.etag, signal),
      );
      const reading = answer === 'not-modified' ? known : answer;
      if (!reading)
        throw new Error(`'${key}' was not modified, but never read`);
      this.#keep(key, {
        reading,
        freshUntil: this.#now() + this.#limits.refreshAfterMs,
      });
      return reading.value as V;
    } catch (error) {
      this.#keep(key, {
        ...(known ? { reading: known } : {}),
        failure: error as Error,
        freshUntil: this.#now() + this.#limits.rememberFailureMs,
      });
      throw error;
    }
  }

  async #inTurn<T>(
    key: string,
    load: (signal: AbortSignal) => Promise<T>,
  ): Promise<T> {
    if (this.#reading < this.#limits.maxAtOnce) this.#reading++;
    else await new Promise<void>(resolve => this.#waiting.push(resolve));
    const stop = new AbortController();
    let late: NodeJS.Timeout | undefined;
    try {
      return await Promise.race([
        load(stop.signal),
        new Promise<never>((_, reject) => {
          late = setTimeout(() => {
            stop.abort();
            reject(new Error(`Reading '${key}' took too long`));
          }, this.#limits.giveUpAfterMs);
        }),
      ]);
    } finally {
      clearTimeout(late);
      const next = this.#waiting.shift();
      // The turn is handed on, or given back.
      if (next) next();
      else this.#reading--;
    }
  }

  #keep(key: string, entry: Entry): void {
    this.#drop(key);
    this.#entries.set(key, entry);
    this.#bytes += bytesOf(entry);
    for (const oldest of this.#entries.keys()) {
      if (
        this.#bytes <= this.#limits.maxBytes &&
        this.#entries.size <= this.#limits.maxEntries
      ) {
        return;
      }
      this.#drop(oldest);
    }
  }

  #drop(key: string): void {
    const entry = this.#entries.get(key);
    if (!entry) return;
    this.#entries.delete(key);
    this.#bytes -= bytesOf(entry);
  }
}

function bytesOf(entry: Entry): number {
  return (entry.reading?.bytes ?? 0) + BYTES_OF_AN_ENTRY;
}
