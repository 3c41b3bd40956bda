import { requirementsOf } from '../health/labelSelector';
import { decideCall } from '../gateway/decideCall';
import { describeRequest } from '../gateway/describeRequest';
import { readRequestBody } from '../gateway/requestBody';
import { claimObjects } from '../scope/claimObjects';
import type { FoundObject } from '../scope/claims';
import type { Scope } from '../scope/model';
import { entitiesWritten } from './entitiesWritten';
import { judgeStep } from './judge/judgeStep';
import { INVENTORY } from './testUtils/inventory';

const AUTH = 'component:default/auth';
const PAY = 'component:default/pay';
const SCOPE: Scope = {
  source: { kind: 'configuration', rule: 'shared' },
  namespaces: ['shared'],
  reads: 'cluster',
  grants: [],
};

function found(
  kind: string,
  name: string,
  app: string,
  spec: object = {},
): FoundObject {
  const [resource, ...group] = kind.split('.');
  return {
    group: group.join('.'),
    resource,
    object: {
      metadata: { name, uid: `${resource}/${name}`, labels: { app } },
      spec,
    },
  };
}

function workload(app: string): FoundObject {
  return found('deployments.apps', app, app, {
    selector: { matchLabels: { app } },
    template: {
      metadata: { labels: { app, tier: 'web' } },
      spec: {
        serviceAccountName: `${app}-account`,
        volumes: [
          { persistentVolumeClaim: { claimName: `${app}-ledger` } },
          { configMap: { name: `${app}-settings` } },
          { configMap: { name: `${app}-later` } },
        ],
      },
    },
  });
}

const PRESENT = claimObjects({
  namespace: 'shared',
  entities: [
    [AUTH, 'auth'],
    [PAY, 'pay'],
  ].map(([entityRef, app]) => ({
    entityRef,
    requirements: requirementsOf({ app }),
  })),
  objects: ['auth', 'pay']
    .flatMap(app => [
      workload(app),
      found('services', app, app, { selector: { app } }),
      found('ingresses.networking.k8s.io', app, app, {
        rules: [{ host: `${app}.example.com`, http: { paths: [] } }],
      }),
      found('statefulsets.apps', `${app}-db`, app),
      found('cronjobs.batch', `${app}-settle`, app),
      found('horizontalpodautoscalers.autoscaling', `${app}-hpa`, app, {
        scaleTargetRef: { kind: 'Deployment', name: app },
      }),
      found('persistentvolumeclaims', `${app}-ledger`, ''),
      found('configmaps', `${app}-settings`, ''),
      found('serviceaccounts', `${app}-account`, ''),
    ])
    .concat(found('services', 'new', '')),
  unread: [],
});

function judge(text: string, manifest?: string) {
  return judgeStep({
    text,
    environment: {},
    waiting: [],
    hidden: [],
    fileText: path => (path === 'm.yaml' ? manifest : undefined),
    inventory: INVENTORY,
    observeOnly: false,
    scope: SCOPE,
    namespace: 'shared',
    folders: [''],
  });
}

/** Whom a step of auth asks. */
function asked(text: string, manifest?: string) {
  const { writes, secrets } = judge(text, manifest);
  return entitiesWritten({
    entityRef: AUTH,
    writes,
    secrets,
    scope: SCOPE,
    namespace: 'shared',
    present: PRESENT,
  });
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

const IMAGE = { containers: [{ name: 'a', image: 'b' }] };

function job(pod: object): string {
  return yaml('batch/v1', 'Job', {
    spec: { template: { spec: { ...IMAGE, ...pod } } },
  });
}

function deployment(labels: object, pod: object = {}): string {
  return yaml('apps/v1', 'Deployment', {
    spec: {
      selector: { matchLabels: labels },
      template: { metadata: { labels }, spec: { ...IMAGE, ...pod } },
    },
  });
}

function service(selector: object): string {
  return yaml('v1', 'Service', { spec: { selector, ports: [{ port: 80 }] } });
}

function ingress(host: string | undefined, name: string): string {
  return yaml('networking.k8s.io/v1', 'Ingress', {
    spec: {
      rules: [
        {
          ...(host === undefined ? {} : { host }),
          http: {
            paths: [{ backend: { service: { name, port: { number: 80 } } } }],
          },
        },
      ],
    },
  });
}

function autoscaler(name: string): string {
  return yaml('autoscaling/v2', 'HorizontalPodAutoscaler', {
    spec: {
      scaleTargetRef: { apiVersion: 'apps/v1', kind: 'Deployment', name },
      minReplicas: 1,
      maxReplicas: 1,
    },
  });
}

function owned(kind: string, name: string): string {
  return yaml('v1', 'ConfigMap', {
    metadata: {
      ownerReferences: [{ apiVersion: 'apps/v1', kind, name, uid: 'x' }],
    },
  });
}

function against(app: string) {
  return {
    affinity: {
      podAntiAffinity: {
        requiredDuringSchedulingIgnoredDuringExecution: [
          {
            labelSelector: {
              matchExpressions: [{ key: 'app', operator: 'In', values: [app] }],
            },
            topologyKey: 'kubernetes.io/hostname',
          },
        ],
      },
    },
  };
}

/** Kinds that make pods, and where they have them. */
const WORKLOADS: Array<[string, string, (pod: object) => object]> = [
  ['v1', 'Pod', spec => ({ spec })],
  ['apps/v1', 'Deployment', spec => ({ spec: { template: { spec } } })],
  ['apps/v1', 'StatefulSet', spec => ({ spec: { template: { spec } } })],
  ['apps/v1', 'DaemonSet', spec => ({ spec: { template: { spec } } })],
  ['apps/v1', 'ReplicaSet', spec => ({ spec: { template: { spec } } })],
  [
    'batch/v1',
    'CronJob',
    spec => ({ spec: { jobTemplate: { spec: { template: { spec } } } } }),
  ],
];

const OWN_VOLUME = { volumeClaimTemplate: { spec: {} } };

/** A volume of its own that is filled with what another has. */
function copyOf(app: string) {
  return {
    volumeClaimTemplate: {
      spec: {
        dataSource: { kind: 'PersistentVolumeClaim', name: `${app}-ledger` },
      },
    },
  };
}

/** A manifest of one's own that acts upon what the given team has. */
const MANIFESTS: Array<[string, (app: string) => string]> = [
  ['an autoscaler of its workload', autoscaler],
  ['a Service that selects its pods', app => service({ app })],
  ['an Ingress to its Service', app => ingress('x.example.com', app)],
  ['an Ingress with its name', app => ingress(`${app}.example.com`, 'new')],
  [
    'a job with its volume',
    app =>
      job({
        volumes: [
          { name: 'v', persistentVolumeClaim: { claimName: `${app}-ledger` } },
        ],
      }),
  ],
  [
    'a job with its settings',
    app =>
      job({
        containers: [
          {
            name: 'a',
            image: 'b',
            envFrom: [{ configMapRef: { name: `${app}-settings` } }],
          },
        ],
      }),
  ],
  [
    'a job under its account',
    app => job({ serviceAccountName: `${app}-account` }),
  ],
  [
    'a job under its account, in the old spelling',
    app => job({ serviceAccount: `${app}-account` }),
  ],
  ...WORKLOADS.map(
    ([apiVersion, kind, at]): [string, (app: string) => string] => [
      `a ${kind} under its account, in the old spelling`,
      app =>
        yaml(
          apiVersion,
          kind,
          at({ ...IMAGE, serviceAccount: `${app}-account` }),
        ),
    ],
  ),
  [
    'a job with a copy of its volume',
    app => job({ volumes: [{ name: 'v', ephemeral: copyOf(app) }] }),
  ],
  [
    'a StatefulSet with copies of its volume',
    app =>
      yaml('apps/v1', 'StatefulSet', {
        spec: {
          template: { metadata: { labels: { a: 'b' } }, spec: IMAGE },
          volumeClaimTemplates: [
            { metadata: { name: 'v' }, ...copyOf(app).volumeClaimTemplate },
          ],
        },
      }),
  ],
  ['pods that its Service finds', app => deployment({ app })],
  [
    'a ReplicaSet that its Deployment takes over',
    app =>
      yaml('apps/v1', 'ReplicaSet', {
        metadata: { labels: { app } },
        spec: { template: { metadata: { labels: { a: 'b' } }, spec: IMAGE } },
      }),
  ],
  [
    'a pod with its labels',
    app => yaml('v1', 'Pod', { metadata: { labels: { app } }, spec: IMAGE }),
  ],
  [
    'addresses for its Service',
    app =>
      yaml('discovery.k8s.io/v1', 'EndpointSlice', {
        metadata: { labels: { 'kubernetes.io/service-name': app } },
        addressType: 'IPv4',
        endpoints: [],
      }),
  ],
  ['what is deleted with its workload', app => owned('Deployment', app)],
  ['pods that keep its own away', app => deployment({ a: 'b' }, against(app))],
  [
    'a copy of its volume',
    app =>
      yaml('v1', 'PersistentVolumeClaim', {
        spec: {
          dataSource: { kind: 'PersistentVolumeClaim', name: `${app}-ledger` },
        },
      }),
  ],
];

describe('a new object that acts upon what another team has', () => {
  it.each(MANIFESTS)('asks that team too: %s', (_, manifest) => {
    for (const verb of ['apply', 'create'])
      expect([
        verb,
        asked(`kubectl ${verb} -f m.yaml`, manifest('pay')),
      ]).toEqual([verb, [AUTH, PAY]]);
  });

  it.each(MANIFESTS)(
    'asks one’s own team alone for one’s own: %s',
    (_, manifest) => {
      expect(asked('kubectl create -f m.yaml', manifest('auth'))).toEqual([
        AUTH,
      ]);
    },
  );

  it('has what somebody waits for', () => {
    expect(asked('kubectl create configmap pay-later')).toEqual([PAY]);
  });

  it.each([
    ['kubectl autoscale deployment pay --name=auth-x --max=1', [AUTH, PAY]],
    ['kubectl autoscale deployment auth --name=auth-x --max=1', [AUTH]],
    ['kubectl expose deployment pay --name=auth-x --port=80', [AUTH, PAY]],
    ['kubectl expose deployment auth --name=auth-x --port=80', [AUTH]],
    ['kubectl create job auth-x --from=cronjob/pay-settle', [AUTH, PAY]],
    ['kubectl create job auth-x --from=cronjob/auth-settle', [AUTH]],
    [
      'kubectl create ingress auth-x --rule=x.example.com/*=pay:80',
      [AUTH, PAY],
    ],
    [
      'kubectl create ingress auth-x --rule=pay.example.com/*=new:80',
      [AUTH, PAY],
    ],
    ['kubectl create service clusterip pay --tcp=80', [PAY]],
    ['kubectl create deployment auth-x --image=a', [AUTH]],
    ['kubectl run auth-x --image=a --labels=app=pay', [AUTH, PAY]],
    ['kubectl run auth-x --image=a', [AUTH]],
    // It takes the place of the next replica of a set that is there.
    ['kubectl run pay-db-1 --image=a', [AUTH, PAY]],
    ['kubectl run auth-db-1 --image=a', [AUTH]],
    ['kubectl run other-db-1 --image=a', [AUTH]],
    [
      `kubectl run auth-x --image=a --overrides='{"metadata":{"labels":{"app":"pay"}}}'`,
      [AUTH, PAY],
    ],
    [
      `kubectl patch hpa auth-hpa --type=merge -p '{"spec":{"scaleTargetRef":{"apiVersion":"apps/v1","kind":"Deployment","name":"pay"}}}'`,
      [AUTH, PAY],
    ],
    [
      `kubectl patch service auth -p '{"spec":{"selector":{"app":"pay"}}}'`,
      [AUTH, PAY],
    ],
    [
      `kubectl patch service auth --type=json -p '[{"op":"remove","path":"/spec/selector/app"}]'`,
      [AUTH, PAY],
    ],
    [
      `kubectl patch deployment auth -p '{"spec":{"template":{"metadata":{"labels":{"app":"pay"}}}}}'`,
      [AUTH, PAY],
    ],
    [
      `kubectl patch deployment auth -p '{"spec":{"template":{"spec":{"volumes":[{"name":"v","persistentVolumeClaim":{"claimName":"pay-ledger"}}]}}}}'`,
      [AUTH, PAY],
    ],
    [
      `kubectl patch deployment auth -p '{"spec":{"template":{"spec":{"serviceAccount":"pay-account"}}}}'`,
      [AUTH, PAY],
    ],
    [
      `kubectl patch deployment auth --type=merge -p '{"spec":{"template":{"spec":{"serviceAccountName":null,"serviceAccount":"pay-account"}}}}'`,
      [AUTH, PAY],
    ],
    [
      `kubectl patch cronjob auth-settle --type=json -p '[{"op":"add","path":"/spec/jobTemplate/spec/template/spec/serviceAccount","value":"pay-account"}]'`,
      [AUTH, PAY],
    ],
    [
      `kubectl patch deployment auth -p '{"spec":{"template":{"spec":{"serviceAccount":"auth-account"}}}}'`,
      [AUTH],
    ],
    [
      `kubectl patch deployment auth --type=json -p '[{"op":"copy","from":"/a","path":"/spec/template/metadata/labels"}]'`,
      [AUTH, PAY],
    ],
    [`kubectl patch deployment auth -p "$(cat p)"`, [AUTH, PAY]],
    [
      'kubectl set env deployment/auth --from=configmap/pay-settings',
      [AUTH, PAY],
    ],
    ['kubectl set selector service auth app=pay', [AUTH, PAY]],
    ['kubectl label pod auth-1 app=pay', [AUTH, PAY]],
    // What is of a kind that nobody reads may be anybody's.
    [
      `kubectl patch endpoints pay-ext --type=merge -p '{"metadata":{"annotations":{"a":"b"}}}'`,
      [AUTH, PAY],
    ],
    ['kubectl scale rc/pay-rc --replicas=1', [AUTH, PAY]],
    ['kubectl annotate virtualservice pay-route a=b', [AUTH, PAY]],
    ['kubectl annotate lease pay-leader a=b', [AUTH, PAY]],
    // Ordinary changes of one's own ask nobody else.
    ['kubectl scale deployment auth --replicas=3', [AUTH]],
    ['kubectl rollout restart deployment/auth', [AUTH]],
    ['kubectl rollout undo deployment/auth', [AUTH]],
    ['kubectl set image deployment/auth a=b:2', [AUTH]],
    ['kubectl annotate deployment auth a=b', [AUTH]],
    [`kubectl patch deployment auth -p '{"spec":{"paused":true}}'`, [AUTH]],
    [`kubectl patch hpa auth-hpa -p '{"spec":{"maxReplicas":5}}'`, [AUTH]],
  ])('%s asks %j', (text, refs) => {
    expect(asked(text)).toEqual(refs);
  });

  it.each([
    [
      'a claim by its own name and that of a volume',
      { volumes: [{ name: '1', ephemeral: OWN_VOLUME }] },
    ],
    [
      'a device by its name',
      { resourceClaims: [{ name: 'a', resourceClaimName: 'pay-device' }] },
    ],
  ])('asks everybody for a pod that makes or takes %s', (_, pod) => {
    expect(
      asked(
        'kubectl create -f m.yaml',
        yaml('v1', 'Pod', { spec: { ...IMAGE, ...pod } }),
      ),
    ).toEqual([AUTH, PAY]);
  });

  it.each([
    ['data', [AUTH]],
    ['db-1', [AUTH, PAY]],
    ['1', [AUTH, PAY]],
  ])(
    'a workload whose pods have a volume of their own by the name %s asks %j',
    (name, refs) => {
      const manifest = job({ volumes: [{ name, ephemeral: OWN_VOLUME }] });
      expect(asked('kubectl create -f m.yaml', manifest)).toEqual(refs);
    },
  );

  it('asks everybody where its kind is not understood', () => {
    const text = yaml('keda.sh/v1alpha1', 'ScaledObject', {
      spec: { scaleTargetRef: { name: 'pay' } },
    });
    expect(asked('kubectl apply -f m.yaml', text)).toEqual([AUTH, PAY]);
  });

  it.each([
    'kubectl expose deployment auth --name=y --external-ip=10.0.0.1 --port=80',
    'kubectl expose deployment auth --name=y --load-balancer-ip=10.0.0.1 --port=80',
    `kubectl expose deployment auth --name=y --overrides='{"spec":{"externalIPs":["10.0.0.1"]}}'`,
    'kubectl expose deployment auth --name=y --type=ExternalName',
    'kubectl create service externalname z --external-name=evil.example',
  ])('is destructive where it takes addresses of its own choice: %s', text => {
    expect(judge(text).effect).toBe('destructive');
  });

  it.each([
    yaml('v1', 'Service', { spec: { externalIPs: ['10.0.0.1'] } }),
    yaml('v1', 'ServiceAccount', {
      metadata: { annotations: { 'eks.amazonaws.com/role-arn': 'x' } },
    }),
    yaml('v1', 'Endpoints', { subsets: [] }),
    yaml('discovery.k8s.io/v1', 'EndpointSlice', { endpoints: [] }),
    yaml('argoproj.io/v1alpha1', 'Application', {
      metadata: { finalizers: ['a/b'] },
    }),
  ])('is destructive where it is created as where it is applied: %s', text => {
    expect(judge('kubectl apply -f m.yaml', text).effect).toBe('destructive');
    // Of a new object nothing is there that finalizers would take the place of.
    expect(judge('kubectl create -f m.yaml', text).effect).toBe(
      text.includes('finalizers') ? 'change' : 'destructive',
    );
  });
});

const PATHS: Readonly<Record<string, string>> = {
  HorizontalPodAutoscaler:
    '/apis/autoscaling/v2/namespaces/shared/horizontalpodautoscalers',
  Service: '/api/v1/namespaces/shared/services',
  Ingress: '/apis/networking.k8s.io/v1/namespaces/shared/ingresses',
  Job: '/apis/batch/v1/namespaces/shared/jobs',
  Deployment: '/apis/apps/v1/namespaces/shared/deployments',
  ReplicaSet: '/apis/apps/v1/namespaces/shared/replicasets',
  StatefulSet: '/apis/apps/v1/namespaces/shared/statefulsets',
  DaemonSet: '/apis/apps/v1/namespaces/shared/daemonsets',
  CronJob: '/apis/batch/v1/namespaces/shared/cronjobs',
  Pod: '/api/v1/namespaces/shared/pods',
  EndpointSlice: '/apis/discovery.k8s.io/v1/namespaces/shared/endpointslices',
  ConfigMap: '/api/v1/namespaces/shared/configmaps',
  PersistentVolumeClaim: '/api/v1/namespaces/shared/persistentvolumeclaims',
};

/** What the gateway does with a body where a step was approved for what its words say. */
function decide(text: string, manifest: string | undefined, sent: string) {
  const { kind } = JSON.parse(sent);
  const { writes } = judge(text, manifest);
  const info = describeRequest('POST', PATHS[kind]);
  const body = readRequestBody(
    info,
    'application/json',
    new TextEncoder().encode(sent),
  );
  return decideCall(info, body, {
    scope: SCOPE,
    secrets: { kind: 'none' },
    allowed: writes,
    destructive: true,
    preview: false,
    observeOnly: false,
  }).kind;
}

describe('the body of a write that acts upon what nobody was asked for', () => {
  it.each(MANIFESTS)(
    'is refused, approved as destructive or not: %s',
    (_, manifest) => {
      const own = manifest('auth');
      const other = manifest('pay');
      expect(decide('kubectl create -f m.yaml', own, other)).toBe('refuse');
      expect(decide('kubectl create -f m.yaml', own, own)).toBe('pass');
      expect(decide('kubectl apply -f m.yaml', other, other)).toBe('pass');
    },
  );

  it('is what kubectl makes of the words', () => {
    const name = { metadata: { name: 'auth-x' } };
    expect(
      decide(
        'kubectl autoscale deployment auth --name=auth-x --max=2',
        undefined,
        autoscaler('auth'),
      ),
    ).toBe('pass');
    expect(
      decide(
        'kubectl autoscale deployment auth --name=auth-x --max=2',
        undefined,
        autoscaler('pay'),
      ),
    ).toBe('refuse');
    expect(
      decide(
        'kubectl expose deployment auth --name=auth-x --port=80',
        undefined,
        service({ app: 'auth' }),
      ),
    ).toBe('pass');
    expect(
      decide(
        'kubectl create job auth-x --from=cronjob/auth-settle',
        undefined,
        yaml('batch/v1', 'Job', {
          metadata: {
            ...name.metadata,
            ownerReferences: [
              {
                apiVersion: 'batch/v1',
                kind: 'CronJob',
                name: 'auth-settle',
                uid: 'x',
                controller: true,
              },
            ],
          },
          spec: { template: { metadata: { labels: { a: 'b' } }, spec: IMAGE } },
        }),
      ),
    ).toBe('pass');
    expect(
      decide(
        'kubectl create deployment auth-x --image=a',
        undefined,
        deployment({ app: 'auth-x' }),
      ),
    ).toBe('pass');
    expect(
      decide(
        'kubectl create deployment auth-x --image=a',
        undefined,
        deployment({ app: 'pay' }),
      ),
    ).toBe('refuse');
  });
});
