/**
 * What came of one lane of `npm test`.
 *
 * @typedef {{ passed: number, failed: number, skipped: number, details?: string, notRun?: string }} Outcome
 *   `details` is shown in the summary; `notRun` says why nothing was run
 */

/** A lane that is one check, such as lint. */
export function oneCheck(isGood, details) {
  return isGood
    ? { passed: 1, failed: 0, skipped: 0 }
    : { passed: 0, failed: 1, skipped: 0, details };
}

/** A lane that cannot be run on this machine. */
export function notRun(why) {
  return { passed: 0, failed: 0, skipped: 0, notRun: why };
}

/** A lane in which something went wrong before or beside its tests. */
export function broken(details) {
  return { passed: 0, failed: 1, skipped: 0, details };
}

/** Adds outcomes of parts of one lane. */
export function together(outcomes) {
  const sum = key =>
    outcomes.reduce((total, outcome) => total + outcome[key], 0);
  const details = outcomes
    .map(outcome => outcome.details)
    .filter(Boolean)
    .join('; ');
  return {
    passed: sum('passed'),
    failed: sum('failed'),
    skipped: sum('skipped'),
    ...(details ? { details } : {}),
  };
}
