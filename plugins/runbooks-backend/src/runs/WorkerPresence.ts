import { Worker } from 'node:worker_threads';
import { setTimeout as delay } from 'node:timers/promises';
import type { LoggerService } from '@backstage/backend-plugin-api';
import { toError } from '@backstage/errors';
import type { Knex } from 'knex';
import { DEFAULT_PRESENCE, type PresenceSettings } from './presenceSettings';
import { PRESENCE_THREAD, type PresenceThreadData } from './presenceThread';

const RESTART_AFTER_MS = 1_000;

/**
 * Shows the other replicas that this worker is there, from a thread with a connection of its own: an event loop that
 * is held up, by whatever, loses nothing that it works on. A process that is killed, stopped or cut off from the
 * database is not seen any more.
 *
 * Where the settings of the connection cannot be handed to a thread, because they are made anew for each connection,
 * the event loop does it, and the log says so: it must not stand still for `takeOverMs` then.
 */
export class WorkerPresence {
  readonly #knex: Knex;
  readonly #id: string;
  readonly #logger: LoggerService;
  readonly #settings: PresenceSettings;
  readonly #stopping = new AbortController();
  #isSeen = false;
  #wasToldOf = false;
  #running: Promise<void> | undefined;

  constructor(options: {
    knex: Knex;
    /** Of the worker; a new one for each start of a process. */
    id: string;
    logger: LoggerService;
    settings?: PresenceSettings;
  }) {
    this.#knex = options.knex;
    this.#id = options.id;
    this.#logger = options.logger;
    this.#settings = options.settings ?? DEFAULT_PRESENCE;
  }

  start(): void {
    this.#running ??= this.#run();
  }

  /** Leaves: what it still holds may be claimed by others at once. */
  async stop(): Promise<void> {
    this.#stopping.abort();
    await this.#running;
    await this.#knex('workers')
      .where({ id: this.#id })
      .update({ ended_at: this.#knex.fn.now() })
      .catch(error =>
        this.#logger.warn('Signing off as a worker failed', toError(error)),
      );
  }

  async #run(): Promise<void> {
    const { signal } = this.#stopping;
    while (!signal.aborted) {
      try {
        const connection = await connectionOf(this.#knex);
        await (connection ? this.#beatInThread(connection) : this.#beatHere());
      } catch (error) {
        this.#tell(`${error}`);
      }
      await delay(RESTART_AFTER_MS, undefined, { signal }).catch(() => {});
    }
  }

  /** Until the worker stops or the thread ends. */
  async #beatInThread(connection: object): Promise<void> {
    const { beatMs, longestFreezeMs } = this.#settings;
    const workerData: PresenceThreadData = {
      pg: require.resolve('pg'),
      connection,
      ...(await this.#statement('$1')),
      id: this.#id,
      beatMs,
      longestFreezeMs,
    };
    const thread = new Worker(PRESENCE_THREAD, {
      eval: true,
      name: 'runbooks-presence',
      workerData,
      execArgv: [],
      env: postgresEnvironment(),
    });
    thread.unref();
    const alive = setInterval(() => thread.postMessage('alive'), beatMs);
    alive.unref();
    try {
      await new Promise<void>((resolve, reject) => {
        thread.on('message', ({ failure }) => this.#tell(failure));
        thread.on('error', reject);
        thread.on('exit', () => reject(new Error('its thread has ended')));
        this.#stopping.signal.addEventListener('abort', () => resolve());
        if (this.#stopping.signal.aborted) resolve();
      });
    } finally {
      clearInterval(alive);
      thread.removeAllListeners('exit');
      await thread.terminate();
    }
  }

  async #beatHere(): Promise<void> {
    const { signal } = this.#stopping;
    this.#logger.warn(
      `The database's connection is made anew each time, so that the event loop shows that this worker is there; where it stands still for ${
        this.#settings.takeOverMs
      } ms, others take over what it works on`,
    );
    const { statement } = await this.#statement('?');
    while (!signal.aborted) {
      await this.#knex
        .raw(statement, [this.#id])
        .then(() => this.#tell(undefined))
        .catch(error => this.#tell(`${error}`));
      await delay(this.#settings.beatMs, undefined, { signal }).catch(() => {});
    }
  }

  /** What a beat runs, with the schema and the role that the plugin's own connections have. */
  async #statement(
    id: '$1' | '?',
  ): Promise<Pick<PresenceThreadData, 'prepare' | 'statement'>> {
    const { rows } = await this.#knex.raw<{
      rows: Array<{ workers: string; role: string; is_role_set: boolean }>;
    }>(
      `select format('%I.workers', current_schema()) as workers,
              quote_ident(current_user) as role,
              current_user <> session_user as is_role_set`,
    );
    const { workers, role, is_role_set: isRoleSet } = rows[0];
    const gap = Math.floor(this.#settings.takeOverMs / 2);
    return {
      prepare: isRoleSet ? [`set role ${role}`] : [],
      // Who was away for a while begins anew: it cannot tell who else was.
      statement: `insert into ${workers} as worker (id, seen_since, last_seen_at)
        values (${id}, now(), now())
        on conflict (id) do update set
          last_seen_at = now(),
          seen_since = case when worker.last_seen_at < now() - ${gap} * interval '1 millisecond'
                       then now() else worker.seen_since end`,
    };
  }

  /** Logs the first failure of several, and when it is over. */
  #tell(failure: string | undefined): void {
    this.#isSeen = failure === undefined;
    if (this.#isSeen === !this.#wasToldOf) return;
    this.#wasToldOf = !this.#isSeen;
    if (failure === undefined) {
      this.#logger.info('This worker is seen by the others again');
    } else {
      this.#logger.warn(
        `This worker cannot show that it is there, and works on nothing new until it can: ${failure}`,
      );
    }
  }
}

/** The variables that tell `pg` how to connect, and no other. */
function postgresEnvironment(): NodeJS.ProcessEnv {
  return Object.fromEntries(
    Object.entries(process.env).filter(([name]) => name.startsWith('PG')),
  ) as NodeJS.ProcessEnv;
}

/** Settings for a connection like the plugin's own; undefined where they cannot be handed to a thread. */
async function connectionOf(knex: Knex): Promise<object | undefined> {
  if (knex.client.connectionConfigProvider) return undefined;
  const settings = knex.client.connectionSettings;
  // Knex hides the password from whoever lists the keys.
  const connection = { ...settings, password: settings.password };
  try {
    return structuredClone(connection);
  } catch {
    return undefined;
  }
}
