import assert from 'node:assert/strict';
import { createServer } from 'node:net';
import { test } from 'node:test';
import { chosenPorts, freePorts, requireFreePorts } from './ports.mjs';

test('ports are as usual unless the environment says otherwise', () => {
  assert.deepEqual(chosenPorts({}), {
    app: 3000,
    backend: 7007,
    postgres: 25532,
    cluster: 26443,
  });
  assert.equal(chosenPorts({ RUNBOOKS_APP_PORT: '3100' }).app, 3100);
});

for (const text of ['web', '0', '70000', '3000.5', '-1']) {
  test(`the port ${JSON.stringify(text)} is refused`, () => {
    assert.throws(
      () => chosenPorts({ RUNBOOKS_APP_PORT: text }),
      /RUNBOOKS_APP_PORT is .*expected a port from 1 to 65535/,
    );
  });
}

for (const host of ['127.0.0.1', '0.0.0.0', '::1']) {
  test(`a port on which somebody listens at ${host} is named with its setting`, async () => {
    const server = createServer();
    await new Promise((resolve, reject) => {
      server.once('error', reject);
      server.listen(0, host, () => resolve(undefined));
    });
    const { port } = /** @type {any} */ (server.address());
    const ports = { ...chosenPorts({}), app: port };
    try {
      await assert.rejects(
        requireFreePorts(ports, ['app']),
        new RegExp(
          `Port ${port}, for the portal's pages, is in use; set RUNBOOKS_APP_PORT`,
        ),
      );
    } finally {
      server.close();
    }
  });
}

test('free ports are all different, can be listened on, and are none that an outgoing connection may take', async () => {
  const ports = await freePorts(6);
  assert.equal(new Set(ports).size, 6);
  assert.ok(ports.every(port => port >= 12_000 && port < 32_768));
  await requireFreePorts({ ...chosenPorts({}), app: ports[0] }, ['app']);
});
