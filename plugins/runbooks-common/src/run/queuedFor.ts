import type { EntityRef } from '../time';
import { SYSTEM_ACTOR } from './decideWork';
import { stepInFlight } from './decision';
import type { Run } from './model';

/**
 * The person who wants the step that is queued: who asked for its approval, who queued it, or, where it is tried again
 * by itself, who started the run. Undefined where no step is queued.
 *
 * @public
 */
export function queuedFor(run: Run): EntityRef | undefined {
  const step = stepInFlight(run);
  const state = step && run.steps[step.id];
  if (state?.status !== 'queued') return undefined;
  if (state.approval) return state.approval.requestedBy;
  return state.queuedBy === SYSTEM_ACTOR ? run.requestedBy : state.queuedBy;
}
