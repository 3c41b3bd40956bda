import { assertNever } from '../assertNever';
import type { Instant } from '../time';
import type { StepBinding } from '../plan/model';
import type {
  Approval,
  RecordedRunEvent,
  Run,
  RunEvent,
  StepState,
} from './model';

/**
 * The run after one more event. Events were decided before they were saved, so this never refuses; an event that
 * speaks of a step that is not in the plan, or that comes when its step cannot take it, is a bug and throws. So does
 * a ledger of a version that bound approvals to less than what runs: it is not read as if it had been otherwise.
 *
 * @public
 */
export function applyRunEvent(
  run: Run | undefined,
  event: RunEvent,
  at: Instant,
  runId: string,
): Run {
  if (event.kind === 'run-started') return startedRun(event, at, runId);
  if (!run) throw new Error(`Run ${runId} does not begin with run-started`);
  return { ...changedRun(run, event, at), eventCount: run.eventCount + 1 };
}

/** The run that a ledger tells. @public */
export function foldRun(
  entries: ReadonlyArray<Pick<RecordedRunEvent, 'runId' | 'at' | 'event'>>,
): Run {
  let run: Run | undefined;
  for (const { event, at, runId } of entries) {
    run = applyRunEvent(run, event, at, runId);
  }
  if (!run) throw new Error('A run has at least one event');
  return run;
}

function startedRun(
  event: Extract<RunEvent, { kind: 'run-started' }>,
  at: Instant,
  id: string,
): Run {
  return {
    id,
    plan: event.plan,
    requestedBy: event.by,
    startedAt: at,
    status: { kind: 'open' },
    steps: Object.fromEntries(
      event.plan.steps.map(step => [
        step.id,
        { status: 'pending' } as StepState,
      ]),
    ),
    attempts: {},
    eventCount: 1,
  };
}

function changedRun(
  run: Run,
  event: Exclude<RunEvent, { kind: 'run-started' }>,
  at: Instant,
): Run {
  switch (event.kind) {
    case 'cancel-requested':
      return { ...run, status: { kind: 'cancelling', by: event.by, at } };
    case 'run-finished':
      return {
        ...run,
        status: {
          kind: 'finished',
          outcome: event.outcome,
          at,
          by: event.by,
        },
      };
    default: {
      const before = run.steps[event.stepId];
      if (!before) throw new Error(`Run ${run.id} has no step ${event.stepId}`);
      return {
        ...run,
        steps: { ...run.steps, [event.stepId]: changedStep(before, event, at) },
        attempts:
          event.kind === 'step-queued'
            ? { ...run.attempts, [event.stepId]: event.attempt }
            : run.attempts,
      };
    }
  }
}

type StepEvent = Extract<RunEvent, { stepId: string }>;

function changedStep(
  before: StepState,
  event: StepEvent,
  at: Instant,
): StepState {
  switch (event.kind) {
    case 'approval-requested':
      return {
        status: 'waiting-approval',
        request: {
          digest: event.digest,
          binding: bindingIn(event),
          differences: event.differences,
          ...(event.preview === undefined ? {} : { preview: event.preview }),
          requestedBy: event.by,
          requestedAt: at,
          expiresAt: event.expiresAt,
          ...(event.reason === undefined ? {} : { reason: event.reason }),
        },
        given: [],
      };
    case 'step-approved':
      return approvedStep(before, event, at);
    case 'step-denied':
      return before.status === 'waiting-approval'
        ? {
            status: 'denied',
            request: before.request,
            deniedBy: event.by,
            deniedAt: at,
            ...(event.reason === undefined ? {} : { reason: event.reason }),
          }
        : before;
    case 'approval-expired':
      return { status: 'pending' };
    case 'approval-voided':
      return { status: 'pending', returnedBecause: event.because };
    case 'step-queued':
      return queuedStep(before, event, at);
    case 'step-started':
      return {
        status: 'running',
        attempt: event.attempt,
        startedAt: at,
        executor: event.executor,
        binding: bindingOf(before, event),
        ...approvalOf(before),
      };
    case 'step-finished':
      return {
        status: event.result.ok ? 'succeeded' : 'failed',
        attempt: event.attempt,
        result: event.result,
        ...approvalOf(before),
      };
    case 'step-interrupted':
      return {
        status: 'interrupted',
        attempt: event.attempt,
        interruptedAt: at,
        because: event.because,
        binding: bindingOf(before, event),
        ...approvalOf(before),
      };
    case 'interruption-settled':
      return event.as === 'done'
        ? { status: 'confirmed', by: event.by, at, note: event.reason }
        : { status: 'pending' };
    case 'step-confirmed':
      return {
        status: 'confirmed',
        by: event.by,
        at,
        ...(event.note === undefined ? {} : { note: event.note }),
      };
    case 'step-skipped':
      return { status: 'skipped', by: event.by, at, reason: event.reason };
    case 'step-judged':
      return before.status === 'succeeded' || before.status === 'failed'
        ? {
            ...before,
            judgement: {
              by: event.by,
              at,
              good: event.good,
              ...(event.note === undefined ? {} : { note: event.note }),
            },
          }
        : before;
    default:
      return assertNever(event);
  }
}

function approvedStep(
  before: StepState,
  event: Extract<RunEvent, { kind: 'step-approved' }>,
  at: Instant,
): StepState {
  if (before.status !== 'waiting-approval') return before;
  const { by, covers } = event;
  return {
    ...before,
    given: [...before.given, { approvedBy: by, approvedAt: at, covers }],
  };
}

/** The last approval and the queueing come in one decision. */
function queuedStep(
  before: StepState,
  event: Extract<RunEvent, { kind: 'step-queued' }>,
  at: Instant,
): StepState {
  return {
    status: 'queued',
    attempt: event.attempt,
    queuedBy: event.by,
    queuedAt: at,
    binding: bindingOf(before, event),
    ...(before.status === 'waiting-approval'
      ? { approval: { ...before.request, given: before.given } }
      : {}),
    // Only a step that could change nothing goes from interrupted to queued by itself.
    ...(before.status === 'interrupted' ? approvalOf(before) : {}),
  };
}

/** What the step is bound to: by the event itself, the request that was approved, or the attempt so far. */
function bindingOf(before: StepState, event: StepEvent): StepBinding {
  if ('binding' in event && event.binding) return event.binding;
  if (before.status === 'waiting-approval') return before.request.binding;
  if ('binding' in before) return before.binding;
  return bindingIn(event);
}

function bindingIn(event: StepEvent & { binding?: StepBinding }): StepBinding {
  if (event.binding) return event.binding;
  throw new Error(
    `The event ${event.kind} of step ${event.stepId} has no binding; it was written before approvals were bound to what a step gets, and such runs cannot be read`,
  );
}

function approvalOf(state: StepState): { approval?: Approval } {
  return 'approval' in state && state.approval
    ? { approval: state.approval }
    : {};
}
