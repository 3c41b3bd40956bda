import type {
  Instant,
  StepState,
} from '@backstage-runbooks/plugin-runbooks-common';

/** It ended, it ended well, and nobody called it wrong: there is nothing more to do about it. */
export function isDoneWell(state: StepState): boolean {
  return (
    state.status === 'confirmed' ||
    (state.status === 'succeeded' &&
      state.result.ok &&
      state.judgement?.good !== false)
  );
}

/**
 * Which of the steps is the newest thing that happened, by when it began; undefined where nothing has. What is being
 * taken by a worker is newer than all that has a time.
 */
export function newestStep<T>(
  steps: readonly T[],
  stateOf: (step: T) => StepState,
): T | undefined {
  let newest: { step: T; at: number } | undefined;
  for (const step of steps) {
    const at = beganAt(stateOf(step));
    if (at !== undefined && (newest === undefined || at >= newest.at)) {
      newest = { step, at };
    }
  }
  return newest?.step;
}

function beganAt(state: StepState): number | undefined {
  switch (state.status) {
    case 'pending':
      return undefined;
    case 'queued':
      return Infinity;
    case 'succeeded':
    case 'failed':
      return moment(state.result.startedAt);
    case 'running':
      return moment(state.startedAt);
    case 'waiting-approval':
      return moment(state.request.requestedAt);
    case 'denied':
      return moment(state.deniedAt);
    case 'interrupted':
      return moment(state.interruptedAt);
    default:
      return moment(state.at);
  }
}

function moment(at: Instant): number {
  return Date.parse(at);
}
