import {
  mayHaveChanged,
  type Run,
} from '@backstage-runbooks/plugin-runbooks-common';
import { hasEnded } from './hasEnded';

/**
 * Where the rollback of a run begins, for whoever has a failed step before them: undefined where the procedure has none,
 * the step is in it, or nothing was changed that could be undone.
 */
export function wayBack(run: Run, stepId: string): string | undefined {
  const state = run.steps[stepId];
  const { steps } = run.plan;
  const failed = steps.find(step => step.id === stepId);
  if (state?.status !== 'failed' || failed?.phase.role === 'rollback') {
    return undefined;
  }
  const hasChanged = Object.values(run.steps).some(
    one => hasEnded(one) && mayHaveChanged(one.result.calls),
  );
  return hasChanged
    ? steps.find(({ phase }) => phase.role === 'rollback')?.id
    : undefined;
}
