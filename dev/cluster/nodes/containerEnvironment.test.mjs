import assert from 'node:assert/strict';
import { test } from 'node:test';
import { containerEnvironment } from './containerEnvironment.mjs';

const POD = {
  metadata: { name: 'web-0', namespace: 'shop', labels: { app: 'web' } },
  spec: { nodeName: 'node-a' },
};
const OBJECTS = {
  'ConfigMap settings': { LEVEL: 'info', MODE: 'dark' },
  'Secret db': { password: 's3cret' },
};
const read = async (kind, namespace, name) =>
  namespace === 'shop' ? OBJECTS[`${kind} ${name}`] : undefined;
const environment = container =>
  containerEnvironment(POD, { name: 'web', ...container }, read);

test('variables come from ConfigMaps, Secrets, fields and each other, the later ones winning', async () => {
  const { values } = await environment({
    envFrom: [
      { configMapRef: { name: 'settings' } },
      { prefix: 'DB_', secretRef: { name: 'db' } },
    ],
    env: [
      { name: 'LEVEL', value: 'debug' },
      {
        name: 'WHERE',
        valueFrom: { fieldRef: { fieldPath: 'spec.nodeName' } },
      },
      {
        name: 'APP',
        valueFrom: { fieldRef: { fieldPath: "metadata.labels['app']" } },
      },
      {
        name: 'PASSWORD',
        valueFrom: { secretKeyRef: { name: 'db', key: 'password' } },
      },
      {
        name: 'URL',
        value: 'postgres://web:$(PASSWORD)@db/$$(NOT)/$(UNKNOWN)',
      },
    ],
  });
  assert.equal(values.get('LEVEL'), 'debug');
  assert.equal(values.get('MODE'), 'dark');
  assert.equal(values.get('DB_password'), 's3cret');
  assert.equal(values.get('WHERE'), 'node-a');
  assert.equal(values.get('APP'), 'web');
  assert.equal(values.get('URL'), 'postgres://web:s3cret@db/$(NOT)/$(UNKNOWN)');
});

test('a container waits for what is missing, as a kubelet says it', async () => {
  const key = await environment({
    env: [
      {
        name: 'A',
        valueFrom: { configMapKeyRef: { name: 'settings', key: 'no' } },
      },
    ],
  });
  assert.equal(key.missing, "couldn't find key no in ConfigMap shop/settings");
  const secret = await environment({
    envFrom: [{ secretRef: { name: 'gone' } }],
  });
  assert.equal(secret.missing, 'secret "gone" not found');
});

test('what is optional may be missing', async () => {
  const { values } = await environment({
    envFrom: [{ configMapRef: { name: 'gone', optional: true } }],
    env: [
      {
        name: 'A',
        valueFrom: { secretKeyRef: { name: 'db', key: 'no', optional: true } },
      },
    ],
  });
  assert.equal(values.has('A'), false);
});
