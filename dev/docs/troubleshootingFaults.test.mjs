import assert from 'node:assert/strict';
import { test } from 'node:test';
import {
  troubleshootingFaults,
  wordsExplained,
} from './troubleshootingFaults.mjs';

test('the words that a page explains are those in quotes at the beginning of a row', () => {
  assert.deepEqual(
    wordsExplained(
      '| it says | do |\n| "not here" (so) | "other" |\n| plain | |',
    ),
    ['not here'],
  );
});

test('the page of troubleshooting explains words that the product says', () => {
  assert.deepEqual(troubleshootingFaults(), []);
});
