import assert from 'node:assert/strict';
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { test } from 'node:test';
import { setTimeout as delay } from 'node:timers/promises';
import { Answers } from './Answers.mjs';
import { fillIn } from './fillIn.mjs';
import { matches } from './matches.mjs';
import { parseAnswers } from './parseAnswers.mjs';

const TARGET = {
  namespace: 'shop',
  pod: 'checkout-7c9d-x2x',
  labels: { app: 'checkout' },
  container: 'app',
  image: 'shop/checkout:1.4.2',
  node: 'node-a',
  ip: '10.244.0.5',
  env: new Map([['LOG_LEVEL', 'debug']]),
};

for (const [match, expected] of [
  [{}, true],
  [{ namespace: 'shop', pod: 'checkout-*', container: 'app' }, true],
  [{ namespace: 'sho' }, false],
  [{ pod: 'checkout' }, false],
  [{ pod: '*' }, true],
  [{ image: '*:1.4.*' }, true],
  [{ image: '*:1x4.*' }, false],
  [{ labels: { app: 'checkout', tier: 'web' } }, false],
  [{ env: { LOG_LEVEL: 'debug' } }, true],
  [{ env: { LOG_LEVEL: 'info' } }, false],
]) {
  test(`a rule for ${JSON.stringify(match)} is ${
    expected ? '' : 'not '
  }for the container`, () => {
    assert.equal(matches(match, TARGET), expected);
  });
}

test('words in double braces are replaced, and unknown ones vanish', () => {
  const text =
    '{{pod}} {{tag}} {{ env.LOG_LEVEL }} {{label.app}} {{1}}{{nothing}}{"a":{{n}}}';
  assert.equal(
    fillIn(text, TARGET, { 1: 'x', n: 7 }),
    'checkout-7c9d-x2x 1.4.2 debug checkout x{"a":7}',
  );
});

test("a rule's own keys replace those of the file", () => {
  const { exec } = parseAnswers(
    'namespace: shop\npod: a-*\nexec:\n  - { pod: b-*, command: [id, -u], stdout: "0" }\n',
    'a.yaml',
  );
  assert.deepEqual(exec[0].match, { namespace: 'shop', pod: 'b-*' });
  assert.deepEqual(exec[0].command, ['id', '-u']);
  assert.equal(exec[0].exitCode, 0);
});

for (const [what, text, message] of [
  [
    'a key that does not exist',
    'exec:\n  - command: [id]\n    sdtout: x\n',
    /^a\.yaml:3 exec\.0\.sdtout .*expected one of .*stdout/,
  ],
  [
    'a rule without a command',
    'exec:\n  - stdout: x\n',
    /^a\.yaml:2 .*expected either command or commandPattern/,
  ],
  [
    'a wrong pattern',
    'exec:\n  - commandPattern: "("\n',
    /^a\.yaml:2 .*expected a regular expression/,
  ],
  [
    'a wrong exit code',
    'exec:\n  - command: [id]\n    exitCode: -1\n',
    /^a\.yaml:3 exec\.0\.exitCode is -1; expected a whole number/,
  ],
  ['text that is not YAML', 'exec: [\n', /^a\.yaml:\d+ /],
]) {
  test(`${what} is told with place and expectation`, () => {
    assert.throws(() => parseAnswers(text, 'a.yaml'), { message });
  });
}

test('a changed file is in force without a restart, and a mistake keeps the last good version', async t => {
  const folder = mkdtempSync(join(tmpdir(), 'answers-'));
  t.after(() => rmSync(folder, { recursive: true }));
  const errors = t.mock.method(console, 'error', () => {});
  const file = join(folder, 'shop', 'simulated', 'a.yaml');
  mkdirSync(join(folder, 'shop', 'simulated'), { recursive: true });
  const answers = new Answers(folder);
  const stdout = () => answers.for('exec', TARGET).map(rule => rule.stdout);
  const write = async text => {
    writeFileSync(file, text);
    await delay(550);
  };

  await write('exec: [{ command: [id], stdout: one }]');
  assert.deepEqual(stdout(), ['one']);
  await write('exec: [{ command: [id], stdout: second }]');
  assert.deepEqual(stdout(), ['second']);
  await write('exec: [{ stdout: third }]');
  assert.deepEqual(stdout(), ['second']);
  assert.match(
    errors.mock.calls[0].arguments[0],
    /a\.yaml:1 .*expected either command/,
  );
});
