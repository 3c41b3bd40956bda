import { setTimeout as delay } from 'node:timers/promises';
import type { LoggerService } from '@backstage/backend-plugin-api';
import { toError } from '@backstage/errors';
import type { Clock } from '../database/DatabaseClock';
import type { CheckpointStore, CheckpointSigner } from './CheckpointStore';

const SEAL_EVERY_MS = 60_000;
const DAY_MS = 24 * 3_600_000;

/**
 * Seals the ledgers of runs once a minute, on one replica at a time, and removes the runs that retention no longer
 * keeps.
 *
 * A ledger that this portal did not write, or that does not follow from what was sealed of it, is named in the log, as an
 * error, and never sealed again: its page says so, and an export of it has events that no checkpoint seals. One that was written with another encryption key is
 * not sealed either, and would be with that key.
 */
export class LedgerSealer {
  readonly #store: CheckpointStore;
  readonly #signer: CheckpointSigner | undefined;
  readonly #keepDays: number | undefined;
  readonly #logger: LoggerService;
  readonly #clock: Clock;
  readonly #stopping = new AbortController();
  #loop: Promise<void> | undefined;

  constructor(options: {
    store: CheckpointStore;
    /** Nothing is sealed or removed without one. */
    signer: CheckpointSigner | undefined;
    /** Runs are kept for ever where it is undefined. */
    keepRunsDays?: number;
    logger: LoggerService;
    /** By which retention removes runs. */
    clock: Clock;
  }) {
    this.#store = options.store;
    this.#signer = options.signer;
    this.#keepDays = options.keepRunsDays;
    this.#logger = options.logger;
    this.#clock = options.clock;
  }

  start(): void {
    this.#loop ??= this.#run();
  }

  async stop(): Promise<void> {
    this.#stopping.abort();
    await this.#loop;
  }

  /** Seals until nothing is due. */
  async sealAll(): Promise<void> {
    const signer = this.#signer;
    while (signer && !this.#stopping.signal.aborted) {
      const now = await this.#clock.now();
      const sealing = await this.#store.seal({
        at: now,
        signer,
        ...(this.#keepDays === undefined
          ? {}
          : { keepFrom: new Date(now.getTime() - this.#keepDays * DAY_MS) }),
      });
      if (sealing.kind === 'busy') return;
      for (const { runId, message } of sealing.broken) {
        this.#logger.error(
          `The ledger of run ${runId} was altered and is not sealed: ${message}`,
        );
      }
      if (sealing.kind === 'nothing-due') {
        this.#warnOf(sealing.otherKey);
        return;
      }
    }
  }

  #warnOf(otherKey: number): void {
    if (otherKey === 0) return;
    this.#logger.warn(
      `${otherKey} runs have events that were written with another runbooks.encryptionKey than this backend has; they are not sealed`,
    );
  }

  async #run(): Promise<void> {
    while (!this.#stopping.signal.aborted) {
      await this.sealAll().catch(error =>
        this.#logger.error('Sealing the ledgers failed', toError(error)),
      );
      await delay(SEAL_EVERY_MS, undefined, {
        signal: this.#stopping.signal,
        ref: false,
      }).catch(() => {});
    }
  }
}
