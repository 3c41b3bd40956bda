import type { LoggerService } from '@backstage/backend-plugin-api';
import { toError } from '@backstage/errors';
import {
  approvalDigest,
  approvingEntities,
  eventsAfterStep,
  holdInWords,
  holdOn,
  mayBeHeld,
  isWholePreview,
  missingApprovals,
  previewChanged,
  settleLostStep,
  voidedBecause,
  workOf,
  type Approval,
  type BoundStep,
  type Entitlement,
  type EntityRef,
  type Hold,
  type Instant,
  type PlannedStep,
  type Preview,
  type Run,
  type RunEvent,
  type StepResult,
  type Work,
} from '@backstage-runbooks/plugin-runbooks-common';
import type { AttemptRunner, PreparedAttempt } from './AttemptRunner';
import type { HiddenValues } from './HiddenValues';
import { isLeaseLost } from './LeaseLostError';
import type { BoundPreview } from './PreviewBinding';
import type { RunSignals } from './RunSignals';
import type { AttemptStore, HeldRun, Lease, RunQueue } from './RunStore';
import type { StepPreviews } from './StepPreviews';
import { throughOutage } from './throughOutage';
import { whyLater } from './whyLater';

/** A step that runs is looked after this often, besides at every change of its run. */
const LOOK_EVERY_MS = 4_000;

/** Whether a step may start, and to what preview its run is bound. */
type Start =
  | { kind: 'may'; bound?: BoundPreview }
  | { kind: 'may-not'; because: string };

/** What a worker does with one run that it claimed: whatever is due, until nothing is. */
export class RunWork {
  readonly #workerId: string;
  readonly #queue: RunQueue;
  readonly #hidden: Pick<HiddenValues, 'recording'>;
  readonly #calls: Pick<AttemptStore, 'callCounts'>;
  readonly #attempts: Pick<AttemptRunner, 'prepare' | 'executorId'>;
  readonly #previews: Pick<StepPreviews, 'beforeStart'>;
  readonly #holds: (entityRefs: readonly EntityRef[]) => Promise<Hold[]>;
  readonly #signals: Pick<RunSignals, 'subscribe'>;
  readonly #entitlementOf: (
    userRef: string,
    entityRef: string,
  ) => Promise<Entitlement>;
  readonly #logger: LoggerService;
  readonly #killing: AbortSignal;

  constructor(options: {
    workerId: string;
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
    /** Kills the steps that run; they are recorded as interrupted. */
    killing: AbortSignal;
  }) {
    this.#workerId = options.workerId;
    this.#queue = options.queue;
    this.#hidden = options.hidden;
    this.#calls = options.calls;
    this.#attempts = options.attempts;
    this.#previews = options.previews;
    this.#holds = options.holds;
    this.#signals = options.signals;
    this.#entitlementOf = options.entitlementOf;
    this.#logger = options.logger;
    this.#killing = options.killing;
  }

  /**
   * Works on the run until nothing is due, the lease is lost or `stopping` says so.
   *
   * @throws what the database threw; and where nothing was due at all, so that the run is not claimed at once again.
   */
  async do(lease: Lease, stopping: AbortSignal): Promise<void> {
    let held = await this.#queue.load(lease);
    for (let done = 0; held && !stopping.aborted; done += 1) {
      const work = workOf(held.run, held.at);
      if (work.kind === 'nothing') {
        if (done > 0) return;
        throw new Error('it was claimed as due, and nothing was to be done');
      }
      held = await this.#do(held.run, work, lease);
    }
  }

  async #do(
    run: Run,
    work: Exclude<Work, { kind: 'nothing' }>,
    lease: Lease,
  ): Promise<HeldRun | undefined> {
    switch (work.kind) {
      case 'record':
        return this.#record(lease, (current, at) => {
          const due = workOf(current, at);
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
  ): Promise<HeldRun | undefined> {
    const { step, attempt } = work;
    let prepared: PreparedAttempt;
    try {
      prepared = await this.#attempts.prepare(run, step);
    } catch (error) {
      // Nothing has begun: it is tried again later.
      if (whyLater(error) !== undefined) throw error;
      this.#logger.error(
        `Step ${step.id} of run ${run.id} could not be laid out`,
        toError(error),
      );
      const because = `the backend failed before the step began: ${saidOf(
        error,
      )}`;
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
  ): Promise<HeldRun | undefined> {
    const { step, attempt } = work;
    const start = await this.#startOf(run, work, prepared.bound);
    const begun = await this.#record(lease, current => {
      if (!isStillDue(current, step, attempt)) return [];
      return start.kind === 'may'
        ? [
            {
              kind: 'step-started',
              stepId: step.id,
              attempt,
              executor: this.#attempts.executorId,
              worker: this.#workerId,
              digest: prepared.bound.binding.digest,
            },
          ]
        : [
            {
              kind: 'approval-voided',
              stepId: step.id,
              because: start.because,
            },
          ];
    });
    if (begun?.run.steps[step.id].status !== 'running') return begun;
    const bound = start.kind === 'may' ? start.bound : undefined;
    const end = await this.#attempt(begun, step, lease, signal =>
      prepared.run({ attempt, lease, beganAt: begun.at, bound }, signal),
    );
    if (end.kind === 'lost') return undefined;
    // How a step ended is known to nobody else: it is stored as soon as that can be done.
    return throughOutage(() =>
      this.#record(lease, current => {
        if (!isUnderWay(current, step, attempt)) return [];
        return end.kind === 'ended'
          ? eventsAfterStep(current, step.id, attempt, end.result)
          : interruptedEvents(current, step.id, attempt, end.because);
      }),
    );
  }

  /** Whether the step may start as it is, and to what its run is bound then. */
  async #startOf(
    run: Run,
    work: Extract<Work, { kind: 'run-step' }>,
    bound: BoundStep,
  ): Promise<Start> {
    const because = await this.#whyNot(run, work, bound);
    if (because !== undefined) return { kind: 'may-not', because };
    const { step, approval } = work;
    if (!approval || bound.binding.requires.kind === 'nothing') {
      return { kind: 'may' };
    }
    const start = await this.#startAsPreviewed(run, step, approval, bound);
    // Looking takes seconds, and somebody may have stopped all changes meanwhile.
    const held =
      start.kind === 'may' ? await this.#held(run, step, bound) : undefined;
    return held === undefined ? start : { kind: 'may-not', because: held };
  }

  /** Why the step may not start as it is, whatever it would change now. */
  async #whyNot(
    run: Run,
    { step, binding, approval }: Extract<Work, { kind: 'run-step' }>,
    bound: BoundStep,
  ): Promise<string | undefined> {
    const titleOf = (stepId: string) =>
      run.plan.steps.find(({ id }) => id === stepId)?.title ?? stepId;
    const changed = voidedBecause(binding, bound, titleOf);
    if (changed !== undefined) return changed;
    const held = await this.#held(run, step, bound);
    if (held !== undefined) return held;
    if (bound.binding.requires.kind === 'nothing') return undefined;
    const approved =
      approval &&
      approvalDigest({ ...bound, preview: approval.preview }) ===
        approval.digest;
    if (!approved) return 'there is no approval of exactly what would run';
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

  /** Why no change may start now, where the step is one. */
  async #held(
    run: Run,
    step: PlannedStep,
    { binding }: BoundStep,
  ): Promise<string | undefined> {
    if (!mayBeHeld(binding)) return undefined;
    const holds = await this.#holds([
      run.plan.entityRef,
      ...approvingEntities(run, binding.requires),
    ]);
    const hold = holdOn(run, step, binding, holds);
    return hold && holdInWords(hold);
  }

  /** Whether it would change what the approvers saw; where they saw all of that, its run is bound to it. */
  async #startAsPreviewed(
    run: Run,
    step: PlannedStep,
    { preview, requestedBy }: Approval,
    { binding }: BoundStep,
  ): Promise<Start> {
    if (!preview || !isRepeatable(preview)) return { kind: 'may' };
    const now = await this.#previews.beforeStart(
      run,
      step,
      binding,
      requestedBy,
    );
    if (!now) return { kind: 'may' };
    const because = previewChanged(preview, now.preview);
    if (because !== undefined) return { kind: 'may-not', because };
    return isWholePreview(preview) && !now.bound
      ? { kind: 'may-not', because: 'its run cannot be bound to its preview' }
      : { kind: 'may', bound: now.bound };
  }

  async #attempt(
    { run }: HeldRun,
    step: PlannedStep,
    lease: Lease,
    happen: (signal: AbortSignal) => Promise<StepResult>,
  ): Promise<
    | { kind: 'ended'; result: StepResult }
    | { kind: 'interrupted'; because: string }
    | { kind: 'lost' }
  > {
    const stop = new AbortController();
    let lost = false;
    const look = async () => {
      const state = await this.#queue
        .leaseState(lease)
        .catch(() => 'held' as const);
      if (state !== 'held') stop.abort();
      lost ||= state === 'lost';
    };
    const timer = setInterval(look, LOOK_EVERY_MS);
    const unsubscribe = this.#signals.subscribe((runId, change) => {
      if (runId === run.id && change === 'events') void look();
    });
    try {
      const signal = AbortSignal.any([stop.signal, this.#killing]);
      const result = await happen(signal);
      if (lost) return { kind: 'lost' };
      return this.#killing.aborted && result.cancelled
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
            because: whyLater(error) ?? `the backend failed: ${saidOf(error)}`,
          };
    } finally {
      clearInterval(timer);
      unsubscribe();
    }
  }

  async #record(
    lease: Lease,
    decide: (run: Run, at: Instant) => RunEvent[],
  ): Promise<HeldRun | undefined> {
    const recorded = await this.#hidden.recording(lease.runId);
    return this.#queue.changeAsWorker(lease, (run, at) =>
      recorded(decide(run, at)),
    );
  }
}

/** Whatever was not seen at the request is not compared: the approver knew that there was nothing to see. */
function isRepeatable({ outcome }: Preview): boolean {
  return outcome !== 'not-possible' && outcome !== 'failed';
}

/** What people read of a failure; of one of the system its code, for its message names paths of the machine. */
function saidOf(error: unknown): string {
  const { code, syscall } = error as NodeJS.ErrnoException;
  return syscall !== undefined && code !== undefined
    ? code
    : toError(error).message;
}

function isStillDue(run: Run, step: PlannedStep, attempt: number): boolean {
  const state = run.steps[step.id];
  return (
    run.status.kind === 'open' &&
    state.status === 'queued' &&
    state.attempt === attempt
  );
}

function isUnderWay(run: Run, step: PlannedStep, attempt: number): boolean {
  const state = run.steps[step.id];
  return state.status === 'running' && state.attempt === attempt;
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
