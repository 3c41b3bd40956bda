import assert from 'node:assert/strict';
import { test } from 'node:test';
import { parseGoVersion } from './go.mjs';

test('the version of Go is read from what it says about itself', () => {
  assert.deepEqual(parseGoVersion('go version go1.26.8 linux/amd64'), [1, 26]);
  assert.deepEqual(parseGoVersion('go version go1.21 darwin/arm64'), [1, 21]);
  assert.equal(parseGoVersion('command not found'), undefined);
});
