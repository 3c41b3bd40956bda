import type { AttemptBudgets } from './GatewayBudgets';
import type { GatewayLimits } from './GatewayLimits';
import { TooMuchUnderWay } from './TooMuchUnderWay';

/** The shares that one call holds; all are given back at its end. */
export class HeldShares {
  readonly #budgets: AttemptBudgets;
  readonly #limits: GatewayLimits;
  readonly #signal: AbortSignal;
  readonly #givings: Array<() => void> = [];

  constructor(options: {
    budgets: AttemptBudgets;
    limits: GatewayLimits;
    /** Ends the waiting: the step went away. */
    signal: AbortSignal;
  }) {
    this.#budgets = options.budgets;
    this.#limits = options.limits;
    this.#signal = options.signal;
  }

  /**
   * Waits until the call may begin.
   *
   * @throws TooMuchUnderWay
   */
  async begin(kind: 'calls' | 'streams'): Promise<void> {
    const words = {
      calls: `more than ${
        this.#limits.callsPerAttempt
      } calls of this step, or ${
        this.#limits.callsInAll
      } of all steps, are under way`,
      streams: `more than ${
        this.#limits.streamsPerAttempt
      } watches, logs and connections of this step, or ${
        this.#limits.streamsInAll
      } of all steps, are open`,
    };
    await this.#take(kind, 1, words[kind]);
  }

  /**
   * Waits until so many bytes more of a body may be held.
   *
   * @throws TooMuchUnderWay
   */
  async holdBody(bytes: number): Promise<void> {
    await this.#take(
      'bodyBytes',
      bytes,
      `the bodies of calls under way have more than ${
        this.#limits.bodyBytesPerAttempt
      } bytes in this step, or ${this.#limits.bodyBytesInAll} in all steps`,
    );
  }

  /**
   * Waits until so many bytes more of an answer about Secrets may be held, and returns how to let them go.
   *
   * @throws TooMuchUnderWay
   */
  async holdSecret(bytes: number): Promise<() => void> {
    return this.#take(
      'secretBytes',
      bytes,
      `the answers about Secrets that are looked through have more than ${
        this.#limits.secretBytesPerAttempt
      } bytes in this step, or ${this.#limits.secretBytesInAll} in all steps`,
    );
  }

  /** Gives everything back. */
  end(): void {
    for (const give of this.#givings.splice(0)) give();
  }

  async #take(
    kind: keyof AttemptBudgets,
    amount: number,
    because: string,
  ): Promise<() => void> {
    const give = await this.#budgets[kind].take(amount, {
      waitMs: this.#limits.waitMs,
      signal: this.#signal,
    });
    if (!give) throw new TooMuchUnderWay(because);
    this.#givings.push(give);
    return give;
  }
}
