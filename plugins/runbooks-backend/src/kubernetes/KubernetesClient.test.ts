import http, { type RequestListener } from 'node:http';
import type { AddressInfo } from 'node:net';
import { ClusterDirectory } from './ClusterDirectory';
import { ClusterTransport } from './ClusterTransport';
import { KubernetesClient, type WatchEvent } from './KubernetesClient';
import { filledRegistry } from './testUtils/clusterLane';

describe('reading from an API server', () => {
  const servers: http.Server[] = [];
  afterEach(() => {
    for (const server of servers.splice(0)) {
      server.closeAllConnections();
      server.close();
    }
  });

  async function clientOf(answer: RequestListener, urlPath = '') {
    const server = http.createServer(answer);
    servers.push(server);
    await new Promise<void>(done => server.listen(0, '127.0.0.1', done));
    const { port } = server.address() as AddressInfo;
    const access = filledRegistry({
      getClusters: async () => [
        {
          name: 'stub',
          url: `http://127.0.0.1:${port}${urlPath}`,
          authMetadata: {},
        },
      ],
      getCredential: async () => ({ type: 'bearer token', token: 'abc' }),
    });
    return new KubernetesClient({
      transport: new ClusterTransport({
        clusters: new ClusterDirectory({ access }),
      }),
    });
  }

  const watchOf = (client: KubernetesClient) =>
    client.watch('stub', '/api/v1/pods?resourceVersion=7', {
      signal: new AbortController().signal,
      timeoutSeconds: 9,
    });

  async function collect(events: AsyncIterable<WatchEvent>) {
    const all: WatchEvent[] = [];
    for await (const event of events) all.push(event);
    return all;
  }

  it('keeps the path of the cluster url in front of the request path', async () => {
    const client = await clientOf((req, res) => {
      res.end(
        JSON.stringify({ url: req.url, auth: req.headers.authorization }),
      );
    }, '/k8s/clusters/c-1/');
    await expect(client.getJson('stub', '/version')).resolves.toEqual({
      url: '/k8s/clusters/c-1/version',
      auth: 'Bearer abc',
    });
  });

  it('asks for bookmarks and an end when it watches', async () => {
    let asked = '';
    const client = await clientOf((req, res) => {
      asked = req.url ?? '';
      res.end();
    });
    await expect(collect(watchOf(client))).resolves.toEqual([]);
    expect(asked).toBe(
      '/api/v1/pods?resourceVersion=7&watch=1&allowWatchBookmarks=true&timeoutSeconds=9',
    );
  });

  it('reads events that are cut anywhere, also inside a letter', async () => {
    const event = JSON.stringify({
      type: 'MODIFIED',
      object: { metadata: { name: 'zażółć' } },
    });
    const bytes = Buffer.from(`${event}\n${event}\n`);
    const client = await clientOf(async (_req, res) => {
      for (const byte of bytes) {
        res.write(Buffer.from([byte]));
        await new Promise(setImmediate);
      }
      res.end();
    });
    await expect(collect(watchOf(client))).resolves.toEqual([
      JSON.parse(event),
      JSON.parse(event),
    ]);
  });

  it('rejects with status 410 when the version to watch from is too old', async () => {
    const client = await clientOf((_req, res) => {
      const object = { code: 410, reason: 'Expired', message: 'too old' };
      res.end(`${JSON.stringify({ type: 'ERROR', object })}\n`);
    });
    await expect(collect(watchOf(client))).rejects.toMatchObject({
      name: 'KubernetesApiError',
      status: 410,
      reason: 'Expired',
    });
  });

  it('rejects when the connection breaks in the middle of a watch', async () => {
    const client = await clientOf((_req, res) => {
      res.write('{"type":"ADDED","object":{"metadata":{}}}\n');
      setTimeout(() => res.destroy(), 20);
    });
    await expect(collect(watchOf(client))).rejects.toMatchObject({
      code: 'ECONNRESET',
    });
  });

  it('sends the request again when a kept connection was closed in that moment', async () => {
    let requests = 0;
    const client = await clientOf((req, res) => {
      requests += 1;
      if (requests === 2) req.socket.destroy();
      else res.end('{}');
    });
    await client.getJson('stub', '/a');
    await new Promise(setImmediate);
    await expect(client.getJson('stub', '/b')).resolves.toEqual({});
    expect(requests).toBe(3);
  });

  it('gives up after a second 401', async () => {
    let requests = 0;
    const client = await clientOf((_req, res) => {
      requests += 1;
      res.writeHead(401).end('Unauthorized');
    });
    await expect(client.getJson('stub', '/a')).rejects.toMatchObject({
      status: 401,
    });
    expect(requests).toBe(2);
  });
});
