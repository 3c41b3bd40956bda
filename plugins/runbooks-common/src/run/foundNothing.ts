import { isAnswer } from '../attempt/answers';
import { lastPart } from '../attempt/lastPart';
import type { StepResult } from './model';

const SEARCH_FOUND_NOTHING = 1;

/**
 * True where a step ended with exit code 1 only because its last search found nothing, such as in
 * `kubectl logs ... | grep -i error`. That is an answer, and mostly the good one, not a failure. False where any
 * command of the step failed.
 *
 * @public
 */
export function foundNothing(
  result: Pick<StepResult, 'exitCode' | 'commands' | 'timedOut' | 'cancelled'>,
): boolean {
  const last = result.commands[result.commands.length - 1];
  return (
    result.exitCode === SEARCH_FOUND_NOTHING &&
    !result.timedOut &&
    !result.cancelled &&
    last?.exitCode === SEARCH_FOUND_NOTHING &&
    result.commands.every(command => command.failed === undefined) &&
    isAnswer(lastPart(last.text), SEARCH_FOUND_NOTHING)
  );
}
