import assert from 'node:assert/strict';
import { test } from 'node:test';
import { faultsIn, guaranteeFaults } from './guaranteeFaults.mjs';

const TESTS = [
  'plugins/a/src/runs/lost.test.ts',
  'plugins/a/b.postgres.test.ts',
];

test('a command that runs no test is told, with the word that finds none', () => {
  assert.deepEqual(
    faultsIn(
      '| x | `npm run -s unit -- lost gone`, `npm test -- postgres` (`b`, `lost`), `npm test -- elsewhere` |',
      TESTS,
    ),
    [
      "docs/guarantees.md: 'npm run -s unit -- lost gone' finds no test by 'gone'",
      "docs/guarantees.md: 'npm test -- postgres' finds no test by 'lost'",
      "docs/guarantees.md: 'npm test -- elsewhere' finds no test by ''",
    ],
  );
});

test('each guarantee is shown by tests that are there', () => {
  assert.deepEqual(guaranteeFaults(), []);
});
