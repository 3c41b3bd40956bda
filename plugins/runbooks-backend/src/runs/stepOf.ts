import { NotFoundError } from '@backstage/errors';
import type {
  PlannedStep,
  Run,
} from '@backstage-runbooks/plugin-runbooks-common';

/** @throws NotFoundError where the run has no such step */
export function stepOf(run: Run, stepId: string): PlannedStep {
  const step = run.plan.steps.find(({ id }) => id === stepId);
  if (step) return step;
  throw new NotFoundError(`This run has no step "${stepId}"`);
}
