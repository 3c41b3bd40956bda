import assert from 'node:assert/strict';
import { test } from 'node:test';
import { behaviourOf, endOf, tagOf } from './behaviour.mjs';

for (const [image, tag] of [
  ['nginx', 'latest'],
  ['nginx:1.25', '1.25'],
  ['registry.example.com:5000/team/app', 'latest'],
  ['registry.example.com:5000/team/app:1.4.2', '1.4.2'],
  ['app:1.0@sha256:0123', '1.0'],
]) {
  test(`the tag of ${image} is ${tag}`, () => {
    assert.equal(tagOf(image), tag);
  });
}

test('the tag says what a container does, the name does not', () => {
  assert.equal(behaviourOf('app:1.4-crash'), 'crash');
  assert.equal(behaviourOf('app:broken'), 'broken');
  assert.equal(behaviourOf('broken/crash:1.0'), 'fine');
});

test('a container without memory ends as the kernel ends it', () => {
  assert.deepEqual(endOf('oom'), { exitCode: 137, reason: 'OOMKilled' });
});
