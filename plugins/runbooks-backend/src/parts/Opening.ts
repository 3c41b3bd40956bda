import { setTimeout as delay } from 'node:timers/promises';
import type { LoggerService } from '@backstage/backend-plugin-api';
import { toError } from '@backstage/errors';
import {
  isClosed,
  RunsClosedError,
  type Closed,
} from '../runs/RunsClosedError';

const FIRST_PAUSE_MS = 5_000;
const LONGEST_PAUSE_MS = 300_000;

const NOT_YET: Closed = {
  because:
    'The database of the plugin does not answer, or is being brought up to date. The log of the backend says which; it is tried again',
};

/**
 * Opens what needs the database, now or as soon as that can be done: a database that does not answer when the backend
 * starts must not keep anybody from reading runbooks, nor stop the other plugins.
 *
 * A RunsClosedError is final; anything else is tried again with growing pauses, from five seconds to five minutes.
 */
export class Opening<T extends { start(): void; stop(): Promise<void> }> {
  readonly #open: () => Promise<T>;
  readonly #logger: LoggerService;
  readonly #pause: (ms: number, signal: AbortSignal) => Promise<unknown>;
  readonly #stopping = new AbortController();
  #state: { opened: T } | Closed = NOT_YET;
  #first: Promise<void> | undefined;
  #started: T | undefined;

  constructor(options: {
    open(): Promise<T>;
    logger: LoggerService;
    /** Waits; rejects when the signal aborts. */
    pause?(ms: number, signal: AbortSignal): Promise<unknown>;
  }) {
    this.#open = options.open;
    this.#logger = options.logger;
    this.#pause =
      options.pause ?? ((ms, signal) => delay(ms, undefined, { signal }));
  }

  get state(): { opened: T } | Closed {
    return this.#state;
  }

  /**
   * Tries once, and waits for at most so long: a migration or a connection that takes longer goes on, and the rest of
   * the backend starts meanwhile. Never rejects.
   */
  async begin(waitMs: number): Promise<void> {
    this.#first = this.#try();
    const waited = new AbortController();
    await Promise.race([
      this.#first,
      this.#pause(waitMs, waited.signal).catch(() => {}),
    ]);
    waited.abort();
  }

  /** Starts what is open, or goes on trying. */
  start(): void {
    void this.#startOnceOpen();
  }

  /** Ends what was started. Does not wait for what is not open yet: that is never started. */
  async stop(): Promise<void> {
    this.#stopping.abort();
    await this.#started?.stop();
  }

  async #startOnceOpen(): Promise<void> {
    const { signal } = this.#stopping;
    await this.#first;
    let pauseMs = FIRST_PAUSE_MS;
    while (this.#state === NOT_YET && !signal.aborted) {
      await this.#pause(pauseMs, signal).catch(() => {});
      if (!signal.aborted) await this.#try();
      pauseMs = Math.min(pauseMs * 2, LONGEST_PAUSE_MS);
    }
    if (isClosed(this.#state) || signal.aborted) return;
    this.#started = this.#state.opened;
    this.#started.start();
  }

  async #try(): Promise<void> {
    try {
      this.#state = { opened: await this.#open() };
    } catch (error) {
      this.#failed(error);
    }
  }

  #failed(error: unknown): void {
    if (error instanceof RunsClosedError) {
      this.#state = error.closed;
      this.#logger.error(
        `No run starts on this backend: ${error.message}`,
        error.cause === undefined ? undefined : toError(error.cause),
      );
      return;
    }
    this.#logger.error(
      'The database of the runbooks plugin cannot be opened. Reading, health and on-call go on; it is tried again',
      toError(error),
    );
  }
}
