import { setTimeout as delay } from 'node:timers/promises';
import type { LoggerService } from '@backstage/backend-plugin-api';
import { toError } from '@backstage/errors';
import {
  eventsAfterStep,
  settleLostStep,
  workOf,
  type Entitlement,
  type PlannedStep,
  type Run,
  type RunEvent,
  type StepResult,
  type Work,
} from '@backstage-runbooks/plugin-runbooks-common';
import type { AttemptRunner } from './AttemptRunner';
import type { RunSignals } from './RunSignals';
import type { ClaimedRun, Lease, RunStore } from './RunStore';

const LEASE_MS = 15_000;
const HEARTBEAT_MS = 4_000;
const POLL_MS = 2_000;
const DEFAULT_CONCURRENCY = 8;
/** How long a stop waits for steps to end by themselves. */
const STOP_GRACE_MS = 3_000;
/** How long it waits for killed steps; one that is still there then is settled by whoever claims its run next. */
const STOP_KILL_MS = 15_000;

/**
 * Runs the queue: claims a run that has something due, does it, records it, lets go.
 *
 * Guarantees
 * - A step starts only after `step-started` is stored, and its end is stored under the same lease. The lease has a
 *   fencing token: a worker that lost it can store nothing more.
 * - A step whose worker was lost is settled by whoever claims the run next, by the rule of `settleLostStep`: again
 *   only where nothing could have changed, else a person decides. No step is run twice silently.
 * - An approval is checked once more just before the step starts: the approver must still be entitled.
 * - Waiting for a person holds no worker, no lease and no connection.
 *
 * Not guaranteed: that a step which was sent SIGKILL had no effect. The recorded calls tell.
 */
export class RunWorker {
  readonly #id: string;
  readonly #store: RunStore;
  readonly #attempts: AttemptRunner;
  readonly #signals: RunSignals;
  readonly #entitlementOf: (
    userRef: string,
    entityRef: string,
  ) => Promise<Entitlement>;
  readonly #logger: LoggerService;
  readonly #concurrency: number;
  readonly #active = new Map<string, Promise<void>>();
  readonly #stopping = new AbortController();
  readonly #killing = new AbortController();
  #loop: Promise<void> | undefined;
  #wake = () => {};

  constructor(options: {
    /** Names this worker in leases and events; unique per process. */
    id: string;
    store: RunStore;
    attempts: AttemptRunner;
    signals: RunSignals;
    entitlementOf(userRef: string, entityRef: string): Promise<Entitlement>;
    logger: LoggerService;
    concurrency?: number;
  }) {
    this.#id = options.id;
    this.#store = options.store;
    this.#attempts = options.attempts;
    this.#signals = options.signals;
    this.#entitlementOf = options.entitlementOf;
    this.#logger = options.logger;
    this.#concurrency = options.concurrency ?? DEFAULT_CONCURRENCY;
  }

  start(): void {
    this.#loop ??= this.#run();
  }

  /** Claims nothing more, gives running steps a moment, then kills them; they are recorded as interrupted. */
  async stop(): Promise<void> {
    this.#stopping.abort();
    this.#wake();
    await this.#loop;
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

  async #run(): Promise<void> {
    const unsubscribe = this.#signals.subscribe((_runId, change) => {
      if (change === 'events') this.#wake();
    });
    while (!this.#stopping.signal.aborted) {
      const woken = new Promise<void>(resolve => {
        this.#wake = resolve;
      });
      try {
        await this.#claimAll();
      } catch (error) {
        this.#logger.error(
          'Claiming runs failed, trying again',
          toError(error),
        );
      }
      await Promise.race([woken, delay(POLL_MS, undefined, { ref: false })]);
    }
    unsubscribe();
  }

  async #claimAll(): Promise<void> {
    while (
      this.#active.size < this.#concurrency &&
      !this.#stopping.signal.aborted
    ) {
      const claimed = await this.#store.claim(this.#id, LEASE_MS);
      if (!claimed) return;
      const { runId } = claimed.lease;
      const work = this.#work(claimed)
        .catch(error =>
          this.#logger.error(`Working on run ${runId} failed`, toError(error)),
        )
        .finally(() => {
          this.#active.delete(runId);
          this.#wake();
        });
      this.#active.set(runId, work);
    }
  }

  async #work({ run: claimedRun, lease }: ClaimedRun): Promise<void> {
    try {
      let run: Run | undefined = claimedRun;
      while (run && !this.#stopping.signal.aborted) {
        const work = workOf(run, now());
        if (work.kind === 'nothing') break;
        run = await this.#do(run, work, lease);
      }
    } finally {
      await this.#store.release(lease);
    }
  }

  async #do(
    run: Run,
    work: Exclude<Work, { kind: 'nothing' }>,
    lease: Lease,
  ): Promise<Run | undefined> {
    switch (work.kind) {
      case 'record':
        return this.#record(lease, current => {
          const due = workOf(current, now());
          return due.kind === 'record' ? due.events : [];
        });
      case 'settle-lost': {
        const { step, attempt } = work;
        const calls = await this.#store.callCounts({
          runId: run.id,
          stepId: step.id,
          attempt,
        });
        return this.#record(lease, current =>
          settleLostStep(current, step, attempt, calls),
        );
      }
      default:
        return this.#runStep(run, work, lease);
    }
  }

  async #runStep(
    run: Run,
    work: Extract<Work, { kind: 'run-step' }>,
    lease: Lease,
  ): Promise<Run | undefined> {
    const { step, attempt } = work;
    const void_ = await this.#approvalProblem(run, work);
    if (void_) {
      return this.#record(lease, () => [
        { kind: 'approval-voided', stepId: step.id, because: void_ },
      ]);
    }
    const started = await this.#record(lease, current =>
      isStillDue(current, step, attempt)
        ? [
            {
              kind: 'step-started',
              stepId: step.id,
              attempt,
              executor: this.#attempts.executorId,
              worker: this.#id,
            },
          ]
        : [],
    );
    if (!started || started.steps[step.id].status !== 'running') return started;
    const end = await this.#attempt(started, step, attempt, lease);
    if (end.kind === 'lost') return undefined;
    return this.#record(lease, current =>
      end.kind === 'ended'
        ? eventsAfterStep(current, step.id, attempt, end.result)
        : interruptedEvents(current, step.id, attempt, end.because),
    );
  }

  /** Why the approval of a step is no longer good, if it isn't. */
  async #approvalProblem(
    run: Run,
    { step, approval }: Extract<Work, { kind: 'run-step' }>,
  ): Promise<string | undefined> {
    if (step.requires.kind === 'nothing') return undefined;
    if (!approval || approval.digest !== step.digest) {
      return 'there is no approval of exactly this text';
    }
    const entitlement = await this.#entitlementOf(
      approval.approvedBy,
      run.plan.entityRef,
    );
    return entitlement.entitled ? undefined : entitlement.because;
  }

  async #attempt(
    run: Run,
    step: PlannedStep,
    attempt: number,
    lease: Lease,
  ): Promise<
    | { kind: 'ended'; result: StepResult }
    | { kind: 'interrupted'; because: string }
    | { kind: 'lost' }
  > {
    const stop = new AbortController();
    let lost = false;
    const beat = async () => {
      const state = await this.#store
        .heartbeat(lease, LEASE_MS)
        .catch(() => 'held' as const);
      if (state !== 'held') stop.abort();
      lost ||= state === 'lost';
    };
    const timer = setInterval(beat, HEARTBEAT_MS);
    const unsubscribe = this.#signals.subscribe((runId, change) => {
      if (runId === run.id && change === 'events') void beat();
    });
    try {
      const signal = AbortSignal.any([stop.signal, this.#killing.signal]);
      const result = await this.#attempts.run(run, step, attempt, signal);
      if (lost) return { kind: 'lost' };
      return this.#killing.signal.aborted && result.cancelled
        ? {
            kind: 'interrupted',
            because: 'the backend was stopped while the step ran',
          }
        : { kind: 'ended', result };
    } catch (error) {
      this.#logger.error(
        `Step ${step.id} of run ${run.id} failed in the backend`,
        toError(error),
      );
      return lost
        ? { kind: 'lost' }
        : {
            kind: 'interrupted',
            because: `the backend failed: ${toError(error).message}`,
          };
    } finally {
      clearInterval(timer);
      unsubscribe();
    }
  }

  #record(
    lease: Lease,
    decide: (run: Run) => RunEvent[],
  ): Promise<Run | undefined> {
    return this.#store.changeAsWorker(lease, new Date(), decide);
  }
}

function isStillDue(run: Run, step: PlannedStep, attempt: number): boolean {
  const state = run.steps[step.id];
  return (
    run.status.kind === 'open' &&
    state.status === 'queued' &&
    state.attempt === attempt
  );
}

function interruptedEvents(
  run: Run,
  stepId: string,
  attempt: number,
  because: string,
): RunEvent[] {
  const interrupted: RunEvent = {
    kind: 'step-interrupted',
    stepId,
    attempt,
    because,
  };
  return run.status.kind === 'cancelling'
    ? [
        interrupted,
        { kind: 'run-finished', by: run.status.by, outcome: 'cancelled' },
      ]
    : [interrupted];
}

function now(): string {
  return new Date().toISOString();
}
