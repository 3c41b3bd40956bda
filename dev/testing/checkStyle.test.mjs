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
    '<p>{step.title}</p>',
    '<p>{line.did}</p>',
    '<p>{upperFirst(a.b.because)}</p>',
    '<p>{run?.reason}</p>',
    '<p>{nobodyThoughtOfThisName}</p>',
    '<>{` › ${part}`}</>',
    '<p>{isOdd ? "odd" : cluster.title ?? plan.cluster}</p>',
    '<ul>{facts.map(fact => ` · ${fact}`)}</ul>',
    '<Link to={to}>{document.path}</Link>',
  ]) {
    assert.equal(breachesIn(page, `a = ${shown}`).length > 0, true, shown);
  }
  for (const shown of [
    '<ForeignText text={step.title} />',
    '<Tag title={step.title}>{step.title}</Tag>',
    '<b>{words.label}</b>',
    '<b {...detail}>{t("run")}</b>',
    '<ul>{list.map(one => <li key={one}><b /></li>)}</ul>',
    '<b>{count > 1 && "several"}</b>',
  ]) {
    assert.deepEqual(breachesIn(page, `a = ${shown}`), [], shown);
  }
});
