import { mockServices } from '@backstage/backend-test-utils';
import type { Entity } from '@backstage/catalog-model';
import type { EntityHealth } from '@backstage-runbooks/plugin-runbooks-common';
import {
  ClusterDirectory,
  ClusterTransport,
  KubernetesClient,
} from '../kubernetes';
import {
  ClusterLane,
  filledRegistry,
  LANE_CLUSTER,
} from '../kubernetes/testUtils/clusterLane';
import type { ClusterReader } from './ClusterReader';
import { HealthWatcher } from './HealthWatcher';
import { startRelay } from './__testUtils__/startRelay';

const ID = 'backstage.io/kubernetes-id';

jest.setTimeout(60_000);

describe('watching a real cluster', () => {
  const lane = new ClusterLane();
  const closers: Array<() => void> = [];
  const requests: string[] = [];
  let namespace: string;

  beforeEach(async () => {
    requests.length = 0;
    namespace = await lane.createNamespace('health');
  });
  afterEach(async () => {
    closers.splice(0).forEach(close => close());
    await lane.removeNamespace(namespace);
  });

  function entity(name = 'web'): Entity {
    return {
      apiVersion: 'backstage.io/v1alpha1',
      kind: 'Component',
      metadata: {
        name,
        namespace: 'default',
        annotations: {
          [ID]: name,
          'backstage.io/kubernetes-namespace': namespace,
        },
      },
      spec: {},
    };
  }

  function watcher(access = lane.access()) {
    const clusters = new ClusterDirectory({ access: filledRegistry(access) });
    const transport = new ClusterTransport({ clusters });
    const reader = counting(new KubernetesClient({ transport }));
    const health = new HealthWatcher({
      clusters,
      reader,
      settings: new Map(),
      parts: { partsOf: async () => [] },
      logger: mockServices.logger.mock(),
    });
    closers.push(() => {
      health.stop();
      transport.close();
    });
    return health;
  }

  /** Remembers all requests but the pulse, which comes by the clock and not by viewer. */
  function counting(reader: ClusterReader): ClusterReader {
    return {
      getJson: (cluster, path, options) => {
        if (path !== '/version') requests.push(path);
        return reader.getJson(cluster, path, options);
      },
      watch: (cluster, path, options) => {
        requests.push(path);
        return reader.watch(cluster, path, options);
      },
    };
  }

  async function deploy(image: string, replicas: number) {
    await lane.kubectl(
      ...['-n', namespace, 'create', 'deployment', 'web'],
      ...[`--image=${image}`, `--replicas=${replicas}`, '--port=8080'],
    );
    await lane.kubectl(
      ...['-n', namespace, 'label', 'deployment', 'web', `${ID}=web`],
    );
  }

  /** Follows an entity and remembers everything that was shown, with its time. */
  function following(health: HealthWatcher, followed = entity()) {
    const stop = new AbortController();
    closers.push(() => stop.abort());
    const shown: Array<{ at: number; health: EntityHealth }> = [];
    let wake = () => {};
    const ended = (async () => {
      for await (const each of health.follow(() => followed, stop.signal)) {
        shown.push({ at: Date.now(), health: each });
        wake();
      }
    })();
    const nextShown = () =>
      new Promise<void>(resolve => {
        wake = resolve;
        setTimeout(resolve, 500);
      });
    const until = async (isIt: (each: EntityHealth) => boolean) => {
      const deadline = Date.now() + 20_000;
      while (Date.now() < deadline) {
        const found = shown.find(each => isIt(each.health));
        if (found) return found;
        await nextShown();
      }
      const last = JSON.stringify(shown.at(-1)?.health);
      throw new Error(`Not shown in time; the last was ${last}`);
    };
    return { shown, until, stop: () => stop.abort(), ended };
  }

  const readyOf = ({ clusters }: EntityHealth) =>
    clusters[0]?.workloads.find(w => w.kind === 'Deployment')?.ready;

  it('shows a deployment that scales as progressing and then healthy, within a second', async () => {
    await deploy('web:1.0', 2);
    const { until, shown } = following(watcher());
    await until(h => h.state === 'Healthy' && readyOf(h)?.ready === 2);

    const before = shown.length;
    const scaled = lane
      .kubectl('-n', namespace, 'scale', 'deployment', 'web', '--replicas=4')
      .then(() => Date.now());
    const progressing = await until(
      h => h.state === 'Progressing' && readyOf(h)?.desired === 4,
    );
    expect(progressing.at - (await scaled)).toBeLessThan(1_000);
    const done = await until(
      h => h.state === 'Healthy' && readyOf(h)?.ready === 4,
    );
    expect(done.health.message).toBe('Deployment web: 4 of 4 ready');
    expect(done.health.clusters[0].workloads[0].pods).toHaveLength(4);
    expect(shown.slice(before).length).toBeGreaterThanOrEqual(2);
  });

  it('shows a change to the listener within a second, 19 times of 20', async () => {
    await deploy('web:1.0', 1);
    const { until } = following(watcher());
    await until(h => h.state === 'Healthy');
    const delays: number[] = [];
    for (let change = 1; change <= 20; change++) {
      const image = `web:1.${change}`;
      await lane.kubectl(
        ...['-n', namespace, 'set', 'image', 'deployment/web', `web=${image}`],
      );
      const changedAt = Date.now();
      const { at } = await until(h =>
        h.clusters[0].workloads.some(workload => workload.image === image),
      );
      delays.push(at - changedAt);
    }
    delays.sort((a, b) => a - b);
    expect(delays[18]).toBeLessThan(1_000);
  });

  it('calls a deployment whose pods crash degraded, with the reason', async () => {
    await deploy('web:crash', 2);
    const { until } = following(watcher());
    const { health } = await until(
      h =>
        h.state === 'Degraded' &&
        h.signals.some(({ code }) => code === 'CrashLoopBackOff'),
    );
    expect(health.message).toMatch(
      /^Deployment web: \d of 2 pods: Container web: CrashLoopBackOff/,
    );
    expect(health.clusters[0].workloads[0].pods).toHaveLength(2);
  });

  it('names the pods of an entity, the ready ones first', async () => {
    await deploy('web:1.0', 2);
    const health = watcher();
    const { until } = following(health);
    await until(h => readyOf(h)?.ready === 2);
    const pods = await health.podsOf(entity());
    expect(pods).toHaveLength(2);
    expect(pods[0]).toMatchObject({
      cluster: LANE_CLUSTER,
      namespace,
      name: expect.stringMatching(/^web-/),
      state: 'Healthy',
    });
  });

  it('says that nothing is found for an entity without objects', async () => {
    await expect(watcher().snapshot(entity())).resolves.toMatchObject({
      state: 'Missing',
      message: 'Nothing of it is found here',
      clusters: [{ cluster: LANE_CLUSTER, connection: { kind: 'live' } }],
    });
  });

  it('serves a second viewer without another request to the API server', async () => {
    await deploy('web:1.0', 1);
    const health = watcher();
    const first = following(health);
    await first.until(h => h.state === 'Healthy');
    const before = requests.length;
    const second = following(health);
    await second.until(h => h.state === 'Healthy');
    await health.snapshot(entity());
    await health.podsOf(entity());
    expect(requests.slice(before)).toEqual([]);
    expect(requests.filter(path => path.includes('/pods?limit='))).toHaveLength(
      1,
    );
  });

  it('lists the kinds that may not be read beside the verdict', async () => {
    await deploy('web:1.0', 1);
    await lane.kubectl('-n', namespace, 'create', 'serviceaccount', 'reader');
    await lane.kubectl(
      ...['-n', namespace, 'create', 'role', 'reader'],
      ...['--verb=get,list,watch'],
      '--resource=pods,services,deployments.apps,replicasets.apps',
    );
    await lane.kubectl(
      ...['-n', namespace, 'create', 'rolebinding', 'reader'],
      ...['--role=reader', `--serviceaccount=${namespace}:reader`],
    );
    const token = await lane.kubectl(
      '-n',
      namespace,
      'create',
      'token',
      'reader',
    );
    const access = lane.access();
    const { until } = following(
      watcher({
        ...access,
        getCredential: async () => ({ type: 'bearer token', token }),
      }),
    );
    const { health } = await until(h => h.state === 'Healthy');
    expect(health.clusters[0].notPermitted).toEqual(
      expect.arrayContaining(['EndpointSlice', 'HorizontalPodAutoscaler']),
    );
    expect(health.clusters[0].notPermitted).not.toContain('Pod');
  });

  it('calls what it saw stale when the API server is gone, and live again when it is back', async () => {
    await deploy('web:1.0', 1);
    const relay = await startRelay(lane.access());
    closers.push(() => relay.stop());
    const { until } = following(watcher(relay.access));
    await until(h => h.state === 'Healthy');

    await relay.stop();
    const lost = await until(h => h.clusters[0].connection.kind === 'stale');
    expect(lost.health.state).toBe('Unknown');
    expect(lost.health.message).toMatch(
      /^Not seen for \d+ s; before that Healthy: Deployment web: 1 of 1 ready$/,
    );

    await relay.start();
    const back = await until(
      h => h.at > lost.health.at && h.clusters[0].connection.kind === 'live',
    );
    expect(back.health.state).toBe('Healthy');
  });

  it('says that a cluster which never answered cannot be reached, and why', async () => {
    const relay = await startRelay(lane.access());
    await relay.stop();
    const health = watcher(relay.access);
    await expect(health.snapshot(entity())).resolves.toMatchObject({
      state: 'Unknown',
      message: expect.stringMatching(
        /^Cluster 'lane' cannot be reached: .*ECONNREFUSED/,
      ),
      clusters: [{ connection: { kind: 'unreachable' } }],
    });
    await expect(health.clusterSummaries()).resolves.toMatchObject([
      {
        name: LANE_CLUSTER,
        unavailable: expect.stringMatching(/cannot be reached/),
      },
    ]);
  });
});
