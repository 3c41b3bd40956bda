import { KubernetesClient, type WatchEvent } from './KubernetesClient';
import { ClusterLane, LANE_CLUSTER } from './testUtils/clusterLane';

describe('reading a real cluster', () => {
  const lane = new ClusterLane();
  const transport = lane.transport();
  const client = new KubernetesClient({ transport });
  let namespace: string;

  beforeAll(async () => {
    namespace = await lane.createNamespace('client');
  });
  afterAll(async () => {
    transport.close();
    await lane.removeNamespace(namespace);
  });

  it('reads an object as JSON', async () => {
    await expect(
      client.getJson(LANE_CLUSTER, `/api/v1/namespaces/${namespace}`),
    ).resolves.toMatchObject({
      kind: 'Namespace',
      metadata: { name: namespace },
    });
  });

  it('says which cluster answered what when an object is not there', async () => {
    await expect(
      client.getJson(LANE_CLUSTER, `/api/v1/namespaces/${namespace}-x`),
    ).rejects.toMatchObject({
      name: 'KubernetesApiError',
      status: 404,
      reason: 'NotFound',
      message: expect.stringContaining(`Cluster 'lane' answered 404`),
    });
  });

  it('names the clusters that are known when one is not', async () => {
    await expect(client.getJson('moon', '/version')).rejects.toThrow(
      "Cluster 'moon' is not known to the kubernetes plugin; it knows 'lane'",
    );
  });

  it('shows a change within a second and ends when told to', async () => {
    const stop = new AbortController();
    const path = `/api/v1/namespaces/${namespace}/configmaps?fieldSelector=metadata.name%3Dseen`;
    const seen: Array<WatchEvent['type']> = [];
    let changedAt = 0;
    let seenAt = 0;
    const events = client.watch(LANE_CLUSTER, path, {
      signal: stop.signal,
      timeoutSeconds: 30,
      onOpen: async () => {
        changedAt = Date.now();
        await lane.kubectl('-n', namespace, 'create', 'configmap', 'seen');
      },
    });
    for await (const event of events) {
      seenAt = Date.now();
      seen.push(event.type);
      stop.abort();
    }
    expect(seen).toEqual(['ADDED']);
    expect(seenAt - changedAt).toBeLessThan(1000);
  });

  it('ends quietly after the time that was asked for', async () => {
    const startedAt = Date.now();
    const events = client.watch(LANE_CLUSTER, '/api/v1/namespaces', {
      signal: new AbortController().signal,
      timeoutSeconds: 1,
    });
    for await (const event of events) expect(event.type).toBeDefined();
    expect(Date.now() - startedAt).toBeLessThan(5000);
  });

  it('asks for the credential again after a 401', async () => {
    const access = lane.access();
    let asked = 0;
    const expiring = new KubernetesClient({
      transport: lane.transport({
        getClusters: access.getClusters,
        getCredential: async cluster => {
          asked += 1;
          return asked === 1
            ? { type: 'bearer token', token: 'expired' }
            : access.getCredential(cluster);
        },
      }),
    });
    await expect(
      expiring.getJson(LANE_CLUSTER, '/api/v1/namespaces/default'),
    ).resolves.toMatchObject({ kind: 'Namespace' });
    expect(asked).toBe(2);
  });
});
