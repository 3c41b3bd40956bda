import { setTimeout as delay } from 'node:timers/promises';
import type { LoggerService } from '@backstage/backend-plugin-api';
import { toError } from '@backstage/errors';
import {
  eventsAfterStep,
  missingApprovals,
  settleLostStep,
  voidedBecause,
  workOf,
  type BoundStep,
  type Entitlement,
  type PlannedStep,
  type Run,
  type RunEvent,
  type StepResult,
  type Work,
} from '@backstage-runbooks/plugin-runbooks-common';
import type { AttemptRunner, PreparedAttempt } from './AttemptRunner';
import { isLeaseLost } from './LeaseLostError';
import type { RunSignals } from './RunSignals';
import type { AttemptStore, ClaimedRun, Lease, RunQueue } from './RunStore';

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
 * - What is to run is bound once more just before the step starts, from the workspace that bash is about to get.
 *   Where anything differs from what was queued or approved, the step goes back, with the input that changed as the
 *   reason; so it does where an approver is no longer entitled for what they approved.
 * - What a worker stores of an attempt is refused by the database once its lease is another's.
 * - Waiting for a person holds no worker, no lease and no connection.
 *
 * Not guaranteed: that a step which was sent SIGKILL had no effect. The recorded calls tell.
 */
export class RunWorker {
  readonly #id: string;
  readonly #queue: RunQueue;
  readonly #calls: Pick<AttemptStore, 'callCounts'>;
  readonly #attempts: Pick<AttemptRunner, 'prepare' | 'executorId'>;
  readonly #signals: Pick<RunSignals, 'subscribe'>;
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
    queue: RunQueue;
    calls: Pick<AttemptStore, 'callCounts'>;
    attempts: Pick<AttemptRunner, 'prepare' | 'executorId'>;
    signals: Pick<RunSignals, 'subscribe'>;
    entitlementOf(userRef: string, entityRef: string): Promise<Entitlement>;
    logger: LoggerService;
    concurrency?: number;
  }) {
    this.#id = options.id;
    this.#queue = options.queue;
    this.#calls = options.calls;
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
      const claimed = await this.#queue.claim(this.#id, LEASE_MS);
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
      await this.#queue.release(lease);
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
        const { step, attempt, binding } = work;
        const calls = await this.#calls.callCounts({
          runId: run.id,
          stepId: step.id,
          attempt,
        });
        return this.#record(lease, current =>
          settleLostStep(current, step, attempt, binding, calls),
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
    let prepared: PreparedAttempt;
    try {
      prepared = await this.#attempts.prepare(run, step);
    } catch (error) {
      this.#logger.error(
        `Step ${step.id} of run ${run.id} could not be laid out`,
        toError(error),
      );
      const because = `the backend failed before the step began: ${
        toError(error).message
      }`;
      return this.#record(lease, current =>
        isStillDue(current, step, attempt)
          ? interruptedEvents(current, step.id, attempt, because)
          : [],
      );
    }
    try {
      return await this.#runPrepared(run, work, prepared, lease);
    } finally {
      await prepared.discard();
    }
  }

  async #runPrepared(
    run: Run,
    work: Extract<Work, { kind: 'run-step' }>,
    prepared: PreparedAttempt,
    lease: Lease,
  ): Promise<Run | undefined> {
    const { step, attempt } = work;
    const because = await this.#whyNot(run, work, prepared.bound);
    const begun = await this.#record(lease, current => {
      if (!isStillDue(current, step, attempt)) return [];
      return because === undefined
        ? [
            {
              kind: 'step-started',
              stepId: step.id,
              attempt,
              executor: this.#attempts.executorId,
              worker: this.#id,
              digest: prepared.bound.binding.digest,
            },
          ]
        : [{ kind: 'approval-voided', stepId: step.id, because }];
    });
    if (!begun || begun.steps[step.id].status !== 'running') return begun;
    const end = await this.#attempt(begun, step, attempt, prepared, lease);
    if (end.kind === 'lost') return undefined;
    return this.#record(lease, current =>
      end.kind === 'ended'
        ? eventsAfterStep(current, step.id, attempt, end.result)
        : interruptedEvents(current, step.id, attempt, end.because),
    );
  }

  /** Why the step may not start as it is, if it may not. */
  async #whyNot(
    run: Run,
    { binding, approval }: Extract<Work, { kind: 'run-step' }>,
    bound: BoundStep,
  ): Promise<string | undefined> {
    const titleOf = (stepId: string) =>
      run.plan.steps.find(({ id }) => id === stepId)?.title ?? stepId;
    const changed = voidedBecause(binding, bound, titleOf);
    if (changed !== undefined) return changed;
    if (bound.binding.requires.kind === 'nothing') return undefined;
    if (!approval || approval.digest !== bound.binding.digest) {
      return 'there is no approval of exactly what would run';
    }
    const missing = missingApprovals(run, approval, approval.given);
    if (missing.length > 0) {
      return `the approval of an owner of ${missing.join(', ')} is missing`;
    }
    for (const { approvedBy, covers } of approval.given) {
      for (const { entityRef } of covers) {
        const entitlement = await this.#entitlementOf(approvedBy, entityRef);
        if (!entitlement.entitled) return entitlement.because;
      }
    }
    return undefined;
  }

  async #attempt(
    run: Run,
    step: PlannedStep,
    attempt: number,
    prepared: PreparedAttempt,
    lease: Lease,
  ): Promise<
    | { kind: 'ended'; result: StepResult }
    | { kind: 'interrupted'; because: string }
    | { kind: 'lost' }
  > {
    const stop = new AbortController();
    let lost = false;
    const beat = async () => {
      const state = await this.#queue
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
      const result = await prepared.run(attempt, lease, signal);
      if (lost) return { kind: 'lost' };
      return this.#killing.signal.aborted && result.cancelled
        ? {
            kind: 'interrupted',
            because: 'the backend was stopped while the step ran',
          }
        : { kind: 'ended', result };
    } catch (error) {
      if (isLeaseLost(error)) return { kind: 'lost' };
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
    return this.#queue.changeAsWorker(lease, new Date(), decide);
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
