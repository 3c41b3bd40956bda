import type { RunCommandRequest } from '../api/requests';
import { assertNever } from '../assertNever';
import type { PlannedStep } from '../plan/model';
import { instantAfter, type EntityRef, type Instant } from '../time';
import type { Run, RunEvent, StepState } from './model';
import type { RunRefusal } from './refusal';

/** Whether a person owns the service or is on call for it, with the reason either way. @public */
export type Entitlement =
  | { entitled: true; entitledBy: string }
  | { entitled: false; because: string };

/** A person who wants something done to a run. @public */
export interface Actor {
  userRef: EntityRef;
  entitlement: Entitlement;
}

/** @public */
export type RunDecision =
  | { kind: 'accepted'; events: RunEvent[] }
  | { kind: 'refused'; refusal: RunRefusal };

/** Settings that decisions depend on. @public */
export interface RunPolicy {
  /** An approval that was asked for and not given ends after this long, as a denial. */
  approvalExpiresAfterMs: number;
}

/**
 * Decides what a person's command does to a run. Never throws for a command that comes at the wrong moment: that is
 * a refusal, which is shown to the person who asked.
 *
 * Who may do what: the requester and everybody entitled (owners, on call) drive a run; an approval or denial needs
 * somebody entitled who is neither the requester of the run nor of the approval.
 *
 * @public
 */
export function decideRun(
  run: Run,
  command: RunCommandRequest,
  actor: Actor,
  policy: RunPolicy,
  at: Instant,
): RunDecision {
  if (run.status.kind === 'finished') {
    return refused('run-finished', `This run ended at ${run.status.at}`);
  }
  const outsider = refuseOutsider(run, command, actor);
  if (outsider) return outsider;
  switch (command.kind) {
    case 'cancel':
      return decideCancel(run, actor, command.reason);
    case 'finish':
      return decideFinish(run, actor, command.outcome, command.note);
    default:
      return decideStepCommand(run, command, actor, policy, at);
  }
}

type StepCommand = Extract<RunCommandRequest, { stepId: string }>;

function decideStepCommand(
  run: Run,
  command: StepCommand,
  actor: Actor,
  policy: RunPolicy,
  at: Instant,
): RunDecision {
  if (run.status.kind === 'cancelling') {
    return refused('run-cancelling', 'This run is being cancelled');
  }
  const step = run.plan.steps.find(({ id }) => id === command.stepId);
  if (!step) {
    return refused('unknown-step', `This run has no step "${command.stepId}"`);
  }
  const state = run.steps[step.id];
  switch (command.kind) {
    case 'run-step':
      return decideRunStep(run, step, state, actor);
    case 'request-approval':
      return decideRequest(run, step, state, command, actor, policy, at);
    case 'approve':
      return decideApproval(run, step, state, command, actor, at);
    case 'deny':
      return decideDenial(run, step, state, command.reason, actor, at);
    case 'confirm':
      return decideConfirm(step, state, actor, command.note);
    case 'skip':
      return decideSkip(step, state, actor, command.reason);
    case 'judge':
      return state.status === 'succeeded' || state.status === 'failed'
        ? accepted({
            kind: 'step-judged',
            stepId: step.id,
            by: actor.userRef,
            good: command.good,
            ...(command.note ? { note: command.note } : {}),
          })
        : refused('wrong-state', `"${step.title}" has no output to judge yet`);
    case 'settle-interruption':
      return state.status === 'interrupted'
        ? accepted({
            kind: 'interruption-settled',
            stepId: step.id,
            by: actor.userRef,
            as: command.as,
            reason: command.reason,
          })
        : refused('wrong-state', `"${step.title}" was not interrupted`);
    default:
      return assertNever(command);
  }
}

function decideRunStep(
  run: Run,
  step: PlannedStep,
  state: StepState,
  actor: Actor,
): RunDecision {
  const blocked = refuseStart(run, step, state);
  if (blocked) return blocked;
  if (step.requires.kind !== 'nothing') {
    return refused(
      'approval-needed',
      `"${step.title}" ${step.requires.because}: it needs an approval first`,
    );
  }
  return accepted(queued(run, step, actor.userRef));
}

function decideRequest(
  run: Run,
  step: PlannedStep,
  state: StepState,
  command: Extract<StepCommand, { kind: 'request-approval' }>,
  actor: Actor,
  policy: RunPolicy,
  at: Instant,
): RunDecision {
  const blocked = refuseStart(run, step, state);
  if (blocked) return blocked;
  if (step.requires.kind === 'nothing') {
    return refused('wrong-kind-of-step', `"${step.title}" needs no approval`);
  }
  if (
    step.requires.kind === 'approval-and-confirmation' &&
    command.confirmation !== step.requires.typed
  ) {
    return refused(
      'confirmation-mismatch',
      `"${step.title}" ${step.requires.because}: type "${step.requires.typed}" to ask for it`,
    );
  }
  return accepted({
    kind: 'approval-requested',
    stepId: step.id,
    by: actor.userRef,
    digest: step.digest,
    expiresAt: instantAfter(at, policy.approvalExpiresAfterMs),
    ...(command.reason ? { reason: command.reason } : {}),
    ...(command.confirmation ? { confirmation: command.confirmation } : {}),
  });
}

function decideApproval(
  run: Run,
  step: PlannedStep,
  state: StepState,
  command: Extract<StepCommand, { kind: 'approve' }>,
  actor: Actor,
  at: Instant,
): RunDecision {
  const notTheirs = refuseApprover(run, step, state, actor, at);
  if (notTheirs) return notTheirs;
  if (command.digest !== step.digest) {
    return refused(
      'digest-mismatch',
      `"${step.title}" is not the text that you saw; look at it again before approving`,
    );
  }
  const busy = refuseWhileInFlight(run);
  if (busy) return busy;
  return accepted(
    {
      kind: 'step-approved',
      stepId: step.id,
      by: actor.userRef,
      digest: step.digest,
      entitledBy: entitledBy(actor),
    },
    queued(run, step, actor.userRef),
  );
}

function decideDenial(
  run: Run,
  step: PlannedStep,
  state: StepState,
  reason: string | undefined,
  actor: Actor,
  at: Instant,
): RunDecision {
  return (
    refuseApprover(run, step, state, actor, at) ??
    accepted({
      kind: 'step-denied',
      stepId: step.id,
      by: actor.userRef,
      ...(reason ? { reason } : {}),
    })
  );
}

function decideConfirm(
  step: PlannedStep,
  state: StepState,
  actor: Actor,
  note: string | undefined,
): RunDecision {
  if (step.type === 'command') {
    return refused(
      'wrong-kind-of-step',
      `"${step.title}" is run, not confirmed; skip it where it was done by hand`,
    );
  }
  if (!isOpen(state)) {
    return refused('wrong-state', `"${step.title}" is already ${state.status}`);
  }
  return accepted({
    kind: 'step-confirmed',
    stepId: step.id,
    by: actor.userRef,
    ...(note ? { note } : {}),
  });
}

function decideSkip(
  step: PlannedStep,
  state: StepState,
  actor: Actor,
  reason: string,
): RunDecision {
  return isOpen(state) || state.status === 'waiting-approval'
    ? accepted({
        kind: 'step-skipped',
        stepId: step.id,
        by: actor.userRef,
        reason,
      })
    : refused('wrong-state', `"${step.title}" is already ${state.status}`);
}

function decideCancel(
  run: Run,
  actor: Actor,
  reason: string | undefined,
): RunDecision {
  if (run.status.kind === 'cancelling') {
    return refused('run-cancelling', 'This run is being cancelled already');
  }
  const request: RunEvent = {
    kind: 'cancel-requested',
    by: actor.userRef,
    ...(reason ? { reason } : {}),
  };
  return stepInFlight(run)
    ? accepted(request)
    : accepted(request, {
        kind: 'run-finished',
        by: actor.userRef,
        outcome: 'cancelled',
      });
}

function decideFinish(
  run: Run,
  actor: Actor,
  outcome: 'succeeded' | 'failed',
  note: string | undefined,
): RunDecision {
  if (stepInFlight(run) || run.status.kind === 'cancelling') {
    return refused(
      'steps-in-flight',
      'A step is still running; wait for it or cancel the run',
    );
  }
  const undecided = run.plan.steps.find(({ id }) =>
    ['waiting-approval', 'interrupted'].includes(run.steps[id].status),
  );
  if (undecided) {
    return refused(
      'wrong-state',
      `"${undecided.title}" waits for a decision; settle or skip it before ending the run`,
    );
  }
  return accepted({
    kind: 'run-finished',
    by: actor.userRef,
    outcome,
    ...(note ? { note } : {}),
  });
}

function refuseOutsider(
  run: Run,
  command: RunCommandRequest,
  actor: Actor,
): RunDecision | undefined {
  if (command.kind === 'approve' || command.kind === 'deny') return undefined;
  if (actor.userRef === run.requestedBy || actor.entitlement.entitled) {
    return undefined;
  }
  return refused(
    'not-a-participant',
    `Only ${run.requestedBy}, the owners of ${run.plan.entityRef} and those on call for it drive this run; ${actor.entitlement.because}`,
  );
}

function refuseStart(
  run: Run,
  step: PlannedStep,
  state: StepState,
): RunDecision | undefined {
  if (step.type !== 'command') {
    return refused(
      'wrong-kind-of-step',
      `"${step.title}" is done by hand${
        step.manualBecause ? `: ${step.manualBecause}` : ''
      }`,
    );
  }
  if (!canStart(state)) {
    return refused('wrong-state', `"${step.title}" is ${state.status}`);
  }
  return refuseWhileInFlight(run);
}

function refuseWhileInFlight(run: Run): RunDecision | undefined {
  const running = stepInFlight(run);
  return running
    ? refused(
        'step-in-flight',
        `"${running.title}" is still running; steps of a run go one at a time`,
      )
    : undefined;
}

function refuseApprover(
  run: Run,
  step: PlannedStep,
  state: StepState,
  actor: Actor,
  at: Instant,
): RunDecision | undefined {
  if (state.status !== 'waiting-approval') {
    return refused(
      'wrong-state',
      `"${step.title}" does not wait for an approval`,
    );
  }
  if (
    actor.userRef === state.request.requestedBy ||
    actor.userRef === run.requestedBy
  ) {
    return refused(
      'own-request',
      'A change needs a second person: nobody approves or denies what they asked for',
    );
  }
  if (!actor.entitlement.entitled) {
    return refused(
      'not-entitled',
      `Only the owners of ${run.plan.entityRef} and those on call for it approve; ${actor.entitlement.because}`,
    );
  }
  if (state.request.expiresAt <= at) {
    return refused(
      'approval-expired',
      `The request expired at ${state.request.expiresAt}; it must be made again`,
    );
  }
  return undefined;
}

/** The step that is queued or running, if any. @public */
export function stepInFlight(run: Run): PlannedStep | undefined {
  return run.plan.steps.find(({ id }) =>
    ['queued', 'running'].includes(run.steps[id].status),
  );
}

function isOpen(state: StepState): boolean {
  return state.status === 'pending' || state.status === 'denied';
}

function canStart(state: StepState): boolean {
  return (
    isOpen(state) || state.status === 'failed' || state.status === 'succeeded'
  );
}

function queued(run: Run, step: PlannedStep, by: EntityRef): RunEvent {
  return {
    kind: 'step-queued',
    stepId: step.id,
    by,
    attempt: (run.attempts[step.id] ?? 0) + 1,
  };
}

function entitledBy(actor: Actor): string {
  return actor.entitlement.entitled ? actor.entitlement.entitledBy : '';
}

function accepted(...events: RunEvent[]): RunDecision {
  return { kind: 'accepted', events };
}

function refused(code: RunRefusal['code'], message: string): RunDecision {
  return { kind: 'refused', refusal: { code, message } };
}
