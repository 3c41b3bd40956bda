import type { WaitingApproval } from '../api/responses';
import { missingApprovals } from './decideApproval';
import type { Run } from './model';

/**
 * The approval that a step of a run waits for, as lists show it; undefined where there is no such step, or it waits for
 * none.
 *
 * @public
 */
export function waitingApproval(
  run: Run,
  stepId: string,
): WaitingApproval | undefined {
  const step = run.plan.steps.find(({ id }) => id === stepId);
  const state = run.steps[stepId];
  if (!step || state?.status !== 'waiting-approval') return undefined;
  const { request, given } = state;
  return {
    runId: run.id,
    stepId,
    stepTitle: step.title,
    procedureTitle: run.plan.procedure.title,
    entityRef: run.plan.entityRef,
    approvalOf: missingApprovals(run, request, given),
    effect: request.binding.verdict.effect,
    requestedBy: request.requestedBy,
    requestedAt: request.requestedAt,
    expiresAt: request.expiresAt,
  };
}
