import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { createMockDirectory } from '@backstage/backend-test-utils';
import type { RunCredential } from '../health/clusterSettings';
import { ClusterTransport } from './ClusterTransport';
import { KubernetesClient } from './KubernetesClient';
import { RunCredentials } from './RunCredentials';

describe('what runs reach a cluster with', () => {
  const disk = createMockDirectory();
  const seen: Array<string | undefined> = [];
  let server: Server;

  beforeAll(async () => {
    server = createServer((req, res) => {
      seen.push(req.headers.authorization);
      res.setHeader('content-type', 'application/json').end('{}');
    });
    await new Promise<void>(done => server.listen(0, '127.0.0.1', done));
  });
  afterAll(() => server.close());
  beforeEach(() => {
    seen.length = 0;
  });

  async function calledWith(own: RunCredential | undefined) {
    const { port } = server.address() as AddressInfo;
    const transport = new ClusterTransport({
      clusters: new RunCredentials({
        clusters: {
          find: async name => ({
            name,
            url: `http://127.0.0.1:${port}`,
            authMetadata: {},
          }),
          credentialFor: async () => ({
            type: 'bearer token',
            token: 'of-the-kubernetes-plugin',
          }),
        },
        own: () => own,
      }),
    });
    try {
      await new KubernetesClient({ transport }).getJson('one', '/api');
    } finally {
      transport.close();
    }
    return seen.at(-1);
  }

  it('is their own credential, and not the one that the kubernetes plugin lends to people', async () => {
    expect(await calledWith({ token: 'of-runs' })).toBe('Bearer of-runs');
  });

  it('is that of the kubernetes plugin where no other one is configured', async () => {
    expect(await calledWith(undefined)).toBe('Bearer of-the-kubernetes-plugin');
  });

  it('is read from its file for each connection, so that it may be rotated', async () => {
    const own = { tokenFile: disk.resolve('token') };
    disk.setContent({ token: 'first\n' });
    expect(await calledWith(own)).toBe('Bearer first');
    disk.setContent({ token: 'second\n' });
    expect(await calledWith(own)).toBe('Bearer second');
  });

  it('is nothing where the file is missing or empty: another credential does not take its place', async () => {
    disk.setContent({ token: ' \n' });
    await expect(
      calledWith({ tokenFile: disk.resolve('token') }),
    ).rejects.toThrow("token of runs for cluster 'one' is empty");
    await expect(
      calledWith({ tokenFile: disk.resolve('absent') }),
    ).rejects.toThrow('ENOENT');
    expect(seen).toEqual([]);
  });
});
