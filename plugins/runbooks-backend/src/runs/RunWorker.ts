import { setTimeout as delay } from 'node:timers/promises';
import type { LoggerService } from '@backstage/backend-plugin-api';
import { toError } from '@backstage/errors';
import type {
  Entitlement,
  EntityRef,
  Hold,
} from '@backstage-runbooks/plugin-runbooks-common';
import { AlteredLedgerError } from '../ledger/AlteredLedgerError';
import type { AttemptRunner } from './AttemptRunner';
import type { HiddenValues } from './HiddenValues';
import { RunWork } from './RunWork';
import type { RunSignals } from './RunSignals';
import type { StepPreviews } from './StepPreviews';
import type { AttemptStore, Lease, RunQueue } from './RunStore';
import { pause, WakingLoop } from './WakingLoop';
import { whyLater } from './whyLater';

const POLL_MS = 2_000;
const DEFAULT_SLOTS = 8;
/** How long a stop waits for steps to end by themselves. */
const STOP_GRACE_MS = 3_000;
/** How long it waits for killed steps; one that is still there then is settled by whoever claims its run next. */
const STOP_KILL_MS = 15_000;
/** A run that could be neither worked on nor given back is left alone for this long. */
const LEFT_ALONE_MS = 5_000;

/**
 * Runs the queue: claims a run that has something due, does it, records it, lets go.
 *
 * Guarantees
 * - A step starts only after `step-started` is stored, and its end is stored under the same lease. The lease has a
 *   fencing token: a worker that lost it can store nothing more.
 * - It never claims a run that it is working on. Its leases hold while it is seen, see `WorkerPresence`, however long
 *   its event loop stands still.
 * - A step whose worker was lost is settled by whoever claims the run next, by the rule of `settleLostStep`: again
 *   only where nothing could have changed, else a person decides. No step is run twice silently.
 * - What is to run is bound once more just before the step starts, from the workspace that bash is about to get.
 *   Where anything differs from what was queued or approved, the step goes back, with the input that changed as the
 *   reason; so it does where an approver is no longer entitled for what they approved, or changes may not start.
 * - What a worker stores of an attempt is refused by the database once its lease is another's.
 * - A run that could not be worked on is claimed again later, each time after a longer while, and says why; so it is
 *   where a step cannot begin because the database, the catalog or a cluster is away, or the machine is full. Claims
 *   that fail are tried again after 100 ms, then ever later.
 * - A run whose history something else than this portal changed is given back before anything is done with it, and
 *   nothing is recorded of it.
 * - The end of a step and what it printed are kept while the database is away, and stored when it is back.
 * - Waiting for a person holds no worker, no lease and no connection.
 *
 * Not guaranteed: that a step which was sent SIGKILL had no effect. The recorded calls tell.
 */
export class RunWorker {
  readonly #id: string;
  readonly #queue: RunQueue;
  readonly #logger: LoggerService;
  readonly #slots: number;
  readonly #work: RunWork;
  readonly #active = new Map<string, Promise<void>>();
  readonly #loop: WakingLoop;
  readonly #killing = new AbortController();

  constructor(options: {
    /** Names this worker in leases and events; a new one for each start of a process. */
    id: string;
    queue: RunQueue;
    hidden: Pick<HiddenValues, 'recording'>;
    calls: Pick<AttemptStore, 'callCounts'>;
    attempts: Pick<AttemptRunner, 'prepare' | 'executorId'>;
    previews: Pick<StepPreviews, 'beforeStart'>;
    /** What keeps changes of entities from starting. */
    holds(entityRefs: readonly EntityRef[]): Promise<Hold[]>;
    signals: Pick<RunSignals, 'subscribe'>;
    entitlementOf(userRef: string, entityRef: string): Promise<Entitlement>;
    logger: LoggerService;
    /** Runs that are worked on at once. */
    slots?: number;
  }) {
    this.#id = options.id;
    this.#queue = options.queue;
    this.#logger = options.logger;
    this.#slots = options.slots ?? DEFAULT_SLOTS;
    this.#work = new RunWork({
      ...options,
      workerId: options.id,
      killing: this.#killing.signal,
    });
    this.#loop = new WakingLoop({
      signals: options.signals,
      pollMs: POLL_MS,
      work: () => this.#claimAll(),
      failed: (error, pauseMs) =>
        this.#logger.error(
          `Claiming runs failed, trying again in ${pauseMs} ms`,
          toError(error),
        ),
    });
  }

  start(): void {
    this.#loop.start();
  }

  /** Claims nothing more, gives running steps a moment, then kills them; they are recorded as interrupted. */
  async stop(): Promise<void> {
    await this.#loop.stop();
    await this.#idle(STOP_GRACE_MS);
    this.#killing.abort();
    await this.#idle(STOP_KILL_MS);
  }

  /** Waits until nothing is worked on, at most that long. */
  async #idle(timeoutMs: number): Promise<void> {
    const late = new AbortController();
    await Promise.race([
      Promise.all(this.#active.values()),
      delay(timeoutMs, undefined, { signal: late.signal }).catch(() => {}),
    ]);
    late.abort();
  }

  async #claimAll(): Promise<void> {
    while (this.#active.size < this.#slots && !this.#loop.stopping.aborted) {
      const lease = await this.#queue.claim({
        owner: this.#id,
        active: [...this.#active.keys()],
        slots: this.#slots,
      });
      if (!lease) return;
      const work = this.#workOn(lease).finally(() => {
        this.#active.delete(lease.runId);
        this.#loop.wake();
      });
      this.#active.set(lease.runId, work);
    }
  }

  /** Never rejects. */
  async #workOn(lease: Lease): Promise<void> {
    try {
      await this.#work.do(lease, this.#loop.stopping);
      await this.#queue.release(lease);
    } catch (error) {
      this.#logger.error(
        `Working on run ${lease.runId} failed, it is tried again later`,
        toError(error),
      );
      await this.#postpone(lease, error);
    }
  }

  /** What cannot be given back now is claimed again by this worker, as soon as it can claim at all. */
  async #postpone(lease: Lease, failure: unknown): Promise<void> {
    try {
      await this.#queue.postpone(lease, reasonOf(failure));
    } catch (error) {
      this.#logger.error(
        `Run ${lease.runId} could not be given back`,
        toError(error),
      );
      await pause(LEFT_ALONE_MS, this.#loop.stopping);
    }
  }
}

/** For people: without words of the database, paths and addresses, which the log has. */
function reasonOf(error: unknown): string {
  if (error instanceof AlteredLedgerError) return error.because;
  return (
    whyLater(error) ??
    'the backend failed while it worked on the run; its log says how'
  );
}
