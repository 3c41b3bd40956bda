import assert from 'node:assert/strict';
import { test } from 'node:test';
import { readConfigOptions } from './readConfigOptions.mjs';
import { faultsIn } from './snippetFaults.mjs';

const OPTIONS = readConfigOptions(`export interface Config {
  runbooks?: {
    steps?: { timeoutSeconds?: number };
    clusters?: { [name: string]: { title?: string } };
    rules?: Array<{ reads?: 'all' | 'none'; names?: string[] }>;
  };
}`);

const block = (language, text) => `\`\`\`${language}\n${text}\n\`\`\`\n`;
const faultsOf = (language, text) => faultsIn(block(language, text), OPTIONS);

test('a block that is right is passed over', () => {
  for (const [language, text] of [
    ['bash', 'kubectl get pods -n <namespace> | head'],
    ['console', '$ ls (\nnot a command'.replace(' (', '')],
    ['json', '{"a": [1]}'],
    ['ts', 'const a: number = 1;'],
    ['tsx', '<A />\n\n<B c="d" />'],
    ['yaml', 'runbooks:\n  clusters:\n    any:\n      title: ${TITLE}\n'],
    ['yaml', 'runbooks:\n  rules:\n    - reads: all\n      names: [a]\n'],
  ]) {
    assert.deepEqual(faultsOf(language, text), [], text);
  }
});

test('a block that does not parse, and a language that nothing checks, are told with their line', () => {
  assert.match(faultsOf('bash', 'if true; then')[0], /^1 .*syntax error/);
  assert.match(faultsOf('json', '{a: 1}')[0], /^1 /);
  assert.match(faultsOf('yaml', 'a: [')[0], /^1 /);
  assert.match(faultsOf('ts', 'const = 1;')[0], /^1 /);
  assert.deepEqual(faultsOf('perl', ''), [
    `1 nothing checks a block of 'perl'`,
  ]);
});

test('a configuration with a key that is no option, or a value of another type, is told', () => {
  assert.deepEqual(faultsOf('yaml', 'runbooks:\n  steps: { timeout: 5 }'), [
    '1 there is no option runbooks.steps.timeout',
  ]);
  assert.deepEqual(
    faultsOf('yaml', 'runbooks:\n  steps: { timeoutSeconds: soon }'),
    ['1 runbooks.steps.timeoutSeconds is "soon"; expected number'],
  );
  assert.deepEqual(faultsOf('yaml', 'runbooks:\n  rules: [{ reads: some }]'), [
    `1 runbooks.rules[].reads is "some"; expected 'all' | 'none'`,
  ]);
});
