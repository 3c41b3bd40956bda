import type { Permitted, StepAction, StepActionKind } from '../api/responses';
import type { PlannedStep } from '../plan/model';
import type { Instant } from '../time';
import { boundAsPlanned } from './boundAsPlanned';
import { decideRun, type RunCommand } from './decideRun';
import type { Actor, RunPolicy } from './decision';
import type { Run, StepState } from './model';

/**
 * What a person can do with each step right now. An action that belongs to the step's state but may not be taken by
 * this person is there with the reason; one that makes no sense now is left out. Asks `decideRun` itself, so that
 * buttons and the server never disagree.
 *
 * @public
 */
export function stepActionsOf(
  run: Run,
  actor: Actor,
  permissions: { mayDrive: Permitted; mayApprove: Permitted },
  policy: RunPolicy,
  at: Instant,
): Record<string, StepAction[]> {
  return Object.fromEntries(
    run.plan.steps.map(step => [
      step.id,
      actionKinds(run, step, run.steps[step.id]).map(kind => ({
        kind,
        permitted: permittedBy(
          kind === 'approve' || kind === 'deny'
            ? permissions.mayApprove
            : permissions.mayDrive,
          () =>
            trial(
              run,
              commandFor(kind, step, run.steps[step.id]),
              actor,
              policy,
              at,
            ),
        ),
      })),
    ]),
  );
}

/** Whether a person may cancel or finish the run right now. @public */
export function runActionsOf(
  run: Run,
  actor: Actor,
  mayDrive: Permitted,
  policy: RunPolicy,
  at: Instant,
): { cancel: Permitted; finish: Permitted } {
  return {
    cancel: permittedBy(mayDrive, () =>
      trial(run, { kind: 'cancel' }, actor, policy, at),
    ),
    finish: permittedBy(mayDrive, () =>
      trial(run, { kind: 'finish', outcome: 'succeeded' }, actor, policy, at),
    ),
  };
}

function actionKinds(
  run: Run,
  step: PlannedStep,
  state: StepState,
): StepActionKind[] {
  if (run.status.kind !== 'open') return [];
  const start: StepActionKind =
    step.requires.kind === 'nothing' ? 'run' : 'request-approval';
  // What made it come back may have made it need an approval: the server says so when it is run.
  const both = state.status === 'pending' && state.returnedBecause;
  switch (state.status) {
    case 'pending':
    case 'denied':
      if (step.type !== 'command') return ['confirm', 'skip'];
      return both && start === 'run'
        ? ['run', 'request-approval', 'skip']
        : [start, 'skip'];
    case 'waiting-approval':
      return ['approve', 'deny', 'skip'];
    case 'succeeded':
    case 'failed':
      return ['judge', start];
    case 'interrupted':
      return ['settle-interruption'];
    default:
      return [];
  }
}

function commandFor(
  kind: StepActionKind,
  step: PlannedStep,
  state: StepState,
): RunCommand {
  const stepId = step.id;
  switch (kind) {
    case 'run':
      return { kind: 'run-step', stepId, ...boundAsPlanned(step) };
    case 'request-approval':
      return {
        kind,
        stepId,
        ...boundAsPlanned(step),
        ...(step.requires.kind === 'approval-and-confirmation'
          ? { confirmation: step.requires.typed }
          : {}),
      };
    case 'approve': {
      const asked = state.status === 'waiting-approval' ? state.request : step;
      return { kind, stepId, digest: asked.digest };
    }
    case 'skip':
      return { kind, stepId, reason: '-' };
    case 'judge':
      return { kind, stepId, good: true };
    case 'settle-interruption':
      return { kind, stepId, as: 'done', reason: '-' };
    default:
      return { kind, stepId };
  }
}

function trial(
  run: Run,
  command: RunCommand,
  actor: Actor,
  policy: RunPolicy,
  at: Instant,
): Permitted {
  const decision = decideRun(run, command, actor, policy, at);
  return decision.kind === 'accepted'
    ? { allowed: true }
    : { allowed: false, because: decision.refusal.message };
}

function permittedBy(
  permission: Permitted,
  decide: () => Permitted,
): Permitted {
  return permission.allowed ? decide() : permission;
}
