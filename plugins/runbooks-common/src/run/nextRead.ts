import type { PlannedStep } from '../plan/model';
import { stepInFlight } from './decision';
import type { Run } from './model';
import { isOnlyInNeed } from './onlyInNeed';

/** Why a run does not go on by itself. @public */
export type StopReason =
  /** Nothing is left that a run has to do. */
  | 'done'
  /** The step that ran last did not go well, or nobody saw its end. */
  | 'not-good'
  /** It needs an approval, or may need one when its values are known. */
  | 'approval'
  /** A person chooses between options. */
  | 'choice'
  /** A person says whether its condition holds. */
  | 'condition'
  /** A person does it. */
  | 'by-hand'
  /** It was to start and came back. */
  | 'came-back';

/** What a run does next that goes on by itself as long as it only reads. @public */
export type NextRead =
  | { kind: 'run'; stepId: string }
  /** A step is under way. */
  | { kind: 'wait' }
  /** `stepId`: the step that wants a person; missing where none does. */
  | { kind: 'stop'; because: StopReason; stepId?: string };

/**
 * The step with which a run goes on by itself, or why it stops there: everything that changes something, that a person
 * must decide or do, and what did not go well waits for a person. Steps that are only taken in need are passed over.
 *
 * @param last - The step that ran by itself before; what went badly before a person went on is theirs to judge.
 *
 * @public
 */
export function nextRead(
  run: Pick<Run, 'plan' | 'steps' | 'status'>,
  last?: string,
): NextRead {
  if (run.status.kind !== 'open') return { kind: 'stop', because: 'done' };
  if (last !== undefined && isBad(run, last)) {
    return { kind: 'stop', because: 'not-good', stepId: last };
  }
  if (stepInFlight(run)) return { kind: 'wait' };
  for (const step of run.plan.steps) {
    if (isOnlyInNeed(step) || isTaken(run, step)) continue;
    const because = stopReason(run, step);
    return because === undefined
      ? { kind: 'run', stepId: step.id }
      : { kind: 'stop', because, stepId: step.id };
  }
  return { kind: 'stop', because: 'done' };
}

function isBad({ steps }: Pick<Run, 'steps'>, stepId: string): boolean {
  return ['failed', 'interrupted'].includes(steps[stepId]?.status);
}

/** It has had its turn, or another option of its choice has. */
function isTaken(
  run: Pick<Run, 'plan' | 'steps'>,
  { id, alternative }: PlannedStep,
): boolean {
  const { status } = run.steps[id];
  if (['succeeded', 'failed', 'confirmed', 'skipped'].includes(status)) {
    return true;
  }
  return (
    alternative !== undefined &&
    run.plan.steps.some(
      other =>
        other.id !== id &&
        other.alternative?.group === alternative.group &&
        ['succeeded', 'failed', 'confirmed'].includes(
          run.steps[other.id].status,
        ),
    )
  );
}

function stopReason(
  run: Pick<Run, 'steps'>,
  step: PlannedStep,
): StopReason | undefined {
  const state = run.steps[step.id];
  if (state.status === 'interrupted') return 'not-good';
  if (state.status !== 'pending') return 'approval';
  if (step.alternative) return 'choice';
  if (step.condition !== undefined) return 'condition';
  if (step.type !== 'command' || step.manualBecause !== undefined) {
    return 'by-hand';
  }
  if (state.returnedBecause !== undefined) return 'came-back';
  return step.requires.kind === 'nothing' ? undefined : 'approval';
}
