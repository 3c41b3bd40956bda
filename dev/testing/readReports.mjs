import { broken } from './Outcome.mjs';

/*
 * Each runner leaves a report in a file; what is counted comes from there and
 * from nowhere else. A report that is missing or counts nothing is a failure:
 * a lane that ran no test has proved nothing.
 */

/** Reads what `jest --json` wrote; a file that could not even be loaded counts as one failed test. */
export function readJestReport(text, exitCode) {
  const report = parse(text);
  if (!report) return broken(`jest ended with ${exitCode} and left no report`);
  const outcome = {
    passed: report.numPassedTests,
    failed: report.numFailedTests + report.numRuntimeErrorTestSuites,
    skipped: report.numPendingTests + report.numTodoTests,
  };
  return judged(outcome, exitCode, 'jest');
}

/** Reads what Playwright's JSON reporter wrote. */
export function readPlaywrightReport(text, exitCode) {
  const report = parse(text);
  if (!report)
    return broken(`playwright ended with ${exitCode} and left no report`);
  const { expected, unexpected, flaky, skipped } = report.stats;
  const outcome = {
    passed: expected + flaky,
    // Errors outside a test, such as a file that cannot be loaded
    failed: unexpected + report.errors.length,
    skipped,
  };
  return judged(outcome, exitCode, 'playwright');
}

/** Reads the summary at the end of what `node --test` wrote as TAP. */
export function readTapReport(text, exitCode) {
  const count = name =>
    Number(new RegExp(`^# ${name} (\\d+)$`, 'm').exec(text)?.[1] ?? NaN);
  const outcome = {
    passed: count('pass'),
    failed: count('fail') + count('cancelled'),
    skipped: count('skipped') + count('todo'),
  };
  if (Number.isNaN(outcome.passed))
    return broken(`node --test ended with ${exitCode} and left no report`);
  return judged(outcome, exitCode, 'node --test');
}

function judged(outcome, exitCode, runner) {
  if (outcome.passed + outcome.failed + outcome.skipped === 0)
    return broken(`${runner} found no tests`);
  if (exitCode !== 0 && outcome.failed === 0) {
    return {
      ...outcome,
      failed: 1,
      details: `${runner} ended with ${exitCode} although no test failed`,
    };
  }
  return outcome;
}

function parse(text) {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}
