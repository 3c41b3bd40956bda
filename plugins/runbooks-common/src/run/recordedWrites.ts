import { isCounted } from '../gateway/callDone';
import type { Run } from './model';

/**
 * How many writes of a run the API server accepted, by what the gateway recorded; undefined where they may not be all
 * that it changed: where the end of an attempt or of a call was not seen, where something was executed in a pod or went
 * through a connection, and of what was tried before the newest attempt of a step.
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
    if (!isCounted(result.calls)) return undefined;
    writes += result.calls.writes;
  }
  return writes;
}
