/**
 * Exit codes that are an answer and not a failure, as patterns of the command's text. They are POSIX extended regular
 * expressions, because bash in the sandbox reads them too.
 */
export const ANSWERS = {
  /** A search that found nothing ends with 1, */
  search: '^((sudo|command|env) +)?([efz]?grep|zgrep|rg|pgrep)( |$)',
  /** unless it prints nothing and its exit code is all that was asked for; */
  quiet: ' (-[a-zA-Z]*q[a-zA-Z]*|--quiet|--silent)( |$)',
  /** so does a comparison that found differences. */
  comparison:
    '^((sudo|command|env) +)?(diff|cmp|(kubectl|oc|k|kubecolor)( .*)? diff)( |$)',
  /** Searches that xargs starts end with 123. */
  manySearches: '^xargs( .*)? ([efz]?grep|zgrep|rg)( |$)',
  /** What would never end was given a time, and that is over (124). */
  bounded:
    '^(g?timeout) .* (-[a-zA-Z]*[fFw][a-zA-Z]*|--follow(=true)?|--watch(=true)?|--watch-only|watch|top)( |$)',
  /** Python says 32 or 120 where whoever read its output had enough, because it takes no SIGPIPE; */
  unreadPython: '^((sudo|command|env) +)?python[0-9.]*( |$)',
  /** curl says 23. */
  unreadCurl: '^((sudo|command|env) +)?curl( |$)',
} as const;

const FOUND_NOTHING = 1;
const XARGS_FAILED = 123;
const TIME_IS_OVER = 124;
/** Killed by SIGPIPE: whoever read its output had enough. */
const NOBODY_READS = 141;

/**
 * Whether the exit code of one command, as it stands in a pipeline, is an answer: a search that found nothing, a
 * comparison that found differences, an output that nobody wanted to the end. Then it is not a failure.
 *
 * @param options - `isRead`: another command of the pipeline reads its output.
 * @public
 */
export function isAnswer(
  command: string,
  exitCode: number,
  { isRead = false }: { isRead?: boolean } = {},
): boolean {
  const is = (pattern: string) => new RegExp(pattern).test(command);
  switch (exitCode) {
    case NOBODY_READS:
      return true;
    case FOUND_NOTHING:
      return (
        (is(ANSWERS.search) && !is(ANSWERS.quiet)) || is(ANSWERS.comparison)
      );
    case XARGS_FAILED:
      return is(ANSWERS.manySearches) && !is(ANSWERS.quiet);
    case TIME_IS_OVER:
      return is(ANSWERS.bounded);
    case 32:
    case 120:
      return isRead && is(ANSWERS.unreadPython);
    case 23:
      return isRead && is(ANSWERS.unreadCurl);
    default:
      return false;
  }
}
