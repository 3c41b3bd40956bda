import assert from 'node:assert/strict';
import { test } from 'node:test';
import { commandsOf } from './namedCommands.mjs';

test('a pattern of unit tests is no value of an option, and chooses among the tests of the commands too', () => {
  const [jest, node, ...others] = commandsOf('unit', ['codeBlocks']);
  assert.deepEqual(jest.slice(0, 4), [
    'backstage-cli',
    'repo',
    'test',
    'codeBlocks',
  ]);
  assert.deepEqual(node.slice(1), [
    '--test',
    'dev/install/codeBlocks.test.mjs',
  ]);
  assert.deepEqual(others, []);
});

test('a pattern that fits nothing in dev leaves it to jest to fail without a test', () => {
  const commands = commandsOf('unit', ['decideScope']);
  assert.equal(commands.length, 1);
  assert.ok(commands[0].includes('--passWithNoTests=false'));
});
