import type { PlannedStep } from '../plan/model';
import type { Run, StepState } from './model';

/**
 * A run was rolled back: a step of its rollback that changes something ended well, or a person did it by hand. What
 * only looks takes nothing back. Of a procedure that is itself a rollback, its steps are what it was started for.
 *
 * @public
 */
export function hasRolledBack({
  plan,
  steps,
}: Pick<Run, 'plan' | 'steps'>): boolean {
  if (plan.procedure.kind === 'rollback') return false;
  return plan.steps.some(
    step => step.phase.role === 'rollback' && tookBack(step, steps[step.id]),
  );
}

function tookBack({ effect }: PlannedStep, state: StepState): boolean {
  switch (state.status) {
    case 'confirmed':
      return true;
    case 'succeeded':
      return state.result.ok && effect !== 'read' && effect !== 'local';
    default:
      return false;
  }
}
