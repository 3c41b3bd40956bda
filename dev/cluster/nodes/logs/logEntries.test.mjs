import assert from 'node:assert/strict';
import { test } from 'node:test';
import { formatEntry, logEntries, selectEntries } from './logEntries.mjs';

const TARGET = { pod: 'web-0', image: 'web:1', env: new Map(), labels: {} };
const RULE = {
  start: ['starting {{tag}}'],
  lines: ['even n={{n}}', 'odd n={{n}}'],
  everyMs: 500,
};
const START = Date.parse('2026-01-01T00:00:00Z');

const texts = entries => entries.map(({ text }) => text);

test('a container says what it says at its start, then its lines in turn', () => {
  assert.deepEqual(texts(logEntries(RULE, TARGET, START, START + 1600)), [
    'starting 1',
    'even n=1',
    'odd n=2',
    'even n=3',
  ]);
});

test('what was written once is written the same later', () => {
  const early = logEntries(RULE, TARGET, START, START + 1000);
  const late = logEntries(RULE, TARGET, START, START + 60_000);
  assert.deepEqual(late.slice(0, early.length), early);
});

test('an old container gives its newest lines, not millions', () => {
  const day = 24 * 3600 * 1000;
  const entries = logEntries(RULE, TARGET, START, START + 300 * day);
  assert.equal(entries.length, 5001);
  assert.equal(entries.at(-1).at, START + 300 * day);
});

test('tail and since leave the last ones', () => {
  const entries = logEntries(RULE, TARGET, START, START + 2000);
  assert.deepEqual(
    texts(selectEntries(entries, { tail: 2 })),
    ['odd n=3', 'even n=4'].map((_, index) => entries.at(index - 2).text),
  );
  assert.equal(selectEntries(entries, { tail: 0 }).length, 0);
  assert.equal(selectEntries(entries, { sinceMs: START + 1500 }).length, 2);
});

test('an instant stands in front where it is wanted', () => {
  const entry = { at: START, text: 'hello' };
  assert.equal(
    formatEntry(entry, { timestamps: true }),
    '2026-01-01T00:00:00.000000000Z hello\n',
  );
  assert.equal(formatEntry(entry, {}), 'hello\n');
});
