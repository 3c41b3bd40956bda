import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { mockServices } from '@backstage/backend-test-utils';
import type { Entity } from '@backstage/catalog-model';
import type { EntityHealth } from '@backstage-runbooks/plugin-runbooks-common';
import { FakeApiError, FakeCluster } from './__testUtils__/FakeCluster';
import type { ClusterSettings } from './clusterSettings';
import { HealthWatcher, type ClusterList } from './HealthWatcher';

const ID = 'backstage.io/kubernetes-id';

function entity(
  name: string,
  annotations: Record<string, string> = {
    [ID]: name,
    'backstage.io/kubernetes-namespace': 'shop',
  },
  kind = 'Component',
): Entity {
  return {
    apiVersion: 'backstage.io/v1alpha1',
    kind,
    metadata: { name, namespace: 'default', annotations },
    spec: {},
  };
}

function deployment(name: string, ready: number, replicas = 2) {
  return {
    metadata: {
      name,
      namespace: 'shop',
      uid: name,
      labels: { [ID]: name },
      resourceVersion: '101',
    },
    spec: { replicas },
    status: {
      replicas,
      updatedReplicas: replicas,
      readyReplicas: ready,
      availableReplicas: ready,
    },
  };
}

jest.setTimeout(60_000);

describe('the health watcher', () => {
  const started: HealthWatcher[] = [];
  const stops: AbortController[] = [];
  afterEach(() => {
    stops.splice(0).forEach(stop => stop.abort());
    started.splice(0).forEach(watcher => watcher.stop());
  });

  function watching(
    cluster: FakeCluster,
    options: {
      lingerMs?: number;
      settings?: Record<string, Partial<ClusterSettings>>;
      clusters?: ClusterList;
      parts?: Entity[];
    } = {},
  ) {
    const watcher = new HealthWatcher({
      clusters: options.clusters ?? {
        list: async () => [{ name: 'prod', title: 'Production' }],
      },
      reader: cluster,
      settings: new Map(
        Object.entries(options.settings ?? {}).map(([name, settings]) => [
          name,
          { simulatedNodes: false, ...settings },
        ]),
      ),
      parts: { partsOf: async () => options.parts ?? [] },
      logger: mockServices.logger.mock(),
      lingerMs: options.lingerMs,
    });
    started.push(watcher);
    return watcher;
  }

  function following(watcher: HealthWatcher, followed: Entity) {
    const stop = new AbortController();
    stops.push(stop);
    const shown: EntityHealth[] = [];
    const ended = (async () => {
      for await (const health of watcher.follow(() => followed, stop.signal)) {
        shown.push(health);
      }
    })();
    return { shown, stop: () => stop.abort(), ended };
  }

  it('tells of a change once to each who follows, from one watch', async () => {
    const cluster = new FakeCluster();
    cluster.objects.set('deployments', [deployment('web', 2)]);
    const watcher = watching(cluster);
    const first = following(watcher, entity('web'));
    const second = following(watcher, entity('web'));
    await cluster.requested(() => first.shown.length * second.shown.length > 0);

    await cluster.send('deployments', {
      type: 'MODIFIED',
      object: deployment('web', 1),
    });
    await cluster.requested(
      () => first.shown.length === 2 && second.shown.length === 2,
    );
    expect(first.shown.map(({ state }) => state)).toEqual([
      'Healthy',
      'Progressing',
    ]);
    expect(
      cluster.count('watch /apis/apps/v1/namespaces/shop/deployments'),
    ).toBe(1);
    expect(cluster.count('/version')).toBe(1);
  });

  it('shows a burst of changes as few', async () => {
    const cluster = new FakeCluster();
    cluster.objects.set('deployments', [deployment('web', 2, 200)]);
    const { shown } = following(watching(cluster), entity('web'));
    await cluster.requested(() => shown.length === 1);
    for (let ready = 3; ready <= 200; ready++) {
      await cluster.send('deployments', {
        type: 'MODIFIED',
        object: deployment('web', ready, 200),
      });
    }
    await cluster.requested(() => shown.at(-1)?.state === 'Healthy');
    expect(shown.length).toBeLessThan(6);
  });

  it('does not tell of what changed elsewhere', async () => {
    const cluster = new FakeCluster();
    cluster.objects.set('deployments', [deployment('web', 2)]);
    const { shown } = following(watching(cluster), entity('web'));
    await cluster.requested(() => shown.length === 1);
    await cluster.send('deployments', {
      type: 'ADDED',
      object: deployment('other', 1),
    });
    await new Promise(resolve => {
      setTimeout(resolve, 300);
    });
    expect(shown).toHaveLength(1);
  });

  it('wakes for its own objects in any namespace, and for others only where it has objects', async () => {
    const cluster = new FakeCluster();
    const watcher = watching(cluster);
    const { shown } = following(watcher, entity('web', { [ID]: 'web' }));
    await cluster.requested(() => shown.length === 1);
    expect(shown[0].state).toBe('Missing');
    await cluster.send('deployments', {
      type: 'ADDED',
      object: deployment('web', 2),
    });
    await cluster.requested(() => shown.length === 2);
    // A service without the label, in the namespace in which there is now something of the entity.
    await cluster.send('services', {
      type: 'ADDED',
      object: { ...deployment('front', 0), kind: 'Service' },
    });
    await cluster.send('deployments', {
      type: 'MODIFIED',
      object: deployment('web', 1),
    });
    await cluster.requested(() => shown.length === 3);
    expect(shown.map(({ state }) => state)).toEqual([
      'Missing',
      'Healthy',
      'Progressing',
    ]);
  });

  it('keeps a watch for a while after its last viewer, and then ends it', async () => {
    const cluster = new FakeCluster();
    const watcher = watching(cluster, { lingerMs: 1_000 });
    await watcher.snapshot(entity('web'));
    const { length } = cluster.requests;
    await watcher.snapshot(entity('api'));
    expect(cluster.requests).toHaveLength(length);
    await new Promise(resolve => {
      setTimeout(resolve, 1_500);
    });
    await watcher.snapshot(entity('web'));
    expect(cluster.requests.length).toBeGreaterThan(length);
  });

  it('says what a cluster says of its own start', async () => {
    const folder = await mkdtemp(path.join(tmpdir(), 'notice-'));
    try {
      const noticeFile = path.join(folder, 'notice');
      await writeFile(noticeFile, 'building kube-apiserver (2 of 3)\n');
      const cluster = new FakeCluster();
      cluster.failures.set('/', new Error('connect ECONNREFUSED'));
      const watcher = watching(cluster, {
        settings: { prod: { noticeFile, simulatedNodes: true } },
      });
      await expect(watcher.snapshot(entity('web'))).resolves.toMatchObject({
        state: 'Unknown',
        message: 'building kube-apiserver (2 of 3)',
        clusters: [{ connection: { kind: 'starting' }, simulatedNodes: true }],
      });
      await expect(watcher.clusterSummaries()).resolves.toEqual([
        {
          name: 'prod',
          title: 'Production',
          simulatedNodes: true,
          unavailable: 'building kube-apiserver (2 of 3)',
        },
      ]);
      await writeFile(noticeFile, '');
      await expect(watcher.clusterSummaries()).resolves.toMatchObject([
        {
          unavailable: "Cluster 'prod' cannot be reached: connect ECONNREFUSED",
        },
      ]);
    } finally {
      await rm(folder, { recursive: true });
    }
  });

  it('summarizes a cluster that answers, also when it answers with a refusal', async () => {
    const cluster = new FakeCluster();
    cluster.failures.set('/version', new FakeApiError(403));
    await expect(
      watching(cluster, {
        settings: { prod: { title: 'Live' } },
      }).clusterSummaries(),
    ).resolves.toEqual([
      { name: 'prod', title: 'Live', simulatedNodes: false },
    ]);
  });

  it('asks a cluster that nobody watches at most every ten seconds for its summary', async () => {
    const cluster = new FakeCluster();
    const watcher = watching(cluster);
    await watcher.clusterSummaries();
    await watcher.clusterSummaries();
    expect(cluster.count('/version')).toBe(1);
  });

  it('does not look at any cluster for an entity that is not annotated', async () => {
    const cluster = new FakeCluster();
    const watcher = watching(cluster);
    await expect(watcher.snapshot(entity('web', {}))).resolves.toMatchObject({
      state: 'Unknown',
      selection: { kind: 'not-annotated' },
    });
    const { shown, ended } = following(watcher, entity('web', {}));
    await ended;
    expect(shown).toHaveLength(1);
    expect(cluster.requests).toEqual([]);
  });

  it('shows a system as the sum of its components', async () => {
    const cluster = new FakeCluster();
    cluster.objects.set('deployments', [
      deployment('web', 2),
      deployment('api', 1),
      deployment('other', 0),
    ]);
    const watcher = watching(cluster, {
      parts: [entity('web'), entity('api')],
    });
    const health = await watcher.snapshot(entity('shop', {}, 'System'));
    expect(health).toMatchObject({
      state: 'Progressing',
      selection: { says: 'Objects of its parts: web, api' },
    });
    expect(health.clusters[0].workloads.map(({ name }) => name)).toEqual([
      'api',
      'web',
    ]);
  });

  it('shows of a group of one’s own that names the parts of others only parts whose health the person may read', async () => {
    const watcher = watching(new FakeCluster(), {
      parts: [entity('mine'), entity('theirs')],
    });
    const made = entity('self-made', {}, 'Group');
    const selection = async (left?: string[]) =>
      (
        await watcher.snapshot(
          made,
          left ? async () => new Set(left) : undefined,
        )
      ).selection.says;
    expect(await selection()).toBe('Objects of its parts: mine, theirs');
    expect(await selection(['component:default/mine'])).toBe(
      'Objects of its parts: mine',
    );
  });

  it('looks only at the cluster that the entity names', async () => {
    const cluster = new FakeCluster();
    const watcher = watching(cluster, {
      clusters: { list: async () => [{ name: 'eu' }, { name: 'us' }] },
    });
    const annotations = {
      [ID]: 'web',
      'backstage.io/kubernetes-cluster': 'us',
    };
    const health = await watcher.snapshot(entity('web', annotations));
    expect(health.clusters.map(each => each.cluster)).toEqual(['us']);
    expect(cluster.requests).toContain('/api/v1/pods?limit=500');
  });

  it('says why no cluster can be looked at, and looks again', async () => {
    const list = jest
      .fn<ReturnType<ClusterList['list']>, []>()
      .mockRejectedValueOnce(
        new Error('the kubernetes plugin is not installed'),
      )
      .mockResolvedValue([]);
    const watcher = watching(new FakeCluster(), { clusters: { list } });
    await expect(watcher.snapshot(entity('web'))).resolves.toMatchObject({
      state: 'Unknown',
      message: 'the kubernetes plugin is not installed',
    });
    await expect(watcher.snapshot(entity('web'))).resolves.toMatchObject({
      message: 'There is no cluster',
    });
  });

  it('ends all who follow when it stops', async () => {
    const cluster = new FakeCluster();
    const watcher = watching(cluster);
    const { shown, ended } = following(watcher, entity('web'));
    await cluster.requested(() => shown.length === 1);
    watcher.stop();
    await ended;
    await expect(ended).resolves.toBeUndefined();
  });
});
