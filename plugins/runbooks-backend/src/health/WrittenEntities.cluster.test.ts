import { mkdtemp, rm, writeFile } from 'fs/promises';
import { tmpdir } from 'os';
import path from 'path';
import { mockCredentials, mockServices } from '@backstage/backend-test-utils';
import { catalogServiceMock } from '@backstage/plugin-catalog-node/testUtils';
import {
  entitiesWritten,
  type AllowedWrites,
} from '@backstage-runbooks/plugin-runbooks-common';
import { KubernetesClient } from '../kubernetes';
import { ClusterLane, LANE_CLUSTER } from '../kubernetes/testUtils/clusterLane';
import { AnnotatedEntities } from './AnnotatedEntities';
import { WrittenEntities } from './WrittenEntities';

const lane = new ClusterLane();

describe('who has something in a namespace of a real cluster', () => {
  let namespace: string;

  beforeAll(async () => {
    namespace = await lane.createNamespace('written');
    for (const name of ['shop', 'billing']) {
      await lane.kubectl(
        ...['create', 'deployment', name, '--image=nginx'],
        ...['-n', namespace],
      );
      await lane.kubectl(
        ...['create', 'secret', 'generic', `${name}-password`],
        ...['--from-literal=password=hunter2', '-n', namespace],
      );
      await lane.kubectl(
        ...['set', 'env', `deployment/${name}`, '-n', namespace],
        `--from=secret/${name}-password`,
      );
    }
  }, 60_000);

  afterAll(async () => {
    await lane.removeNamespace(namespace);
  });

  /** What there is, where each card selects so. */
  async function claimsOf(selectors: Record<string, string>) {
    const entities = Object.entries(selectors).map(([name, selector]) => ({
      apiVersion: 'backstage.io/v1alpha1',
      kind: 'Component',
      metadata: {
        name,
        namespace: 'default',
        annotations: {
          'backstage.io/kubernetes-namespace': namespace,
          'backstage.io/kubernetes-label-selector': selector,
        },
      },
      spec: {},
    }));
    const written = new WrittenEntities({
      vouching: { vouchesFor: async () => undefined },
      entities: new AnnotatedEntities({
        catalog: catalogServiceMock({ entities }),
        credentials: async () => mockCredentials.service(),
      }),
      reader: new KubernetesClient({ transport: lane.transport() }),
      logger: mockServices.logger.mock(),
    });
    return written.in(LANE_CLUSTER, [namespace]);
  }

  /** Who must approve what a step of the shop does, where an operator gave it the namespace. */
  async function asked(
    selectors: Record<string, string>,
    step: { writes?: AllowedWrites; secret?: string },
  ) {
    return entitiesWritten({
      entityRef: 'component:default/shop',
      writes: step.writes ?? { kind: 'none' },
      secrets: step.secret
        ? { kind: 'named', names: [{ namespace, name: step.secret }] }
        : { kind: 'none' },
      scope: {
        source: { kind: 'configuration', rule: 'shared' },
        namespaces: [namespace],
        reads: 'cluster',
        grants: [],
      },
      namespace,
      present: await claimsOf(selectors),
    });
  }

  const SHOP = 'component:default/shop';
  const BILLING = 'component:default/billing';
  const PLAIN = { shop: 'app=shop', billing: 'app=billing' };

  it('finds the workloads of each card and the Secrets that they refer to', async () => {
    const claims = await claimsOf(PLAIN);
    for (const name of ['shop', 'billing']) {
      const objects = claims
        .find(({ entityRef }) => entityRef === `component:default/${name}`)
        ?.objects.map(object => `${object.resource}/${object.name}`);
      expect(objects).toEqual(
        expect.arrayContaining([
          `deployments/${name}`,
          `secrets/${name}-password`,
        ]),
      );
      const other = name === 'shop' ? 'billing' : 'shop';
      expect(objects?.filter(object => object.includes(other))).toEqual([]);
    }
  });

  it('asks for a Secret of a workload its team, and for one that a card or an Ingress of one’s own takes everybody', async () => {
    await lane.kubectl(
      ...['create', 'secret', 'generic', 'nobodys', '-n', namespace],
    );
    await lane.kubectl(
      ...['label', 'secret', 'nobodys', 'release=x', '-n', namespace],
    );
    await expect(asked(PLAIN, { secret: 'shop-password' })).resolves.toEqual([
      SHOP,
    ]);
    await expect(asked(PLAIN, { secret: 'nobodys' })).resolves.toEqual([
      BILLING,
      SHOP,
    ]);
    await lane.kubectl(
      ...['create', 'ingress', 'shop', '-n', namespace],
      '--rule=shop.example.com/*=shop:80,tls=nobodys',
    );
    await lane.kubectl(
      ...['label', 'ingress', 'shop', 'app=shop', '-n', namespace],
    );
    await expect(asked(PLAIN, { secret: 'nobodys' })).resolves.toEqual([
      BILLING,
      SHOP,
    ]);
    await expect(
      asked({ ...PLAIN, shop: 'release=x' }, { secret: 'nobodys' }),
    ).resolves.toEqual([BILLING, SHOP]);
  }, 60_000);

  it('asks for a Secret with a label whoever has that name, and everybody where nobody has', async () => {
    const id = 'backstage.io/kubernetes-id';
    for (const name of ['shop', 'platform']) {
      await lane.kubectl(
        ...['create', 'secret', 'generic', `of-${name}`, '-n', namespace],
      );
      await lane.kubectl(
        ...['label', 'secret', `of-${name}`, `${id}=${name}`, '-n', namespace],
      );
    }
    await expect(asked(PLAIN, { secret: 'of-shop' })).resolves.toEqual([SHOP]);
    for (const shop of [`${id}=platform`, `${id} in (platform,shop)`])
      await expect(
        asked({ ...PLAIN, shop }, { secret: 'of-platform' }),
      ).resolves.toEqual([BILLING, SHOP]);
  }, 60_000);

  it('asks for a StatefulSet whoever has a claim that it would take, and for its own claims nobody else', async () => {
    const set = (name: string, labels: string) =>
      JSON.stringify({
        apiVersion: 'apps/v1',
        kind: 'StatefulSet',
        metadata: { name, namespace, labels: { app: labels } },
        spec: {
          replicas: 1,
          serviceName: name,
          selector: { matchLabels: { app: labels } },
          template: {
            metadata: { labels: { app: labels } },
            spec: { containers: [{ name: 'a', image: 'nginx' }] },
          },
          volumeClaimTemplates: [
            {
              metadata: { name: 'ledger' },
              spec: {
                accessModes: ['ReadWriteOnce'],
                resources: { requests: { storage: '1Mi' } },
              },
            },
          ],
        },
      });
    const scaled = (name: string): AllowedWrites => ({
      kind: 'listed',
      writes: [
        {
          ...{ verb: 'patch', group: 'apps', resource: 'statefulsets' },
          ...{ subresource: 'scale', namespace, name },
          actsOn: [{ kind: 'claims', set: name }],
        },
      ],
    });
    const folder = await mkdtemp(path.join(tmpdir(), 'set-'));
    const file = path.join(folder, 'set.json');
    await writeFile(file, set('data', 'shop'));
    await lane.kubectl('apply', '-f', file);
    await rm(folder, { recursive: true });
    await lane.kubectl(
      ...['wait', '--for=create', 'pvc/ledger-data-0', '--timeout=30s'],
      ...['-n', namespace],
    );
    await expect(asked(PLAIN, { writes: scaled('data') })).resolves.toEqual([
      SHOP,
    ]);
    await lane.kubectl(
      ...['label', 'pvc', 'ledger-data-0', 'app=billing', '--overwrite'],
      ...['-n', namespace],
    );
    await expect(asked(PLAIN, { writes: scaled('data') })).resolves.toEqual([
      BILLING,
      SHOP,
    ]);
  }, 60_000);
});
