import { setTimeout as delay } from 'node:timers/promises';
import type { LoggerService } from '@backstage/backend-plugin-api';
import { toError } from '@backstage/errors';
import { backOffMs } from './backOff';
import type { Notice, Outbox } from './Outbox';
import type { RunSignals } from './RunSignals';

const POLL_MS = 5_000;

/**
 * Delivers what must be told: at least once, one after another, again after ever longer pauses where it fails. Who is
 * told twice sees it once: both have the same scope.
 */
export class OutboxWorker {
  readonly #outbox: Pick<Outbox, 'take' | 'delivered' | 'failed'>;
  readonly #deliver: (notice: Notice) => Promise<void>;
  readonly #signals: Pick<RunSignals, 'subscribe'>;
  readonly #logger: LoggerService;
  readonly #stopping = new AbortController();
  #loop: Promise<void> | undefined;
  #wake = () => {};

  constructor(options: {
    outbox: Pick<Outbox, 'take' | 'delivered' | 'failed'>;
    deliver(notice: Notice): Promise<void>;
    signals: Pick<RunSignals, 'subscribe'>;
    logger: LoggerService;
  }) {
    this.#outbox = options.outbox;
    this.#deliver = notice => options.deliver(notice);
    this.#signals = options.signals;
    this.#logger = options.logger;
  }

  start(): void {
    this.#loop ??= this.#run();
  }

  /** Takes nothing more; waits for what is being delivered. */
  async stop(): Promise<void> {
    this.#stopping.abort();
    await this.#loop;
  }

  async #run(): Promise<void> {
    const { signal } = this.#stopping;
    const unsubscribe = this.#signals.subscribe((_runId, change) => {
      if (change === 'events') this.#wake();
    });
    let failures = 0;
    while (!signal.aborted) {
      const woken = new Promise<void>(resolve => {
        this.#wake = resolve;
      });
      try {
        await this.#deliverAll();
        failures = 0;
        await Promise.race([woken, pause(POLL_MS, signal)]);
      } catch (error) {
        failures += 1;
        this.#logger.error('Looking for notices failed', toError(error));
        await pause(backOffMs(failures), signal);
      }
    }
    unsubscribe();
  }

  async #deliverAll(): Promise<void> {
    while (!this.#stopping.signal.aborted) {
      const notice = await this.#outbox.take();
      if (!notice) return;
      try {
        await this.#deliver(notice);
      } catch (error) {
        this.#logger.warn(
          `Telling that step ${notice.stepId} of run ${notice.runId} waits for an approval failed, trying again later`,
          toError(error),
        );
        await this.#outbox.failed(notice, toError(error).message);
        continue;
      }
      await this.#outbox.delivered(notice);
    }
  }
}

async function pause(forMs: number, signal: AbortSignal): Promise<void> {
  await delay(forMs, undefined, { signal, ref: false }).catch(() => {});
}
