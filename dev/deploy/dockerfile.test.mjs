import assert from 'node:assert/strict';
import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { test } from 'node:test';
import { validate } from 'dockerfile-utils';
import { CHECKOUT } from '../places.mjs';

const DOCKERFILE = join(CHECKOUT, 'deploy', 'Dockerfile');

test('the linter finds nothing wrong in the image file', () => {
  const problems = validate(readFileSync(DOCKERFILE, 'utf8')).map(
    ({ range, message }) => `line ${range.start.line + 1}: ${message}`,
  );
  assert.deepEqual(problems, []);
});

test('what the image file copies from the checkout is there', () => {
  const [, words] = /cp -r (.+) \/bundle\//.exec(
    readFileSync(DOCKERFILE, 'utf8'),
  );
  const missing = words
    .split(' ')
    .filter(path => !existsSync(join(CHECKOUT, path)));
  assert.deepEqual(missing, []);
});
