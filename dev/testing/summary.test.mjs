import assert from 'node:assert/strict';
import { test } from 'node:test';
import { notRun, oneCheck, together } from './Outcome.mjs';
import { countLine, isGood, summaryLines } from './summary.mjs';

const lint = {
  lane: { name: 'lint' },
  seconds: 12,
  outcome: together([oneCheck(true), oneCheck(true)]),
};
const unit = {
  lane: { name: 'unit' },
  seconds: 40,
  outcome: { passed: 100, failed: 0, skipped: 1 },
};
const browser = {
  lane: { name: 'browser' },
  seconds: 0,
  outcome: notRun('no Chromium was found'),
};

test('the last line counts the tests of all lanes', () => {
  assert.equal(countLine([lint], false), '2 passed, 0 failed');
  assert.equal(
    countLine([lint, unit], false),
    '102 passed, 0 failed, 1 skipped',
  );
});

test('a lane that could not be run is named with its reason', () => {
  assert.deepEqual(summaryLines([lint, browser]), [
    '  ✓ lint     2 passed, 0 failed, 12 s',
    '  - browser  not run, because no Chromium was found',
  ]);
});

test('a lane that could not be run fails in continuous integration only', () => {
  assert.equal(isGood([lint, browser], false), true);
  assert.equal(isGood([lint, browser], true), false);
  assert.equal(countLine([lint, browser], true), '2 passed, 1 failed');
});

test('one failed test fails everything', () => {
  const failed = { ...unit, outcome: { passed: 99, failed: 1, skipped: 0 } };
  assert.equal(isGood([lint, failed], false), false);
});
