import assert from 'node:assert/strict';
import { test } from 'node:test';
import { breaches } from './checkStyle.mjs';

const breachesIn = (path, text) => breaches(path, () => text);

test('a breach is told with file and line', () => {
  assert.deepEqual(
    breachesIn('plugins/a/src/a.ts', 'const a = 1;\n// TO' + 'DO: more\n'),
    ['plugins/a/src/a.ts:2 what is still to be done belongs into an issue'],
  );
});

test('titles of tests state facts', () => {
  assert.equal(
    breachesIn('plugins/a/src/a.test.ts', `it('${'should'} run', () => {});`)
      .length,
    1,
  );
  assert.equal(
    breachesIn(
      'plugins/a/src/a.test.ts',
      "it('runs when it should', () => {});",
    ).length,
    0,
  );
});

test('a test that is left out is found', () => {
  for (const call of ['it', 'describe', 'test']) {
    assert.equal(
      breachesIn('e2e/a.e2e.ts', `${call}.${'skip'}('x', () => {});`).length,
      1,
    );
  }
});

test('a file whose name says nothing is found', () => {
  assert.equal(breachesIn('plugins/a/src/utils.ts', '').length, 1);
  assert.equal(breachesIn('plugins/a/src/testUtils/Bench.ts', '').length, 0);
});

test('text of others that a page shows as it came is found', () => {
  const page = 'plugins/runbooks/src/features/run/RunHead.tsx';
  for (const shown of [
    '{step.title}',
    '{upperFirst(a.b.because)}',
    '>{run?.reason}<',
  ]) {
    assert.equal(breachesIn(page, shown).length, 1, shown);
  }
  for (const shown of [
    '<ForeignText text={step.title} />',
    '`${step.title}`',
    '{words.label}',
    '{...detail}',
    '{props.title}',
  ]) {
    assert.equal(breachesIn(page, shown).length, 0, shown);
  }
});
