import assert from 'node:assert/strict';
import { test } from 'node:test';
import { chooseLanes } from './chooseLanes.mjs';

const LANES = [{ name: 'lint' }, { name: 'unit' }, { name: 'browser' }];

test('all lanes run unless some are named, and always in the order of speed', () => {
  assert.deepEqual(chooseLanes(LANES, []), LANES);
  assert.deepEqual(chooseLanes(LANES, ['browser', 'lint']), [
    LANES[0],
    LANES[2],
  ]);
});

test('a lane that runs only by name is left out of all', () => {
  const lanes = [...LANES, { name: 'documents', onlyByName: true }];
  assert.deepEqual(chooseLanes(lanes, []), LANES);
  assert.deepEqual(chooseLanes(lanes, ['documents']), [lanes[3]]);
});

test('a lane that does not exist is refused with those that do', () => {
  assert.throws(
    () => chooseLanes(LANES, ['units']),
    /no lane units; there are lint, unit, browser/,
  );
});
