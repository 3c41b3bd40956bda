import type { StepState } from '@backstage-runbooks/plugin-runbooks-common';

/** Whether a step was run and its end was seen, so that it is known what it did. */
export function hasEnded(
  state: StepState,
): state is Extract<StepState, { status: 'succeeded' | 'failed' }> {
  return state.status === 'succeeded' || state.status === 'failed';
}
