/** How long somebody waits for a share, and what ends the waiting. */
export interface Patience {
  waitMs: number;
  signal?: AbortSignal;
}

interface Waiting {
  amount: number;
  give(): void;
}

/**
 * A bounded amount of something, given out in shares, first come first served.
 *
 * A budget may be part of a larger one: a share is then taken from both or from neither.
 */
export class Budget {
  readonly size: number;
  readonly #whole: Budget | undefined;
  readonly #waiting = new Set<Waiting>();
  #free: number;

  constructor(size: number, whole?: Budget) {
    this.size = size;
    this.#free = size;
    this.#whole = whole;
  }

  /** What is not given out. */
  get free(): number {
    return this.#free;
  }

  /**
   * Takes a share and returns how to give it back, which counts once. Undefined where there was none in time, where
   * the signal aborts, and at once where the share is larger than the budget.
   */
  async take(
    amount: number,
    patience: Patience,
  ): Promise<(() => void) | undefined> {
    const until = performance.now() + patience.waitMs;
    const own = await this.#takeOwn(amount, patience);
    if (!own || !this.#whole) return own;
    const waitMs = Math.max(0, until - performance.now());
    const whole = await this.#whole.take(amount, { ...patience, waitMs });
    if (!whole) {
      own();
      return undefined;
    }
    return () => {
      own();
      whole();
    };
  }

  async #takeOwn(
    amount: number,
    patience: Patience,
  ): Promise<(() => void) | undefined> {
    if (amount > this.size || patience.signal?.aborted) return undefined;
    const isFree = this.#waiting.size === 0 && amount <= this.#free;
    if (isFree) this.#free -= amount;
    else if (!(await this.#wait(amount, patience))) return undefined;
    let isHeld = true;
    return () => {
      if (!isHeld) return;
      isHeld = false;
      this.#free += amount;
      this.#giveOut();
    };
  }

  async #wait(amount: number, { waitMs, signal }: Patience): Promise<boolean> {
    let end: (isGiven: boolean) => void = () => {};
    const ended = new Promise<boolean>(resolve => {
      end = resolve;
    });
    const waiting = { amount, give: () => end(true) };
    const giveUp = () => {
      // What was given stays given.
      if (!this.#waiting.delete(waiting)) return;
      end(false);
      // A smaller share may have waited behind this one.
      this.#giveOut();
    };
    const timer = setTimeout(giveUp, waitMs);
    signal?.addEventListener('abort', giveUp, { once: true });
    this.#waiting.add(waiting);
    try {
      return await ended;
    } finally {
      clearTimeout(timer);
      signal?.removeEventListener('abort', giveUp);
    }
  }

  #giveOut(): void {
    for (const waiting of this.#waiting) {
      if (waiting.amount > this.#free) return;
      this.#waiting.delete(waiting);
      this.#free -= waiting.amount;
      waiting.give();
    }
  }
}
