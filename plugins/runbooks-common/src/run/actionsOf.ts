import type { Permitted, StepAction, StepActionKind } from '../api/responses';
import type { PlannedStep } from '../plan/model';
import type { Instant } from '../time';
import { boundAsPlanned } from './boundAsPlanned';
import { decideRun, type RunCommand } from './decideRun';
import type { Actor, RunPolicy } from './decision';
import { isAboutBinding } from './isAboutBinding';
import type { Run, StepState } from './model';
import type { RunRefusal } from './refusal';

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
  permissions: {
    mayDrive: Permitted;
    mayApprove: Permitted;
    mayLetGo: Permitted;
  },
  policy: RunPolicy,
  at: Instant,
): Record<string, StepAction[]> {
  return Object.fromEntries(
    run.plan.steps.map(step => [
      step.id,
      actionKinds(run, step, run.steps[step.id]).map(kind => ({
        kind,
        permitted: permittedBy(permissionFor(kind, permissions), () =>
          tried(run, step, kind, actor, policy, at),
        ),
      })),
    ]),
  );
}

function permissionFor(
  kind: StepActionKind,
  permissions: Parameters<typeof stepActionsOf>[2],
): Permitted {
  if (kind === 'approve' || kind === 'deny') return permissions.mayApprove;
  return kind === 'settle-interruption'
    ? permissions.mayLetGo
    : permissions.mayDrive;
}

/** Whether a person may cancel or finish the run right now. @public */
export function runActionsOf(
  run: Run,
  actor: Actor,
  mayLetGo: Permitted,
  policy: RunPolicy,
  at: Instant,
): { cancel: Permitted; finish: Permitted } {
  return {
    cancel: permittedBy(mayLetGo, () =>
      trial(run, { kind: 'cancel', reason: '-' }, actor, policy, at),
    ),
    finish: permittedBy(mayLetGo, () =>
      trial(
        run,
        { kind: 'finish', outcome: 'succeeded', note: '-' },
        actor,
        policy,
        at,
      ),
    ),
  };
}

function actionKinds(
  run: Run,
  step: PlannedStep,
  state: StepState,
): StepActionKind[] {
  if (run.status.kind !== 'open') return [];
  switch (state.status) {
    case 'pending':
    case 'denied':
      return step.type === 'command'
        ? [...startsOf(step, state), 'skip']
        : ['confirm', 'skip'];
    case 'waiting-approval':
      return ['approve', 'deny', 'skip'];
    case 'succeeded':
    case 'failed':
      return ['judge', ...startsOf(step, state)];
    case 'interrupted':
      return ['settle-interruption'];
    default:
      return [];
  }
}

/** Both ways where only the server can tell, when the step comes, whether it needs an approval. */
function startsOf(step: PlannedStep, state: StepState): StepActionKind[] {
  if (isOpenQuestion(step, state)) return ['run', 'request-approval'];
  return [step.requires.kind === 'nothing' ? 'run' : 'request-approval'];
}

/** A value was open when it was planned, or what made it come back may have made it another step. */
function isOpenQuestion(step: PlannedStep, state: StepState): boolean {
  return (
    step.requires.kind === 'later' ||
    (step.requires.kind === 'nothing' &&
      state.status === 'pending' &&
      state.returnedBecause !== undefined)
  );
}

/** What the plan says against a start counts for nothing where the plan does not know the step. */
function tried(
  run: Run,
  step: PlannedStep,
  kind: StepActionKind,
  actor: Actor,
  policy: RunPolicy,
  at: Instant,
): Permitted {
  const state = run.steps[step.id];
  const command = commandFor(kind, step, state);
  const isStart = kind === 'run' || kind === 'request-approval';
  return isStart && isOpenQuestion(step, state)
    ? trial(run, command, actor, policy, at, isAboutBinding)
    : trial(run, command, actor, policy, at);
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
  isForgiven: (refusal: RunRefusal) => boolean = () => false,
): Permitted {
  const decision = decideRun(run, command, actor, policy, at);
  return decision.kind === 'accepted' || isForgiven(decision.refusal)
    ? { allowed: true }
    : { allowed: false, because: decision.refusal.message };
}

function permittedBy(
  permission: Permitted,
  decide: () => Permitted,
): Permitted {
  return permission.allowed ? decide() : permission;
}
