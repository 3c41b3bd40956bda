import { requirementsOf } from '../health/labelSelector';
import { claimEverything, claimObjects } from './claimObjects';
import type { FoundObject, NamespaceFacts } from './claims';

const SHOP = 'component:default/shop';
const BILLING = 'component:default/billing';

function found(
  kind: string,
  name: string,
  rest: {
    labels?: Record<string, string>;
    owner?: string;
    spec?: unknown;
  } = {},
): FoundObject {
  const [resource, ...group] = kind.split('.');
  return {
    resource,
    group: group.join('.'),
    object: {
      metadata: {
        name,
        uid: `${resource}/${name}`,
        labels: rest.labels,
        ownerReferences: rest.owner ? [{ uid: rest.owner }] : [],
      },
      spec: rest.spec,
    },
  };
}

function workload(name: string, rest: object = {}): FoundObject {
  return found('deployments.apps', name, {
    spec: {
      template: {
        metadata: { labels: { app: name } },
        spec: {
          serviceAccountName: `${name}-account`,
          imagePullSecrets: [{ name: 'registry' }],
          containers: [
            {
              envFrom: [{ configMapRef: { name: `${name}-settings` } }],
              env: [
                { valueFrom: { secretKeyRef: { name: `${name}-password` } } },
              ],
            },
          ],
          volumes: [
            { secret: { secretName: `${name}-tls` } },
            { persistentVolumeClaim: { claimName: `${name}-data` } },
            { projected: { sources: [{ secret: { name: `${name}-extra` } }] } },
          ],
          ...rest,
        },
      },
    },
  });
}

const NAMESPACE = [
  workload('shop'),
  found('replicasets.apps', 'shop-1', { owner: 'deployments/shop' }),
  found('pods', 'shop-1-a', {
    labels: { app: 'shop' },
    owner: 'replicasets/shop-1',
  }),
  workload('billing'),
  found('pods', 'billing-1-a', {
    labels: { app: 'billing' },
    owner: 'replicasets/billing-1',
  }),
  ...['shop-settings', 'billing-settings', 'nobody-settings'].map(name =>
    found('configmaps', name),
  ),
  ...[
    'shop-password',
    'shop-tls',
    'shop-extra',
    'billing-password',
    'registry',
    'shop-cert',
  ].map(name => found('secrets', name)),
  found('persistentvolumeclaims', 'shop-data'),
  found('serviceaccounts', 'shop-account'),
  found('horizontalpodautoscalers.autoscaling', 'shop-scaler', {
    spec: { scaleTargetRef: { kind: 'Deployment', name: 'shop' } },
  }),
  found('services', 'web', { spec: { selector: { app: 'shop' } } }),
  found('ingresses.networking.k8s.io', 'front', {
    spec: {
      rules: [{ http: { paths: [{ backend: { service: { name: 'web' } } }] } }],
      tls: [{ secretName: 'shop-cert' }],
    },
  }),
  found('statefulsets.apps', 'db', {
    spec: {
      template: { metadata: { labels: { app: 'billing' } } },
      volumeClaimTemplates: [{ metadata: { name: 'data' } }],
    },
  }),
  found('persistentvolumeclaims', 'data-db-0'),
  found('persistentvolumeclaims', 'data-db-backup'),
  found('jobs.batch', 'report-1', { owner: 'cronjobs/report' }),
  found('cronjobs.batch', 'report', {
    spec: {
      jobTemplate: {
        spec: { template: { metadata: { labels: { app: 'billing' } } } },
      },
    },
  }),
];

function claims(
  cards: Array<[string, Record<string, string>]>,
  objects = NAMESPACE,
) {
  return claimObjects({
    namespace: 'shared',
    entities: cards.map(([entityRef, labels]) => ({
      entityRef,
      requirements: requirementsOf(labels),
    })),
    objects,
    unread: [],
  });
}

function namesOf(entityRef: string, found_: ReturnType<typeof claims>) {
  return found_
    .find(one => one.entityRef === entityRef)
    ?.objects.filter(({ name }) => name !== '*')
    .map(({ resource, name }) => `${resource}/${name}`)
    .sort();
}

describe('whose the objects of a shared namespace are', () => {
  const two = claims([
    [SHOP, { app: 'shop' }],
    [BILLING, { app: 'billing' }],
    ['component:default/elsewhere', { app: 'elsewhere' }],
  ]);

  it('an entity has what its selector finds and what belongs to it, and nothing of its neighbour', () => {
    expect(namesOf(SHOP, two)).toEqual([
      'configmaps/shop-settings',
      'deployments/shop',
      'horizontalpodautoscalers/shop-scaler',
      'ingresses/front',
      'persistentvolumeclaims/shop-data',
      'pods/shop-1-a',
      'replicasets/shop-1',
      'secrets/registry',
      'secrets/shop-cert',
      'secrets/shop-extra',
      'secrets/shop-password',
      'secrets/shop-tls',
      'serviceaccounts/shop-account',
      'services/web',
    ]);
    expect(namesOf(BILLING, two)).toEqual([
      'configmaps/billing-settings',
      'cronjobs/report',
      'deployments/billing',
      'jobs/report-1',
      // What its pods name is its as soon as somebody makes it.
      'persistentvolumeclaims/billing-data',
      'persistentvolumeclaims/data-db-0',
      'pods/billing-1-a',
      'secrets/billing-extra',
      'secrets/billing-password',
      'secrets/billing-tls',
      'secrets/registry',
      'serviceaccounts/billing-account',
      'statefulsets/db',
    ]);
  });

  it('an entity whose selector finds nothing is not there', () => {
    expect(two.map(({ entityRef }) => entityRef)).toEqual([SHOP, BILLING]);
  });

  it('a card of one’s own with the labels of somebody else takes nothing from them: both have the objects', () => {
    const both = claims([
      [SHOP, { app: 'shop' }],
      ['component:default/self-made', { app: 'shop' }],
    ]);
    expect(namesOf(SHOP, both)).toEqual(namesOf(SHOP, two));
    expect(namesOf('component:default/self-made', both)).toEqual(
      namesOf(SHOP, two),
    );
  });

  describe('a selector that finds what names somebody else by its label', () => {
    const ID = 'backstage.io/kubernetes-id';
    const SYSTEM = 'system:default/all';
    const wide = requirementsOf({ part: 'all' });
    const labelled = (id?: string) => ({
      part: 'all',
      ...(id === undefined ? {} : { [ID]: id }),
    });
    const objects = [
      found('deployments.apps', 'shop', {
        labels: labelled('Shop'),
        spec: {
          template: {
            metadata: { labels: labelled() },
            spec: { containers: [{ envFrom: [{ secretRef: { name: 's' } }] }] },
          },
        },
      }),
      found('replicasets.apps', 'shop-1', {
        labels: labelled(),
        owner: 'deployments/shop',
      }),
      found('pods', 'shop-1-a', {
        labels: labelled(),
        owner: 'replicasets/shop-1',
      }),
      found('secrets', 's'),
      found('deployments.apps', 'billing', { labels: labelled('billing') }),
      found('services', 'unlabelled', { labels: labelled() }),
    ];
    const byCard = (
      shop: Partial<NamespaceFacts['entities'][number]>,
      others: NamespaceFacts['entities'] = [],
    ) => {
      const claimed = claimObjects({
        namespace: 'shared',
        entities: [
          {
            entityRef: SHOP,
            requirements: requirementsOf({ [ID]: 'Shop' }),
            isNamed: true,
            ...shop,
          },
          { entityRef: BILLING, requirements: wide, isNamed: true },
          ...others,
        ],
        objects,
        unread: [],
      });
      return (entityRef: string) => namesOf(entityRef, claimed);
    };
    const ALL = [
      ...['deployments/billing', 'deployments/shop', 'pods/shop-1-a'],
      ...['replicasets/shop-1', 'secrets/s', 'services/unlabelled'],
    ];
    const SHOPS = [
      ...['deployments/shop', 'pods/shop-1-a', 'replicasets/shop-1'],
      'secrets/s',
    ];

    it('has neither that nor what belongs to it, where the operator named that entity', () => {
      const namesBy = byCard({});
      expect(namesBy(SHOP)).toEqual(SHOPS);
      expect(namesBy(BILLING)).toEqual([
        'deployments/billing',
        'services/unlabelled',
      ]);
    });

    it('has it where nobody but a card says that this entity belongs there', () => {
      expect(byCard({ isNamed: false })(BILLING)).toEqual(ALL);
    });

    it('has it where this entity does not have it by its own card', () => {
      expect(
        byCard({ requirements: requirementsOf({ app: 'x' }) })(BILLING),
      ).toEqual(ALL);
    });

    it('takes nothing by the name of an entity of one’s own that the operator did not name', () => {
      const copy = {
        entityRef: 'component:other/shop',
        requirements: wide,
        isNamed: false,
      };
      const namesBy = byCard({}, [copy]);
      expect(namesBy(SHOP)).toEqual(SHOPS);
      expect(namesBy(copy.entityRef)).toEqual(['services/unlabelled']);
    });

    it('has it where this entity says that it is a part of the one with the selector, in any number of steps', () => {
      const DOMAIN = 'domain:default/firm';
      const namesBy = byCard({ partOf: [SYSTEM] }, [
        { entityRef: SYSTEM, requirements: wide, partOf: [DOMAIN] },
        { entityRef: DOMAIN, requirements: wide },
      ]);
      expect(namesBy(SYSTEM)).toEqual(ALL.filter(one => !/billing/.test(one)));
      expect(namesBy(DOMAIN)).toEqual(namesBy(SYSTEM));
      expect(namesBy(SHOP)).toEqual(SHOPS);
    });
  });

  it('pods that are labelled alone lead to the workload that made them', () => {
    const objects = NAMESPACE.map(one =>
      one.object.metadata?.name === 'shop-1-a'
        ? found('pods', 'shop-1-a', {
            labels: { 'backstage.io/kubernetes-id': 'shop' },
            owner: 'replicasets/shop-1',
          })
        : one,
    );
    expect(
      namesOf(
        SHOP,
        claims([[SHOP, { 'backstage.io/kubernetes-id': 'shop' }]], objects),
      ),
    ).toContain('deployments/shop');
  });

  it('a Service that both selectors meet does not make one team’s workloads the other’s', () => {
    const objects = [
      ...NAMESPACE,
      found('services', 'all', {
        labels: { app: 'shop' },
        spec: { selector: { app: 'billing' } },
      }),
    ];
    expect(
      namesOf(SHOP, claims([[SHOP, { app: 'shop' }]], objects)),
    ).not.toContain('deployments/billing');
  });

  it('what acts upon everybody, or could not be read, is of each who is there', () => {
    const [claim] = claimObjects({
      namespace: 'shared',
      entities: [
        { entityRef: SHOP, requirements: requirementsOf({ app: 'shop' }) },
      ],
      objects: NAMESPACE,
      unread: [{ group: '', resource: 'secrets' }],
    });
    expect(
      claim.objects
        .filter(({ name }) => name === '*')
        .map(({ resource }) => resource),
    ).toEqual([
      'secrets',
      'networkpolicies',
      'poddisruptionbudgets',
      'resourcequotas',
      'limitranges',
    ]);
  });

  it('a namespace that cannot be read belongs to each card that names it', () => {
    expect(claimEverything('shared', [SHOP, BILLING])).toEqual(
      [SHOP, BILLING].map(entityRef => ({
        entityRef,
        namespace: 'shared',
        objects: [
          { group: '*', resource: '*', namespace: 'shared', name: '*' },
        ],
      })),
    );
  });

  it('thousands of cards and objects are judged within a second', () => {
    const objects = Array.from({ length: 3_000 }, (_, n) =>
      found('pods', `pod-${n}`, { labels: { app: `app-${n}` } }),
    );
    const started = Date.now();
    const many = claims(
      Array.from({ length: 3_000 }, (_, n) => [
        `component:default/c${n}`,
        { app: `app-${n}` },
      ]),
      objects,
    );
    expect(many).toHaveLength(3_000);
    expect(Date.now() - started).toBeLessThan(1_000);
  });
});
