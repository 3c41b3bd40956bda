import { mockCredentials, mockServices } from '@backstage/backend-test-utils';
import { catalogServiceMock } from '@backstage/plugin-catalog-node/testUtils';
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

  it('finds the workloads of each card and the Secrets that they refer to', async () => {
    const entities = ['shop', 'billing'].map(name => ({
      apiVersion: 'backstage.io/v1alpha1',
      kind: 'Component',
      metadata: {
        name,
        namespace: 'default',
        annotations: {
          'backstage.io/kubernetes-namespace': namespace,
          'backstage.io/kubernetes-label-selector': `app=${name}`,
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
    const claims = await written.in(LANE_CLUSTER, [namespace]);
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
});
