import assert from 'node:assert/strict';
import { test } from 'node:test';
import {
  readJestReport,
  readPlaywrightReport,
  readTapReport,
} from './readReports.mjs';

const JEST = {
  numPassedTests: 5,
  numFailedTests: 0,
  numRuntimeErrorTestSuites: 0,
  numPendingTests: 0,
  numTodoTests: 0,
};

test('passed and skipped tests of jest are counted', () => {
  const outcome = readJestReport(
    JSON.stringify({ ...JEST, numPendingTests: 2 }),
    0,
  );
  assert.deepEqual(outcome, { passed: 5, failed: 0, skipped: 2 });
});

test('a file that jest could not load counts as a failed test', () => {
  const outcome = readJestReport(
    JSON.stringify({ ...JEST, numRuntimeErrorTestSuites: 1 }),
    1,
  );
  assert.equal(outcome.failed, 1);
});

test('a runner that fails although no test failed is a failure', () => {
  assert.equal(readJestReport(JSON.stringify(JEST), 1).failed, 1);
});

test('a runner that found no test or left no report is a failure', () => {
  assert.equal(
    readJestReport(JSON.stringify({ ...JEST, numPassedTests: 0 }), 0).failed,
    1,
  );
  assert.equal(readJestReport('', 137).failed, 1);
  assert.equal(readPlaywrightReport('{', 1).failed, 1);
  assert.equal(readTapReport('', 0).failed, 1);
});

test('errors outside a test of Playwright count as failed tests', () => {
  const report = {
    stats: { expected: 3, unexpected: 1, flaky: 0, skipped: 0 },
    errors: [{}],
  };
  assert.deepEqual(readPlaywrightReport(JSON.stringify(report), 1), {
    passed: 3,
    failed: 2,
    skipped: 0,
  });
});

test('the summary of node is counted', () => {
  const tap =
    'TAP version 13\n# tests 4\n# suites 0\n# pass 3\n# fail 0\n# cancelled 1\n# skipped 0\n# todo 0\n';
  assert.deepEqual(readTapReport(tap, 1), { passed: 3, failed: 1, skipped: 0 });
});
