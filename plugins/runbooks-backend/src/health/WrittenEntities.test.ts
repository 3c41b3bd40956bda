import { mockCredentials, mockServices } from '@backstage/backend-test-utils';
import type { Entity } from '@backstage/catalog-model';
import { catalogServiceMock } from '@backstage/plugin-catalog-node/testUtils';
import { AnnotatedEntities } from './AnnotatedEntities';
import { FakeApiError } from './__testUtils__/FakeCluster';
import { WrittenEntities } from './WrittenEntities';

const SHOP = 'component:default/shop';
const BILLING = 'component:default/billing';
const SELF_MADE = 'component:default/self-made';

function card(name: string, annotations: Record<string, string>): Entity {
  return {
    apiVersion: 'backstage.io/v1alpha1',
    kind: 'Component',
    metadata: {
      name,
      namespace: 'default',
      annotations: Object.fromEntries(
        Object.entries(annotations).map(([key, value]) => [
          `backstage.io/kubernetes-${key}`,
          value,
        ]),
      ),
    },
    spec: {},
  };
}

const CARDS = [
  card('shop', { namespace: 'shared', 'label-selector': 'app=shop' }),
  card('billing', { id: 'billing' }),
  card('self-made', { namespace: 'shared', 'label-selector': 'app=shop' }),
  card('idle', { namespace: 'shared', 'label-selector': 'app=idle' }),
  card('elsewhere', { namespace: 'elsewhere', 'label-selector': 'app=shop' }),
  card('other-cluster', {
    namespace: 'shared',
    'label-selector': 'app=shop',
    cluster: 'two',
  }),
  card('no-cluster-at-all', {}),
  card('guest', { namespace: 'guarded', id: 'platform' }),
  card('wide', { namespace: 'wide', 'label-selector': '!app' }),
];

const OBJECTS: Record<string, object[]> = {
  deployments: [
    deployment('shop', { app: 'shop' }),
    deployment('billing', { 'backstage.io/kubernetes-id': 'billing' }),
    deployment('guarded', { 'backstage.io/kubernetes-id': 'platform' }),
  ],
  secrets: [{ metadata: { name: 'shop-password' } }],
};

function deployment(name: string, labels: Record<string, string>) {
  return {
    metadata: { name, labels },
    spec: {
      template: {
        spec: {
          containers: [
            { envFrom: [{ secretRef: { name: `${name}-password` } }] },
          ],
        },
      },
    },
  };
}

describe('who has something in a namespace', () => {
  function setUp(failures: Record<string, Error> = {}, vouched: string[] = []) {
    const asked: Array<{ path: string; only?: string }> = [];
    let now = 0;
    const written = new WrittenEntities({
      vouching: {
        vouchesFor: async ({ metadata }) =>
          vouched.includes(metadata.name) ? 'rule-by-name' : undefined,
      },
      entities: new AnnotatedEntities({
        catalog: catalogServiceMock({ entities: CARDS }),
        credentials: async () => mockCredentials.service(),
        now: () => now,
      }),
      reader: {
        async getJson<T>(_: string, path: string, options?: { only?: string }) {
          const url = new URL(path, 'http://api');
          const resource = url.pathname.split('/').pop()!;
          asked.push({ path, only: options?.only });
          if (failures[resource]) throw failures[resource];
          return { items: OBJECTS[resource] ?? [] } as T;
        },
      },
      logger: mockServices.logger.mock(),
      now: () => now,
    });
    return {
      asked,
      written,
      later: (ms: number) => {
        now += ms;
      },
    };
  }

  it('each entity whose selector finds something there, also a card with the labels of somebody else', async () => {
    const { written } = setUp();
    const claims = await written.in('one', ['shared']);
    expect(claims.map(({ entityRef }) => entityRef)).toEqual([
      SHOP,
      BILLING,
      SELF_MADE,
    ]);
    const namesOf = (entityRef: string) =>
      claims
        .find(one => one.entityRef === entityRef)
        ?.objects.filter(({ name }) => name !== '*')
        .map(({ resource, name }) => `${resource}/${name}`);
    expect(namesOf(SHOP)).toEqual([
      'deployments/shop',
      'secrets/shop-password',
    ]);
    expect(namesOf(SELF_MADE)).toEqual(namesOf(SHOP));
    // The Secret that its pods wait for is not there yet.
    expect(namesOf(BILLING)).toEqual([
      'deployments/billing',
      'secrets/billing-password',
    ]);
  });

  it('reads of Secrets and ConfigMaps only their metadata', async () => {
    const { written, asked } = setUp();
    await written.in('one', ['shared']);
    expect(
      asked
        .filter(({ path }) => /secrets|configmaps/.test(path))
        .map(({ only }) => only),
    ).toEqual(['metadata', 'metadata']);
  });

  it('each card whose objects may be there where workloads cannot be read there', async () => {
    const { written } = setUp({ deployments: new FakeApiError(403) });
    await expect(written.in('one', ['shared'])).resolves.toEqual(
      expect.arrayContaining(
        [SHOP, BILLING, SELF_MADE, 'component:default/idle'].map(entityRef => ({
          entityRef,
          namespace: 'shared',
          isVouchedFor: false,
          objects: [
            { group: '*', resource: '*', namespace: 'shared', name: '*' },
          ],
        })),
      ),
    );
  });

  it('each of them where the cluster says that it knows no pods: somebody answers for it', async () => {
    const { written } = setUp({ pods: new FakeApiError(404) });
    const claims = await written.in('one', ['shared']);
    expect(claims.map(({ entityRef }) => entityRef)).toContain(BILLING);
    expect(claims[0].objects).toEqual([
      { group: '*', resource: '*', namespace: 'shared', name: '*' },
    ]);
  });

  it('tells which of them a rule or the cluster puts there', async () => {
    const { written } = setUp({}, ['shop']);
    const claims = await written.in('one', ['shared']);
    expect(
      claims
        .filter(({ isVouchedFor }) => isVouchedFor)
        .map(({ entityRef }) => entityRef),
    ).toEqual([SHOP]);
  });

  it('nobody besides whom an object names by its label, where the operator named that entity', async () => {
    const having = async (vouched: string[]) =>
      (await setUp({}, vouched).written.in('one', ['wide']))
        .filter(({ objects }) => objects.some(one => one.name === 'billing'))
        .map(({ entityRef }) => entityRef);
    expect(await having([])).toEqual([BILLING, 'component:default/wide']);
    expect(await having(['wide', 'billing'])).toEqual([BILLING]);
  });

  it('an id as the label of an object confirms it for the entity of that name, and for the card of one that a rule names', async () => {
    const confirmed = async (vouched: string[]) =>
      (await setUp({}, vouched).written.in('one', ['guarded'])).flatMap(
        ({ entityRef, objects }) =>
          objects
            .filter(one => one.isConfirmed && one.resource === 'deployments')
            .map(({ name }) => `${entityRef} ${name}`),
      );
    const billing = `${BILLING} billing`;
    expect(await confirmed([])).toEqual([billing]);
    expect(await confirmed(['guest'])).toEqual([
      billing,
      'component:default/guest guarded',
    ]);
  });

  it('all of them for a Secret where Secrets may not be listed', async () => {
    const { written } = setUp({ secrets: new FakeApiError(403) });
    const claims = await written.in('one', ['shared']);
    expect(
      claims.filter(({ objects }) =>
        objects.some(
          ({ resource, name }) => resource === 'secrets' && name === '*',
        ),
      ),
    ).toHaveLength(3);
  });

  it('nobody of a kind that the cluster does not know', async () => {
    const { written } = setUp({
      horizontalpodautoscalers: new FakeApiError(404),
    });
    const [shop] = await written.in('one', ['shared']);
    expect(shop.objects).not.toContainEqual(
      expect.objectContaining({ resource: 'horizontalpodautoscalers' }),
    );
  });

  it('asks the cluster again after ten seconds, and not before', async () => {
    const { written, asked, later } = setUp();
    await written.in('one', ['shared']);
    const once = asked.length;
    later(9_000);
    await written.in('one', ['shared', 'shared']);
    expect(asked).toHaveLength(once);
    later(2_000);
    await written.in('one', ['shared']);
    expect(asked).toHaveLength(2 * once);
  });

  it('asks nothing for a run without a cluster', async () => {
    const { written, asked } = setUp();
    await expect(written.in(undefined, ['shared'])).resolves.toEqual([]);
    expect(asked).toEqual([]);
  });

  it('says that nobody can tell where the catalog does not answer', async () => {
    const entities = new AnnotatedEntities({
      catalog: {
        queryEntities: async () => {
          throw new Error('catalog is down');
        },
      },
      credentials: async () => mockCredentials.service(),
    });
    const written = new WrittenEntities({
      vouching: { vouchesFor: async () => undefined },
      entities,
      reader: { getJson: async <T>() => ({ items: [] } as T) },
      logger: mockServices.logger.mock(),
    });
    await expect(written.in('one', ['shared'])).rejects.toThrow(
      'catalog is down',
    );
  });
});
