import type { Run } from './model';

/**
 * How many Kubernetes calls of a run changed something, by what the gateway recorded; undefined where that is not known
 * of each attempt: one whose end nobody saw, and what was tried before the newest attempt of a step.
 *
 * @public
 */
export function recordedWrites(
  run: Pick<Run, 'steps' | 'attempts'>,
): number | undefined {
  let writes = 0;
  for (const [stepId, attempts] of Object.entries(run.attempts)) {
    const state = run.steps[stepId];
    const result = state && 'result' in state ? state.result : undefined;
    if (attempts !== 1 || result === undefined) return undefined;
    writes += result.calls.writes;
  }
  return writes;
}
