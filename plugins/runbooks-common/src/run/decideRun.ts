import type { RunCommandRequest } from '../api/requests';
import { assertNever } from '../assertNever';
import type { PlannedStep } from '../plan/model';
import type { Instant } from '../time';
import { decideApproval, decideDenial } from './decideApproval';
import {
  accepted,
  entitlementFor,
  isOpen,
  refused,
  stepInFlight,
  type Actor,
  type RunDecision,
  type RunPolicy,
} from './decision';
import { decideRequest, decideRunStep } from './decideStart';
import { letsGo, lockingEntities } from './lockingEntities';
import type { BoundStep, Run, RunEvent, StepState } from './model';

/** So many events a run may have before no step of it is started, judged or decided on any more. */
const MAX_RUN_EVENTS = 2_000;

type StartRequest = Extract<
  RunCommandRequest,
  { kind: 'run-step' | 'request-approval' }
>;

/** What a person wants done to a run. One that starts a step comes with the step as it would run right now. @public */
export type RunCommand =
  | Exclude<RunCommandRequest, StartRequest>
  | (StartRequest & BoundStep);

/**
 * Decides what a person's command does to a run. Never throws for a command that comes at the wrong moment: that is
 * a refusal, which is shown to the person who asked.
 *
 * Who may do what: the requester and everybody entitled (owners, on call) drive a run; an approval or denial needs
 * somebody entitled for an entity that the step's requirement names, who is neither the requester of the run nor of
 * the approval, with whatever account.
 *
 * Owners of what a step of the run keeps from others (see `lockingEntities`) may cancel or finish it and settle the step,
 * with a reason: a run of an entity that is gone must not lock theirs for good.
 *
 * A run of 2,000 events can only be finished or cancelled.
 *
 * @public
 */
export function decideRun(
  run: Run,
  command: RunCommand,
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

type StepCommand = Extract<RunCommand, { stepId: string }>;

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
  if (run.eventCount >= MAX_RUN_EVENTS) {
    return refused(
      'too-many-events',
      `This run has ${run.eventCount} events, and at most ${MAX_RUN_EVENTS} are taken; finish or cancel it, and start another`,
    );
  }
  const step = run.plan.steps.find(({ id }) => id === command.stepId);
  if (!step) {
    return refused('unknown-step', `This run has no step "${command.stepId}"`);
  }
  const state = run.steps[step.id];
  switch (command.kind) {
    case 'run-step':
      return decideRunStep(run, step, state, command, actor, policy);
    case 'request-approval':
      return decideRequest(run, step, state, command, actor, policy, at);
    case 'approve':
      return decideApproval(
        run,
        step,
        state,
        command.digest,
        actor,
        policy,
        at,
      );
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
  command: RunCommand,
  actor: Actor,
): RunDecision | undefined {
  if (command.kind === 'approve' || command.kind === 'deny') return undefined;
  // Not by `sameAs`, which counts accounts as one person where nobody can tell: that refuses, and must not permit.
  if (actor.userRef === run.requestedBy) return undefined;
  const entitlement = entitlementFor(actor, run.plan.entityRef);
  if (entitlement.entitled) return undefined;
  const isTheirs = lockingEntities(run).some(
    entityRef => entitlementFor(actor, entityRef).entitled,
  );
  if (letsGo(command) && isTheirs) {
    return reasonOf(command)
      ? undefined
      : refused(
          'reason-missing',
          'This is a run of another team; say why you end it',
        );
  }
  return refused(
    'not-a-participant',
    `Only ${run.requestedBy}, the owners of ${run.plan.entityRef} and those on call for it drive this run; ${entitlement.because}`,
  );
}

function reasonOf(command: RunCommand): string | undefined {
  if (command.kind === 'finish') return command.note;
  return 'reason' in command ? command.reason : undefined;
}
