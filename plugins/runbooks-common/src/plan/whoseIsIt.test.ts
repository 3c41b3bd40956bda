import { parseLabelSelector } from '../health/labelSelector';
import { claimObjects } from '../scope/claimObjects';
import type { ClaimingEntity, FoundObject } from '../scope/claims';
import type { Scope, ScopeSource } from '../scope/model';
import { entitiesWritten } from './entitiesWritten';
import { judgeStep } from './judge/judgeStep';
import { INVENTORY } from './testUtils/inventory';

const AUTH = 'component:default/auth';
const PAY = 'component:default/pay';
const ETC = 'component:default/etc';
const EVERYBODY = [AUTH, ETC, PAY];
const ID = 'backstage.io/kubernetes-id';

function found(
  kind: string,
  name: string,
  labels: Record<string, string> = {},
  spec?: object,
  owner?: string,
): FoundObject {
  const [resource, ...group] = kind.split('.');
  const [ownerKind, ownerName] = owner?.split('/') ?? [];
  return {
    group: group.join('.'),
    resource,
    object: {
      metadata: {
        name,
        uid: `${resource}/${name}`,
        labels,
        ...(owner
          ? {
              ownerReferences: [
                { uid: owner, kind: ownerKind, name: ownerName },
              ],
            }
          : {}),
      },
      ...(spec ? { spec } : {}),
    },
  };
}

function pods(labels: Record<string, string>, pod: object = {}) {
  return {
    selector: { matchLabels: labels },
    template: { metadata: { labels }, spec: pod },
  };
}

function withSecret(secretName: string) {
  return { volumes: [{ secret: { secretName } }] };
}

/** A workload, a Secret of an operator that no pod here uses, the release of another team. */
const THERE = [
  found(
    'deployments.apps',
    'auth',
    { app: 'auth' },
    pods(
      { app: 'auth' },
      { ...withSecret('auth-key'), serviceAccountName: 'auth-account' },
    ),
  ),
  found(
    'deployments.apps',
    'pay',
    { [ID]: 'pay' },
    pods({ app: 'pay', [ID]: 'pay' }, withSecret('pay-key')),
  ),
  found('deployments.apps', 'etc', { app: 'etc' }, pods({ app: 'etc' })),
  found(
    'deployments.apps',
    'operator',
    { app: 'operator' },
    pods(
      { app: 'operator' },
      { ...withSecret('operator-key'), serviceAccountName: 'operator' },
    ),
  ),
  ...['auth-key', 'pay-key', 'operator-key', 'settlement-key'].map(name =>
    found('secrets', name),
  ),
  found('secrets', 'sh.helm.release.v1.pay.v1', { owner: 'helm', name: 'pay' }),
  found('secrets', 'auth-more', { app: 'auth' }),
  found('secrets', 'auth-named', { [ID]: 'auth' }),
  found('serviceaccounts', 'auth-account'),
  found('serviceaccounts', 'operator'),
  found('serviceaccounts', 'ledger-operator', { app: 'auth' }),
  found('persistentvolumeclaims', 'lost'),
];

const RULE: ScopeSource = { kind: 'configuration', rule: 'shared' };

interface Asking {
  manifest?: string;
  /** Besides what is there. */
  objects?: FoundObject[];
  /** Selector of the card of auth. */
  card?: string;
  source?: ScopeSource;
  cards?: Card[];
}

type Card = [
  entityRef: string,
  selector: string,
  more?: Partial<ClaimingEntity>,
];

/** Whom a step of auth asks. */
function asked(
  text: string,
  {
    manifest,
    objects = [],
    card = 'app=auth',
    source = RULE,
    cards,
  }: Asking = {},
) {
  const scope: Scope = {
    source,
    namespaces: ['shared'],
    reads: 'cluster',
    grants: [],
  };
  const { writes, secrets } = judgeStep({
    text,
    environment: {},
    waiting: [],
    hidden: [],
    fileText: path => (path === 'm.yaml' ? manifest : undefined),
    inventory: INVENTORY,
    observeOnly: false,
    scope,
    namespace: 'shared',
    folders: [''],
  });
  return entitiesWritten({
    entityRef: AUTH,
    writes,
    secrets,
    scope,
    namespace: 'shared',
    present: claimObjects({
      namespace: 'shared',
      entities: (
        cards ?? [
          [AUTH, card],
          [PAY, `${ID}=pay`],
          [ETC, 'app=etc'],
        ]
      ).map(([entityRef, selector, more]) => {
        const read = parseLabelSelector(selector);
        return {
          entityRef,
          id: entityRef.split('/')[1],
          requirements: read.ok ? read.requirements : [],
          ...more,
        };
      }),
      objects: [...THERE, ...objects],
      unread: [],
    }),
  });
}

function reading(name: string) {
  return `kubectl get secret ${name} -o yaml`;
}

function yaml(apiVersion: string, kind: string, rest: object): string {
  const { metadata, ...more } = { metadata: {}, ...rest };
  return JSON.stringify({
    apiVersion,
    kind,
    metadata: { name: 'auth-x', ...metadata },
    ...more,
  });
}

const TLS = {
  rules: [{ host: 'auth.example.com' }],
  tls: [{ hosts: ['auth.example.com'], secretName: 'settlement-key' }],
};
const IMAGE = { containers: [{ name: 'a', image: 'b' }] };

describe('a Secret that nobody has stays everybody’s, whatever one writes of it', () => {
  it('is everybody’s to begin with', () => {
    expect(asked(reading('settlement-key'))).toEqual(EVERYBODY);
    expect(asked(reading('sh.helm.release.v1.pay.v1'))).toEqual(EVERYBODY);
  });

  it.each<[string, FoundObject]>([
    [
      'a certificate of an Ingress',
      found('ingresses.networking.k8s.io', 'auth-tls', { app: 'auth' }, TLS),
    ],
    [
      'a pull secret of a workload',
      found(
        'deployments.apps',
        'puller',
        { app: 'auth' },
        pods(
          { app: 'auth' },
          { imagePullSecrets: [{ name: 'settlement-key' }] },
        ),
      ),
    ],
    [
      'a volume of a Job',
      found(
        'jobs.batch',
        'once',
        { app: 'auth' },
        pods({ app: 'auth' }, withSecret('settlement-key')),
      ),
    ],
    [
      'a volume of a pod that nothing made',
      found('pods', 'once', { app: 'auth' }, withSecret('settlement-key')),
    ],
    [
      'the owner of an object',
      found(
        'configmaps',
        'owned',
        { app: 'auth' },
        undefined,
        'secrets/settlement-key',
      ),
    ],
  ])('where one’s own object names it as %s', (_, object) => {
    expect(asked(reading('settlement-key'), { objects: [object] })).toEqual(
      EVERYBODY,
    );
  });

  it.each(['owner=helm,name=pay', 'owner=helm', 'app!=pay', 'owner', '!app'])(
    'where one’s own card selects it: %s',
    card => {
      expect(asked(reading('sh.helm.release.v1.pay.v1'), { card })).toEqual(
        EVERYBODY,
      );
    },
  );

  it.each([
    'kubectl label secret settlement-key backstage.io/kubernetes-id=auth',
    'kubectl annotate secret settlement-key a=b',
    'kubectl delete secret settlement-key',
    'kubectl delete pvc lost',
    'kubectl annotate sa operator a=b',
  ])('for a write of it as for a reading: %s', text => {
    expect(asked(text)).toEqual(EVERYBODY);
  });

  it('for an Ingress that takes it as its certificate', () => {
    const manifest = yaml('networking.k8s.io/v1', 'Ingress', { spec: TLS });
    expect(asked('kubectl apply -f m.yaml', { manifest })).toEqual(EVERYBODY);
    expect(
      asked(
        'kubectl create ingress auth-x --rule=x.example.com/*=web:80,tls=settlement-key',
      ),
    ).toEqual(EVERYBODY);
  });

  it.each<[string, object]>([
    ['an account that nobody has', { serviceAccountName: 'operator' }],
    [
      'an account that only one’s own card selects',
      { serviceAccountName: 'ledger-operator' },
    ],
    ['an account that is not there yet', { serviceAccountName: 'later' }],
    [
      'an account that nobody has, in the old spelling',
      { serviceAccount: 'operator' },
    ],
    [
      'an account in the old spelling beside its own',
      { serviceAccountName: 'default', serviceAccount: 'ledger-operator' },
    ],
    [
      'a volume that nobody has',
      { volumes: [{ persistentVolumeClaim: { claimName: 'lost' } }] },
    ],
  ])('and so does what gives its data: a job with %s', (_, pod) => {
    const manifest = yaml('batch/v1', 'Job', {
      spec: { template: { spec: { ...IMAGE, ...pod } } },
    });
    expect(asked('kubectl create -f m.yaml', { manifest })).toEqual(EVERYBODY);
  });

  it('also where its reader is a workload that no card has', () => {
    expect(asked('kubectl set image deployment/operator a=b:2')).toEqual(
      EVERYBODY,
    );
    expect(asked('kubectl exec deployment/operator -- env')).toEqual(EVERYBODY);
  });
});

describe('a card says less than the objects themselves', () => {
  it('a selector that finds what is labelled as another’s is wide: it only adds its owner', () => {
    const objects = [
      found(
        'deployments.apps',
        'other',
        { part: 'all', [ID]: 'somebody' },
        pods({ part: 'all' }),
      ),
      found(
        'deployments.apps',
        'nobodys',
        { part: 'all' },
        pods({ part: 'all' }, withSecret('settlement-key')),
      ),
    ];
    expect(
      asked(reading('settlement-key'), { objects, card: 'part=all' }),
    ).toEqual(EVERYBODY);
    expect(asked(reading('pay-key'), { objects, card: 'app=pay' })).toEqual([
      AUTH,
      PAY,
    ]);
  });

  it('a label with any id keeps what a card does not describe from being taken by another', () => {
    const objects = [
      found(
        'deployments.apps',
        'guarded',
        { app: 'auth', [ID]: 'platform' },
        pods({ app: 'auth' }, withSecret('settlement-key')),
      ),
    ];
    expect(asked(reading('settlement-key'), { objects })).toEqual(EVERYBODY);
  });

  it('everybody’s stays everybody’s where a rule goes by what a card says', () => {
    const source: ScopeSource = { ...RULE, claimed: true };
    expect(asked('kubectl annotate configmap none a=b', { source })).toEqual(
      EVERYBODY,
    );
    expect(
      asked('kubectl scale deployment auth --replicas=2', { source }),
    ).toEqual([AUTH]);
  });
});

describe('a label with the id of nobody who is there guards an object, whatever one writes into a card', () => {
  const objects = [
    found(
      'deployments.apps',
      'guarded',
      { app: 'guarded', [ID]: 'platform' },
      pods({ app: 'guarded' }, withSecret('settlement-key')),
    ),
    found('secrets', 'cert', { [ID]: 'platform' }),
  ];
  const steps = [
    reading('cert'),
    'kubectl delete secret cert',
    reading('settlement-key'),
    'kubectl set image deployment/guarded a=b',
  ];
  const others: Card[] = [
    [PAY, `${ID}=pay`],
    [ETC, 'app=etc'],
  ];
  const selecting = `${ID}=platform`;

  it.each<[string, Card]>([
    ['a selector', [AUTH, selecting]],
    ['a selector with one’s own name', [AUTH, `${ID} in (platform,auth)`]],
    ['an annotation', [AUTH, selecting, { id: 'platform' }]],
    ['both', [AUTH, `app=guarded,${ID}=platform`, { id: 'platform' }]],
    ['an annotation in other letters', [AUTH, 'app=auth', { id: 'Platform' }]],
  ])('%s', (_, card) => {
    for (const text of steps)
      expect(asked(text, { objects, cards: [card, ...others] })).toEqual(
        EVERYBODY,
      );
  });

  it('also of one whom a rule names, for a Secret with that label itself', () => {
    const cards: Card[] = [
      [AUTH, selecting, { id: 'platform', isNamed: true }],
      ...others,
    ];
    expect(asked(reading('cert'), { objects, cards })).toEqual(EVERYBODY);
    expect(asked('kubectl delete secret cert', { objects, cards })).toEqual(
      EVERYBODY,
    );
  });

  it('what else one’s selector finds is not taken with it either', () => {
    const unlabelled = found(
      'deployments.apps',
      'beside',
      { app: 'guarded' },
      pods({ app: 'guarded' }, withSecret('operator-key')),
    );
    const cards: Card[] = [
      [AUTH, 'app=guarded', { id: 'platform' }],
      ...others,
    ];
    expect(
      asked('kubectl set image deployment/beside a=b', {
        objects: [...objects, unlabelled],
        cards,
      }),
    ).toEqual(EVERYBODY);
  });
});

describe('a label with the id of somebody who is there', () => {
  const ELSEWHERE = 'resource:other/pay';
  const secret = found('secrets', 'pay-cert', { [ID]: 'pay' });

  it('is theirs, also where the annotation of their card has another id: one who names it is asked besides', () => {
    const cards: Card[] = [
      [AUTH, `${ID}=pay`, { id: 'pay' }],
      [PAY, `${ID}=payments`, { id: 'payments' }],
      [ETC, 'app=etc'],
    ];
    for (const text of [
      reading('pay-cert'),
      reading('pay-key'),
      'kubectl set image deployment/pay a=b',
    ])
      expect(asked(text, { objects: [secret], cards })).toEqual([AUTH, PAY]);
  });

  it('is of each who has that name, in whatever namespace of the catalog', () => {
    const cards: Card[] = [
      [AUTH, 'app=auth'],
      [PAY, `${ID}=payments`, { id: 'payments' }],
      [ELSEWHERE, 'app=x', { id: 'x' }],
      [ETC, 'app=etc'],
    ];
    expect(asked(reading('pay-cert'), { objects: [secret], cards })).toEqual([
      PAY,
      ELSEWHERE,
    ]);
  });

  it('is theirs in other letters', () => {
    const objects = [found('secrets', 'loud', { [ID]: 'PAY' })];
    expect(asked(reading('loud'), { objects })).toEqual([PAY]);
  });
});

describe('a team whose id is not the name of its entity', () => {
  const objects = [
    found(
      'deployments.apps',
      'guard',
      { [ID]: 'auth-v2' },
      pods({ app: 'guard' }, withSecret('settlement-key')),
    ),
    found(
      'deployments.apps',
      'plain',
      { [ID]: 'auth-v2' },
      pods({ app: 'plain' }),
    ),
  ];
  const cards = (more: Partial<ClaimingEntity>): Card[] => [
    [AUTH, `${ID}=auth-v2`, { id: 'auth-v2', ...more }],
    [PAY, `${ID}=pay`],
    [ETC, 'app=etc'],
  ];
  const change = 'kubectl set image deployment/guard a=b';

  it('is asked alone for what gives no data, and with everybody for what does', () => {
    const there = { objects, cards: cards({}) };
    expect(asked('kubectl set image deployment/plain a=b', there)).toEqual([
      AUTH,
    ]);
    for (const text of [change, reading('settlement-key')])
      expect(asked(text, there)).toEqual(EVERYBODY);
  });

  it('is asked alone where a rule names the entity', () => {
    for (const text of [change, reading('settlement-key')])
      expect(asked(text, { objects, cards: cards({ isNamed: true }) })).toEqual(
        [AUTH],
      );
  });
});

describe('the everyday of a team in a shared namespace asks nobody else', () => {
  it.each([
    reading('auth-key'),
    reading('auth-named'),
    'kubectl scale deployment auth --replicas=3',
    'kubectl rollout restart deployment/auth',
    'kubectl create serviceaccount auth-new',
    'kubectl create configmap auth-new --from-literal=a=b',
    'kubectl annotate sa auth-account a=b',
    'kubectl run auth-x --image=a',
    'kubectl delete pod auth-x',
  ])('%s', text => {
    expect(asked(text)).toEqual([AUTH]);
  });

  it('a workload with its own account, its volume and a pull secret', () => {
    const deployment = yaml('apps/v1', 'Deployment', {
      spec: pods(
        { app: 'auth' },
        {
          ...IMAGE,
          serviceAccountName: 'auth-account',
          imagePullSecrets: [{ name: 'registry' }],
        },
      ),
    });
    expect(asked('kubectl apply -f m.yaml', { manifest: deployment })).toEqual([
      AUTH,
    ]);
  });

  it('a new workload with an account and a volume that the same manifest makes', () => {
    const items = [
      yaml('v1', 'ServiceAccount', { metadata: { name: 'new-account' } }),
      yaml('v1', 'PersistentVolumeClaim', { metadata: { name: 'new-data' } }),
      yaml('apps/v1', 'Deployment', {
        spec: pods(
          { app: 'auth' },
          {
            ...IMAGE,
            serviceAccountName: 'new-account',
            volumes: [
              { name: 'v', persistentVolumeClaim: { claimName: 'new-data' } },
            ],
          },
        ),
      }),
    ].map(text => JSON.parse(text));
    const manifest = JSON.stringify({ apiVersion: 'v1', kind: 'List', items });
    expect(asked('kubectl apply -f m.yaml', { manifest })).toEqual([AUTH]);
  });

  it('an Ingress that is applied once more with the certificate that it has', () => {
    const objects = [
      found('ingresses.networking.k8s.io', 'auth-x', { app: 'auth' }, TLS),
    ];
    const manifest = yaml('networking.k8s.io/v1', 'Ingress', { spec: TLS });
    expect(asked('kubectl apply -f m.yaml', { manifest, objects })).toEqual([
      AUTH,
    ]);
  });

  it('a namespace with one team: whatever is there', () => {
    const cards: Asking['cards'] = [[AUTH, 'app=auth']];
    for (const text of [
      reading('settlement-key'),
      'kubectl delete secret settlement-key',
      'kubectl set image deployment/operator a=b:2',
    ])
      expect(asked(text, { cards })).toEqual([AUTH]);
  });
});

const SET = { ...pods({ app: 'db' }, IMAGE) };

function set(name: string, spec: object = {}) {
  return yaml('apps/v1', 'StatefulSet', {
    metadata: { name },
    spec: {
      ...SET,
      volumeClaimTemplates: [{ metadata: { name: 'ledger' } }],
      ...spec,
    },
  });
}

describe('a StatefulSet takes claims by their names', () => {
  const claim = found('persistentvolumeclaims', 'ledger-data-7', {
    [ID]: 'pay',
  });
  const ofSet = (name: string, labels: Record<string, string> = {}) =>
    found('persistentvolumeclaims', name, labels);
  const there = found(
    'statefulsets.apps',
    'data',
    { [ID]: 'auth' },
    {
      ...pods({ app: 'auth', [ID]: 'auth' }),
      volumeClaimTemplates: [{ metadata: { name: 'ledger' } }],
    },
  );

  it.each([0, 1, 3])(
    'a new one asks whoever has a claim that fits, whatever its number and with %i replicas',
    replicas => {
      const manifest = set('data', { replicas });
      for (const verb of ['apply', 'create'])
        expect(
          asked(`kubectl ${verb} -f m.yaml`, { manifest, objects: [claim] }),
        ).toEqual([AUTH, PAY]);
    },
  );

  it('a new one asks everybody where nobody has the claim', () => {
    const objects = [ofSet('ledger-data-0')];
    expect(
      asked('kubectl apply -f m.yaml', { manifest: set('data'), objects }),
    ).toEqual(EVERYBODY);
  });

  it('a new one whose claims are not there asks nobody else', () => {
    for (const name of ['ledger-other-0', 'ledger-data-x', 'data-0'])
      expect(
        asked('kubectl apply -f m.yaml', {
          manifest: set('data'),
          objects: [ofSet(name, { [ID]: 'pay' })],
        }),
      ).toEqual([AUTH]);
  });

  it.each([
    'kubectl scale statefulset data --replicas=1',
    `kubectl patch statefulset data -p '{"spec":{"replicas":2}}'`,
    `kubectl patch statefulset data --type=json -p '[{"op":"replace","path":"/spec/replicas","value":2}]'`,
    `kubectl patch statefulset data -p '{"spec":{"ordinals":{"start":7}}}'`,
    `kubectl patch statefulset data -p '{"spec":{"persistentVolumeClaimRetentionPolicy":{"whenScaled":"Delete"}}}'`,
    'kubectl autoscale statefulset data --name=auth-x --max=8',
    'kubectl delete statefulset data',
  ])('%s asks whoever has the claim, and everybody where nobody has', text => {
    expect(asked(text, { objects: [there, claim] })).toEqual([AUTH, PAY]);
    expect(asked(text, { objects: [there, ofSet('ledger-data-0')] })).toEqual(
      EVERYBODY,
    );
  });

  it('its own claims, which have the labels of its selector, ask nobody else', () => {
    const objects = [
      there,
      ofSet('ledger-data-0', { app: 'auth', [ID]: 'auth' }),
      ofSet('ledger-data-1', { app: 'auth', [ID]: 'auth' }),
    ];
    for (const text of [
      'kubectl scale statefulset data --replicas=3',
      'kubectl delete pvc ledger-data-1',
      'kubectl rollout restart statefulset/data',
    ])
      expect(asked(text, { objects })).toEqual([AUTH]);
  });
});

describe('what acts upon something that is not there yet', () => {
  const autoscaler = (name: string) =>
    yaml('autoscaling/v2', 'HorizontalPodAutoscaler', {
      spec: {
        scaleTargetRef: { apiVersion: 'apps/v1', kind: 'Deployment', name },
        maxReplicas: 1,
      },
    });
  const ingress = yaml('networking.k8s.io/v1', 'Ingress', {
    spec: {
      rules: [
        {
          host: 'x.example.com',
          http: { paths: [{ backend: { service: { name: 'later' } } }] },
        },
      ],
    },
  });

  it.each([
    ['an autoscaler', autoscaler('later')],
    ['an Ingress', ingress],
  ])('asks everybody, who may make it: %s', (_, manifest) => {
    expect(asked('kubectl apply -f m.yaml', { manifest })).toEqual(EVERYBODY);
  });

  it('asks nobody else where the same step makes it, or where it is there', () => {
    const items = [
      yaml('apps/v1', 'Deployment', {
        metadata: { name: 'later' },
        spec: pods({ app: 'auth' }, IMAGE),
      }),
      autoscaler('later'),
    ].map(text => JSON.parse(text));
    const manifest = JSON.stringify({ apiVersion: 'v1', kind: 'List', items });
    expect(asked('kubectl apply -f m.yaml', { manifest })).toEqual([AUTH]);
    expect(
      asked('kubectl apply -f m.yaml', { manifest: autoscaler('auth') }),
    ).toEqual([AUTH]);
  });
});

describe('a new workload whose selector would take over pods', () => {
  it('asks whoever has them', () => {
    const manifest = yaml('apps/v1', 'ReplicaSet', {
      spec: {
        selector: { matchLabels: { app: 'etc' } },
        template: { metadata: { labels: { app: 'etc' } }, spec: IMAGE },
      },
    });
    expect(asked('kubectl create -f m.yaml', { manifest })).toEqual([
      AUTH,
      ETC,
    ]);
  });
});
