import type { LoggerService } from '@backstage/backend-plugin-api';
import type { Knex } from 'knex';
import { setTimeout as delay } from 'node:timers/promises';

/** The NOTIFY channel on which the id of every run that changed is told to all replicas. */
export const RUN_CHANNEL = 'runbooks_runs';

/** What changed: the run's events, or only the output of a step. */
export type RunChange = 'events' | 'output';

/** The payload that tells a change of a run. */
export function runPayload(runId: string, change: RunChange): string {
  return `${runId} ${change}`;
}

const RECONNECT_AFTER_MS = 1_000;

/** Gets the run that changed; `undefined`: any run may have. */
export type RunListener = (
  runId: string | undefined,
  change: RunChange,
) => void;

/** A Postgres connection as far as listening needs it. */
interface ListeningConnection {
  query(sql: string): Promise<unknown>;
  on(
    event: 'notification',
    listener: (message: { payload?: string }) => void,
  ): void;
  on(event: 'error' | 'end', listener: (error?: Error) => void): void;
  removeAllListeners(event: string): void;
}

/**
 * Tells which run changed, on whichever replica it was changed.
 *
 * Uses one connection of its own. Signals may be lost while it reconnects, so whoever waits for one also looks by
 * itself from time to time; after a reconnect every listener is told once, without an id.
 */
export class RunSignals {
  readonly #knex: Knex;
  readonly #logger: LoggerService;
  readonly #listeners = new Set<RunListener>();

  constructor(options: { knex: Knex; logger: LoggerService }) {
    this.#knex = options.knex;
    this.#logger = options.logger;
  }

  /** Calls back for every change until the returned function is called. */
  subscribe(listener: RunListener): () => void {
    this.#listeners.add(listener);
    return () => this.#listeners.delete(listener);
  }

  /** Listens until the signal aborts. */
  async run(signal: AbortSignal): Promise<void> {
    while (!signal.aborted) {
      try {
        await this.#listen(signal);
      } catch (error) {
        this.#logger.warn(
          `Listening for run changes failed, trying again: ${error}`,
        );
      }
      await delay(RECONNECT_AFTER_MS, undefined, { signal }).catch(() => {});
    }
  }

  async #listen(signal: AbortSignal): Promise<void> {
    const connection: ListeningConnection =
      await this.#knex.client.acquireRawConnection();
    try {
      connection.on('notification', ({ payload }) => this.#tell(payload));
      await connection.query(`listen ${RUN_CHANNEL}`);
      this.#tell(undefined);
      await new Promise<void>((resolve, reject) => {
        connection.on('error', error =>
          reject(error ?? new Error('connection lost')),
        );
        connection.on('end', () => reject(new Error('connection ended')));
        signal.addEventListener('abort', () => resolve(), { once: true });
      });
    } finally {
      connection.removeAllListeners('notification');
      await this.#knex.client.destroyRawConnection(connection);
    }
  }

  #tell(payload: string | undefined): void {
    const [runId, change] = (payload ?? '').split(' ');
    for (const listener of [...this.#listeners]) {
      listener(runId || undefined, change === 'output' ? 'output' : 'events');
    }
  }
}
