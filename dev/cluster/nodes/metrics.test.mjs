import assert from 'node:assert/strict';
import { test } from 'node:test';
import { answerMetrics, parseSelector } from './metrics.mjs';

for (const [selector, expected] of [
  ['', true],
  ['app=web', true],
  ['app==web,tier!=db', true],
  ['app!=web', false],
  ['app in (api, web)', true],
  ['app notin (api,web)', false],
  ['app', true],
  ['!app', false],
  ['missing', false],
  ['app in (web),tier', false],
]) {
  test(`the selector ${JSON.stringify(selector)} ${
    expected ? 'takes' : 'leaves'
  } a pod labelled app=web`, () => {
    assert.equal(parseSelector(selector)({ app: 'web' }), expected);
  });
}

const PODS = {
  all: () => [
    {
      phase: 'Running',
      ending: false,
      pod: {
        metadata: {
          name: 'web-0',
          namespace: 'shop',
          annotations: { 'backstage-runbooks.io/cpu-m': '250' },
        },
        spec: {
          nodeName: 'node-a',
          containers: [{ name: 'web' }, { name: 'side' }],
        },
      },
    },
    {
      phase: 'Pending',
      ending: false,
      pod: {
        metadata: { name: 'web-1', namespace: 'shop' },
        spec: { containers: [] },
      },
    },
  ],
};

const ask = path =>
  answerMetrics(
    ['metrics.k8s.io', 'v1beta1', ...path],
    new URLSearchParams(),
    PODS,
  );

test('a pod uses what its annotations say, each container the same', () => {
  const { body } = ask(['namespaces', 'shop', 'pods', 'web-0']);
  assert.deepEqual(body.containers, [
    { name: 'web', usage: { cpu: '250m', memory: '64Mi' } },
    { name: 'side', usage: { cpu: '250m', memory: '64Mi' } },
  ]);
});

test('a node uses what it needs itself and what its pods use', () => {
  assert.deepEqual(ask(['nodes', 'node-a']).body.usage, {
    cpu: '600m',
    memory: '1152Mi',
  });
});

test('only running pods are measured', () => {
  assert.equal(ask(['namespaces', 'shop', 'pods']).body.items.length, 1);
  assert.equal(ask(['namespaces', 'shop', 'pods', 'web-1']).status, 404);
});
