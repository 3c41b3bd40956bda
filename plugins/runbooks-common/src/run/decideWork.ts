import {
  didText,
  mayHaveChanged,
  type ChangeCounts,
} from '../gateway/callDone';
import type { PlannedStep, StepBinding } from '../plan/model';
import type { EntityRef, Instant } from '../time';
import { stepInFlight } from './decision';
import type { Approval, Run, RunEvent, StepResult } from './model';

/** A read step is tried again silently until it has had this many attempts. */
const MAX_SILENT_ATTEMPTS = 3;

/** What a worker must do for a run that it claimed. @public */
export type Work =
  | { kind: 'nothing' }
  | {
      kind: 'run-step';
      step: PlannedStep;
      attempt: number;
      /** What was queued; made anew before the step starts, and compared. */
      binding: StepBinding;
      approval?: Approval;
    }
  | {
      kind: 'settle-lost';
      step: PlannedStep;
      attempt: number;
      binding: StepBinding;
    }
  | { kind: 'record'; events: RunEvent[] };

/** The person that events carry which no person caused. @public */
export const SYSTEM_ACTOR: EntityRef = 'user:system/runbooks';

/**
 * What is due on a run. A step that is `running` in the ledger of a run that a worker has just claimed belongs to a
 * worker that is gone: its end is unknown.
 *
 * @public
 */
export function workOf(run: Run, at: Instant): Work {
  if (run.status.kind === 'finished') return { kind: 'nothing' };
  const step = stepInFlight(run);
  const state = step && run.steps[step.id];
  if (step && state?.status === 'running') {
    const { attempt, binding } = state;
    return { kind: 'settle-lost', step, attempt, binding };
  }
  if (run.status.kind === 'cancelling') {
    return { kind: 'record', events: [cancelled(run.status.by)] };
  }
  if (step && state?.status === 'queued') {
    return {
      kind: 'run-step',
      step,
      attempt: state.attempt,
      binding: state.binding,
      ...(state.approval ? { approval: state.approval } : {}),
    };
  }
  const expired = expiredApprovals(run, at);
  return expired.length > 0
    ? { kind: 'record', events: expired }
    : { kind: 'nothing' };
}

/**
 * What becomes of a step whose worker was lost. It is never run again silently, unless it could not have changed
 * anything: a step that may write nothing, with no call seen by the gateway that may have changed something, is queued
 * once more.
 *
 * @public
 */
export function settleLostStep(
  run: Run,
  step: PlannedStep,
  attempt: number,
  binding: StepBinding,
  calls: ChangeCounts,
): RunEvent[] {
  if (run.status.kind === 'cancelling') {
    return [
      {
        kind: 'step-interrupted',
        stepId: step.id,
        attempt,
        because: 'the worker was lost while the run was being cancelled',
      },
      cancelled(run.status.by),
    ];
  }
  const harmless =
    binding.verdict.writes.kind === 'none' && !mayHaveChanged(calls);
  if (harmless && attempt < MAX_SILENT_ATTEMPTS) {
    return [
      {
        kind: 'step-interrupted',
        stepId: step.id,
        attempt,
        because: 'the worker was lost; the step only reads and is tried again',
      },
      {
        kind: 'step-queued',
        stepId: step.id,
        by: SYSTEM_ACTOR,
        attempt: attempt + 1,
      },
    ];
  }
  return [
    {
      kind: 'step-interrupted',
      stepId: step.id,
      attempt,
      because: `the worker was lost and nobody saw the step end; by what the gateway recorded, it ${didText(
        calls,
      )}`,
    },
  ];
}

/** What is recorded when an attempt has ended. @public */
export function eventsAfterStep(
  run: Run,
  stepId: string,
  attempt: number,
  result: StepResult,
): RunEvent[] {
  const finished: RunEvent = { kind: 'step-finished', stepId, attempt, result };
  return run.status.kind === 'cancelling'
    ? [finished, cancelled(run.status.by)]
    : [finished];
}

function cancelled(by: EntityRef): RunEvent {
  return { kind: 'run-finished', by, outcome: 'cancelled' };
}

function expiredApprovals(run: Run, at: Instant): RunEvent[] {
  return run.plan.steps.flatMap((step): RunEvent[] => {
    const state = run.steps[step.id];
    return state.status === 'waiting-approval' && state.request.expiresAt <= at
      ? [{ kind: 'approval-expired', stepId: step.id }]
      : [];
  });
}
