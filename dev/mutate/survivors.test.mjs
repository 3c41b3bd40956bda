import assert from 'node:assert/strict';
import { test } from 'node:test';
import { scoreLine, survivorLines } from './survivors.mjs';

const MUTANTS = [
  mutant('Killed', 'false'),
  mutant('Timeout', 'true'),
  mutant('Survived', 'a >=\n  b'),
  mutant('NoCoverage', '""'),
  mutant('CompileError', 'x'),
];

test('a change counts as noticed where a test fails or does not end', () => {
  assert.deepEqual(scoreLine('run', MUTANTS), {
    percent: 50,
    line: 'run: 2 of 4 changes noticed (50.0 %); 1 are reached by no test',
  });
});

test('what was not noticed is told with its place', () => {
  assert.deepEqual(survivorLines(MUTANTS, '/checkout'), [
    'src/run/decide.ts:7:3 -> a >= b',
    'src/run/decide.ts:7:3 -> "" (reached by no test)',
  ]);
});

function mutant(status, replacement) {
  return {
    status,
    replacement,
    fileName: '/checkout/src/run/decide.ts',
    location: { start: { line: 7, column: 2 } },
  };
}
