import type { StepResult } from './model';

/** A pipeline whose last command is a search that prints what it finds; `-q` and `-c` ask, they do not print. */
const ENDS_IN_SEARCH =
  /(?:^|[|;&\n])\s*(?:[ef]?grep|rg)\b(?![^|]*\s-[a-zA-Z]*[qc])[^|;&\n]*$/;
const SEARCH_FOUND_NOTHING = 1;

/**
 * True where a step ended with exit code 1 only because its last search found nothing, such as in
 * `kubectl logs ... | grep -i error`. That is an answer, and mostly the good one, not a failure.
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
    ENDS_IN_SEARCH.test(withoutQuotes(last.text))
  );
}

function withoutQuotes(text: string): string {
  return text.replace(/'[^']*'|"(?:\\.|[^"\\])*"/g, '""').trimEnd();
}
