import type { LoggerService } from '@backstage/backend-plugin-api';
import { toError } from '@backstage/errors';
import type { Notice, Outbox } from './Outbox';
import type { RunSignals } from './RunSignals';
import { WakingLoop } from './WakingLoop';

const POLL_MS = 5_000;

/**
 * Delivers what must be told: at least once, one after another, again after ever longer pauses where it fails. Who is
 * told twice sees it once: both have the same scope.
 */
export class OutboxWorker {
  readonly #outbox: Pick<Outbox, 'take' | 'delivered' | 'failed'>;
  readonly #deliver: (notice: Notice) => Promise<void>;
  readonly #logger: LoggerService;
  readonly #loop: WakingLoop;

  constructor(options: {
    outbox: Pick<Outbox, 'take' | 'delivered' | 'failed'>;
    deliver(notice: Notice): Promise<void>;
    signals: Pick<RunSignals, 'subscribe'>;
    logger: LoggerService;
  }) {
    this.#outbox = options.outbox;
    this.#deliver = notice => options.deliver(notice);
    this.#logger = options.logger;
    this.#loop = new WakingLoop({
      signals: options.signals,
      pollMs: POLL_MS,
      work: () => this.#deliverAll(),
      failed: error =>
        this.#logger.error('Looking for notices failed', toError(error)),
    });
  }

  start(): void {
    this.#loop.start();
  }

  /** Takes nothing more; waits for what is being delivered. */
  async stop(): Promise<void> {
    await this.#loop.stop();
  }

  async #deliverAll(): Promise<void> {
    while (!this.#loop.stopping.aborted) {
      const notice = await this.#outbox.take();
      if (!notice) return;
      try {
        await this.#deliver(notice);
      } catch (error) {
        this.#logger.warn(
          `Telling people of event ${notice.seq} of run ${notice.runId} failed, trying again later`,
          toError(error),
        );
        await this.#outbox.failed(notice, toError(error).message);
        continue;
      }
      await this.#outbox.delivered(notice);
    }
  }
}
