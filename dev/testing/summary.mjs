/** The table at the end: one line per lane. */
export function summaryLines(results) {
  const width = Math.max(...results.map(({ lane }) => lane.name.length));
  return results.map(
    ({ lane, outcome, seconds }) =>
      `  ${mark(outcome)} ${lane.name.padEnd(width)}  ${describe(
        outcome,
        seconds,
      )}`,
  );
}

/**
 * The last line, which machines read: `12 passed, 0 failed`, with the skipped
 * ones where there are any.
 *
 * @param strict counts a lane that was not run as one failure
 */
export function countLine(results, strict) {
  const sum = key =>
    results.reduce((total, { outcome }) => total + outcome[key], 0);
  const missing = strict
    ? results.filter(({ outcome }) => outcome.notRun).length
    : 0;
  const skipped = sum('skipped');
  return `${sum('passed')} passed, ${sum('failed') + missing} failed${
    skipped > 0 ? `, ${skipped} skipped` : ''
  }`;
}

/** Whether `npm test` ends well. */
export function isGood(results, strict) {
  return results.every(
    ({ outcome }) => outcome.failed === 0 && !(strict && outcome.notRun),
  );
}

function mark(outcome) {
  if (outcome.notRun) return '-';
  return outcome.failed > 0 ? '✗' : '✓';
}

function describe(outcome, seconds) {
  if (outcome.notRun) return `not run, because ${outcome.notRun}`;
  const skipped = outcome.skipped > 0 ? `, ${outcome.skipped} skipped` : '';
  const details = outcome.details ? ` (${outcome.details})` : '';
  return `${outcome.passed} passed, ${outcome.failed} failed${skipped}, ${seconds} s${details}`;
}
