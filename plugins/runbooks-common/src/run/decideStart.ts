import type { PlannedStep, StepBinding } from '../plan/model';
import { instantAfter, type Instant } from '../time';
import { approvalDigest } from './approvalDigest';
import {
  accepted,
  isOpen,
  queuedEvent,
  refused,
  refuseWhileInFlight,
  type Actor,
  type RunDecision,
  type RunPolicy,
} from './decision';
import type { BoundStep, Run, StepState } from './model';
import { refuseHeld } from './refuseHeld';

/**
 * Whether a step that needs no approval is queued. What it needs is read from the binding, made of what the step
 * would get right now: a step that was planned as a read and would run a script that an earlier step changed needs an
 * approval.
 */
export function decideRunStep(
  run: Run,
  step: PlannedStep,
  state: StepState,
  { binding }: BoundStep,
  actor: Actor,
  policy: RunPolicy,
): RunDecision {
  const blocked = refuseStart(run, step, state, binding, policy);
  if (blocked) return blocked;
  if (binding.requires.kind !== 'nothing') {
    return refused(
      'approval-needed',
      `"${step.title}" ${binding.requires.because}: it needs an approval first`,
    );
  }
  return accepted({ ...queuedEvent(run, step, actor.userRef), binding });
}

/** Whether an approval may be asked for, of the step exactly as it is bound. */
export function decideRequest(
  run: Run,
  step: PlannedStep,
  state: StepState,
  command: BoundStep & { reason?: string; confirmation?: string },
  actor: Actor,
  policy: RunPolicy,
  at: Instant,
): RunDecision {
  const { binding, differences, preview } = command;
  const blocked = refuseStart(run, step, state, binding, policy);
  if (blocked) return blocked;
  if (binding.requires.kind === 'nothing') {
    return refused('wrong-kind-of-step', `"${step.title}" needs no approval`);
  }
  if (
    binding.requires.kind === 'approval-and-confirmation' &&
    command.confirmation !== binding.requires.typed
  ) {
    return refused(
      'confirmation-mismatch',
      `"${step.title}" ${binding.requires.because}: type "${binding.requires.typed}" to ask for it`,
    );
  }
  return accepted({
    kind: 'approval-requested',
    stepId: step.id,
    by: actor.userRef,
    digest: approvalDigest(command),
    binding,
    differences,
    ...(preview === undefined ? {} : { preview }),
    expiresAt: instantAfter(at, policy.approvalExpiresAfterMs),
    ...(command.reason ? { reason: command.reason } : {}),
    ...(command.confirmation ? { confirmation: command.confirmation } : {}),
  });
}

function refuseStart(
  run: Run,
  step: PlannedStep,
  state: StepState,
  binding: StepBinding,
  policy: RunPolicy,
): RunDecision | undefined {
  const byHand =
    step.type === 'command' && !step.manualBecause
      ? binding.verdict.impossible
      : step.manualBecause ?? '';
  if (byHand !== undefined) {
    return refused(
      'wrong-kind-of-step',
      `"${step.title}" is done by hand${byHand ? `: ${byHand}` : ''}`,
    );
  }
  if (!canStart(state)) {
    return refused('wrong-state', `"${step.title}" is ${state.status}`);
  }
  return (
    refuseWhileInFlight(run) ??
    refuseUnknown(step, binding) ??
    refuseHeld(run, step, binding, policy)
  );
}

/** Nobody can say yes to a step whose values are not there yet. */
function refuseUnknown(
  step: PlannedStep,
  { verdict, requires }: StepBinding,
): RunDecision | undefined {
  if (requires.kind !== 'later' && verdict.open.length === 0) return undefined;
  const names =
    requires.kind === 'later' && requires.variables.length > 0
      ? requires.variables
      : verdict.open;
  const missing = names.map(name => `$${name}`).join(', ');
  return refused(
    'not-known-yet',
    requires.kind === 'later'
      ? `"${step.title}" ${requires.because}; run the step that sets ${
          missing || 'it'
        } first`
      : `"${step.title}" reads ${missing}, which no step has set yet; run the step that sets it first`,
  );
}

function canStart(state: StepState): boolean {
  return (
    isOpen(state) || state.status === 'failed' || state.status === 'succeeded'
  );
}
