import { setTimeout as delay } from 'node:timers/promises';
import { backOffMs } from './backOff';
import type { RunSignals } from './RunSignals';

/**
 * Does its work again and again until it is stopped: whenever a run has new events, when it is woken, and every
 * `pollMs` without either. After a failure it pauses, ever longer, and nothing that happens meanwhile makes it sooner.
 */
export class WakingLoop {
  readonly #signals: Pick<RunSignals, 'subscribe'>;
  readonly #pollMs: number;
  readonly #work: () => Promise<void>;
  readonly #failed: (error: unknown, pauseMs: number) => void;
  readonly #stopping = new AbortController();
  #loop: Promise<void> | undefined;
  #wake = () => {};

  constructor(options: {
    signals: Pick<RunSignals, 'subscribe'>;
    pollMs: number;
    work(): Promise<void>;
    /** Told of each failure of the work, and how long the pause is that follows. */
    failed(error: unknown, pauseMs: number): void;
  }) {
    this.#signals = options.signals;
    this.#pollMs = options.pollMs;
    this.#work = () => options.work();
    this.#failed = (error, pauseMs) => options.failed(error, pauseMs);
  }

  /** Aborted once the loop is asked to stop. */
  get stopping(): AbortSignal {
    return this.#stopping.signal;
  }

  start(): void {
    this.#loop ??= this.#run();
  }

  wake(): void {
    this.#wake();
  }

  /** Waits for the work that is being done. */
  async stop(): Promise<void> {
    this.#stopping.abort();
    await this.#loop;
  }

  async #run(): Promise<void> {
    const unsubscribe = this.#signals.subscribe((_runId, change) => {
      if (change === 'events') this.#wake();
    });
    let failures = 0;
    while (!this.stopping.aborted) {
      const woken = new Promise<void>(resolve => {
        this.#wake = resolve;
      });
      try {
        await this.#work();
        failures = 0;
        await Promise.race([woken, pause(this.#pollMs, this.stopping)]);
      } catch (error) {
        failures += 1;
        const pauseMs = backOffMs(failures);
        this.#failed(error, pauseMs);
        await pause(pauseMs, this.stopping);
      }
    }
    unsubscribe();
  }
}

/** Waits that long, or until the signal; it keeps no process alive. */
export async function pause(forMs: number, signal: AbortSignal): Promise<void> {
  await delay(forMs, undefined, { signal, ref: false }).catch(() => {});
}
