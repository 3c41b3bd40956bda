import {
  assembleEntityHealth,
  type ClusterView,
  type EntitySelection,
} from './assembleEntityHealth';
import type { ClusterObject } from './kubernetesObjects';

const AT = '2026-11-21T02:30:00.000Z';
const OLD = '2026-11-01T00:00:00Z';

const selection: EntitySelection = {
  kind: 'selected',
  says: 'objects labelled app=auth in namespace identity',
  selectors: [
    {
      namespace: 'identity',
      requirements: [{ kind: 'in', key: 'app', values: ['auth'] }],
    },
  ],
};

const labels = { app: 'auth' };
const own = (kind: string, name: string, owner?: ClusterObject) => ({
  kind,
  metadata: {
    name,
    namespace: 'identity',
    uid: `${kind}/${name}`,
    creationTimestamp: OLD,
    labels,
    ownerReferences: owner
      ? [{ uid: owner.metadata?.uid, controller: true }]
      : undefined,
  },
});
const deployment = (name: string, replicas: number, ready = replicas) => ({
  ...own('Deployment', name),
  spec: { replicas, template: { metadata: { labels: { ...labels, name } } } },
  status: {
    replicas,
    updatedReplicas: replicas,
    availableReplicas: ready,
    readyReplicas: ready,
  },
});
const pod = (name: string, owner: ClusterObject, status: object) => ({
  ...own('Pod', name, owner),
  spec: { restartPolicy: 'Always', containers: [{ name: 'web' }] },
  status,
});
const ready = {
  phase: 'Running',
  conditions: [{ type: 'Ready', status: 'True' }],
  containerStatuses: [{ name: 'web', ready: true }],
};
const crashing = {
  phase: 'Running',
  containerStatuses: [
    {
      name: 'web',
      ready: false,
      restartCount: 3,
      state: { waiting: { reason: 'CrashLoopBackOff' } },
    },
  ],
};

function view(objects: object[], rest: Partial<ClusterView> = {}): ClusterView {
  return {
    cluster: 'prod',
    title: 'Production',
    simulatedNodes: false,
    connection: { kind: 'live' },
    notPermitted: [],
    objects: objects as ClusterObject[],
    ...rest,
  };
}

function healthOf(...clusters: ClusterView[]) {
  return assembleEntityHealth({
    entityRef: 'component:default/auth',
    selection,
    clusters,
    at: AT,
  });
}

describe('the health of an entity', () => {
  it('shows a deployment with its pods, found through the ReplicaSet between them', () => {
    const web = deployment('web', 2);
    const set = own('ReplicaSet', 'web-1', web);
    const health = healthOf(
      view([web, set, pod('web-1-b', set, ready), pod('web-1-a', set, ready)]),
    );
    expect(health).toMatchObject({
      state: 'Healthy',
      message: 'Deployment web: 2 of 2 ready',
    });
    expect(health.clusters[0].workloads).toMatchObject([
      {
        kind: 'Deployment',
        name: 'web',
        ready: { ready: 2, desired: 2 },
        pods: [{ name: 'web-1-a' }, { name: 'web-1-b' }],
      },
    ]);
  });

  it('finds the deployment of a labelled pod although the deployment has no label', () => {
    const web = deployment('web', 1);
    const unlabelled = { ...web, metadata: { ...web.metadata, labels: {} } };
    const set = own('ReplicaSet', 'web-1', web);
    const health = healthOf(
      view([unlabelled, set, pod('web-1-a', set, ready)]),
    );
    expect(health.clusters[0].workloads.map(w => w.name)).toEqual(['web']);
  });

  it('is degraded while one pod crashes, and says how many and why', () => {
    const web = deployment('web', 3, 1);
    const set = own('ReplicaSet', 'web-1', web);
    const health = healthOf(
      view([
        web,
        set,
        pod('a', set, ready),
        pod('b', set, crashing),
        pod('c', set, crashing),
      ]),
    );
    expect(health).toMatchObject({
      state: 'Degraded',
      message: 'Deployment web: 2 of 3 pods: Container web: CrashLoopBackOff',
      signals: [
        {
          code: 'CrashLoopBackOff',
          message: 'Container web: CrashLoopBackOff (and 1 more like it)',
        },
      ],
    });
  });

  it('does not count pods that have ended or are being deleted', () => {
    const web = deployment('web', 1);
    const set = own('ReplicaSet', 'web-1', web);
    const leaving = pod('leaving', set, crashing);
    const health = healthOf(
      view([
        web,
        set,
        pod('a', set, ready),
        pod('evicted', set, { phase: 'Failed', reason: 'Evicted' }),
        {
          ...leaving,
          metadata: { ...leaving.metadata, deletionTimestamp: AT },
        },
      ]),
    );
    expect(health.state).toBe('Healthy');
    const { pods } = health.clusters[0].workloads[0];
    expect(pods).toHaveLength(3);
    expect(
      pods.filter(({ isLeaving }) => isLeaving).map(({ name }) => name),
    ).toEqual(['leaving']);
  });

  it('tells pods of an older revision from those of the newest, by their ReplicaSets', () => {
    const web = deployment('web', 2);
    const revision = (name: string, number: string) => {
      const set = own('ReplicaSet', name, web);
      return {
        ...set,
        metadata: {
          ...set.metadata,
          annotations: { 'deployment.kubernetes.io/revision': number },
        },
      };
    };
    const ninth = revision('web-9', '9');
    const tenth = revision('web-10', '10');
    const health = healthOf(
      view([
        web,
        ninth,
        tenth,
        pod('old', ninth, ready),
        pod('new', tenth, ready),
      ]),
    );
    expect(
      health.clusters[0].workloads[0].pods.map(({ name, isSuperseded }) => [
        name,
        isSuperseded,
      ]),
    ).toEqual([
      ['new', undefined],
      ['old', true],
    ]);
  });

  it('takes a pod of a StatefulSet whose revision is not the one to come for an older one', () => {
    const db = own('StatefulSet', 'db');
    const member = (name: string, hash: string) => {
      const { metadata, ...rest } = pod(name, db, ready);
      return {
        ...rest,
        metadata: {
          ...metadata,
          labels: { ...metadata.labels, 'controller-revision-hash': hash },
        },
      };
    };
    const health = healthOf(
      view([
        { ...db, status: { updateRevision: 'db-2' } },
        member('db-0', 'db-1'),
        member('db-1', 'db-2'),
      ]),
    );
    expect(
      health.clusters[0].workloads[0].pods
        .filter(({ isSuperseded }) => isSuperseded)
        .map(({ name }) => name),
    ).toEqual(['db-0']);
  });

  it('shows what stands around a workload: service, ingress, autoscaler and claim', () => {
    const web = deployment('web', 1);
    const set = own('ReplicaSet', 'web-1', web);
    const mounted = pod('a', set, ready);
    const bare = (kind: string, name: string) => {
      const { metadata, ...rest } = own(kind, name);
      return { ...rest, metadata: { ...metadata, labels: {} } };
    };
    const health = healthOf(
      view([
        web,
        set,
        {
          ...mounted,
          spec: {
            ...mounted.spec,
            volumes: [{ persistentVolumeClaim: { claimName: 'data' } }],
          },
        },
        { ...bare('Service', 'web'), spec: { selector: { name: 'web' } } },
        { ...bare('Service', 'other'), spec: { selector: { name: 'other' } } },
        {
          ...bare('EndpointSlice', 'web-x'),
          metadata: {
            ...bare('EndpointSlice', 'web-x').metadata,
            labels: { 'kubernetes.io/service-name': 'web' },
          },
          endpoints: [{ conditions: { ready: false } }],
        },
        {
          ...bare('HorizontalPodAutoscaler', 'web'),
          spec: { scaleTargetRef: { kind: 'Deployment', name: 'web' } },
          status: { conditions: [{ type: 'AbleToScale', status: 'True' }] },
        },
        {
          ...bare('PersistentVolumeClaim', 'data'),
          status: { phase: 'Bound' },
        },
        {
          ...bare('Ingress', 'web'),
          spec: { defaultBackend: { service: { name: 'web' } } },
          status: { loadBalancer: { ingress: [{ ip: '192.0.2.1' }] } },
        },
      ]),
    );
    expect(
      health.clusters[0].workloads.map(w => `${w.kind} ${w.name} ${w.state}`),
    ).toEqual([
      'Deployment web Healthy',
      'HorizontalPodAutoscaler web Healthy',
      'Service web Degraded',
      'Ingress web Healthy',
      'PersistentVolumeClaim data Healthy',
    ]);
    expect(health.message).toBe(
      'Service web: Nobody answers: none of 1 endpoint is ready',
    );
  });

  it.each<{
    says: string;
    created?: string;
    readySince?: string;
    reason?: string;
    state: string;
  }>([
    {
      says: 'waits for metrics while a pod is new',
      created: '2026-11-21T02:29:00Z',
      state: 'Progressing',
    },
    {
      says: 'waits for metrics while a pod that started slowly is newly ready',
      created: '2026-11-21T02:20:00Z',
      readySince: '2026-11-21T02:29:30Z',
      state: 'Progressing',
    },
    {
      says: 'is degraded where pods that are there for long give no metrics',
      readySince: '2026-11-01T00:01:00Z',
      state: 'Degraded',
    },
    {
      says: 'is degraded where what is missing does not come from pods',
      created: '2026-11-21T02:29:00Z',
      reason: 'FailedGetExternalMetric',
      state: 'Degraded',
    },
    {
      says: 'is degraded where it asks for what is none',
      created: '2026-11-21T02:29:00Z',
      reason: 'InvalidSelector',
      state: 'Degraded',
    },
  ])(
    'an autoscaler $says',
    ({
      created = OLD,
      readySince,
      reason = 'FailedGetResourceMetric',
      state,
    }) => {
      const web = deployment('web', 2);
      const set = own('ReplicaSet', 'web-1', web);
      const young = pod('b', set, {
        ...ready,
        conditions: [
          { type: 'Ready', status: 'True', lastTransitionTime: readySince },
        ],
      });
      const autoscaler = {
        ...own('HorizontalPodAutoscaler', 'web'),
        spec: { scaleTargetRef: { kind: 'Deployment', name: 'web' } },
        status: {
          conditions: [{ type: 'ScalingActive', status: 'False', reason }],
        },
      };
      const health = healthOf(
        view([
          web,
          set,
          pod('a', set, ready),
          {
            ...young,
            metadata: { ...young.metadata, creationTimestamp: created },
          },
          autoscaler,
        ]),
      );
      expect(
        health.clusters[0].workloads.find(
          ({ kind }) => kind === 'HorizontalPodAutoscaler',
        )?.state,
      ).toBe(state);
    },
  );

  it('judges a cron job by its newest job only', () => {
    const nightly = own('CronJob', 'nightly');
    const job = (name: string, at: string, type: string) => {
      const made = own('Job', name, nightly);
      return {
        ...made,
        metadata: { ...made.metadata, creationTimestamp: at },
        status: { conditions: [{ type, status: 'True' }] },
      };
    };
    const health = healthOf(
      view([
        nightly,
        job('failed', '2026-11-19T03:00:00Z', 'Failed'),
        job('complete', '2026-11-20T03:00:00Z', 'Complete'),
      ]),
    );
    expect(health.state).toBe('Healthy');
    expect(health.clusters[0].workloads.map(w => w.name)).toEqual(['complete']);
  });

  it('does not let an idle twin that is scaled to 0 hide that the other serves', () => {
    const health = healthOf(
      view([deployment('blue', 2), deployment('green', 0)]),
    );
    expect(health).toMatchObject({
      state: 'Healthy',
      message: '1 healthy, 1 scaled to 0',
    });
    const alone = healthOf(view([deployment('green', 0)]));
    expect(alone).toMatchObject({
      state: 'Suspended',
      message: 'Deployment green: Scaled to 0: nothing runs',
    });
  });

  it('names what is well where it is one object that runs no pods', () => {
    const claim = {
      ...own('PersistentVolumeClaim', 'data'),
      status: { phase: 'Bound' },
    };
    expect(healthOf(view([claim]))).toMatchObject({
      state: 'Healthy',
      message: 'PersistentVolumeClaim data is healthy',
    });
  });

  it('is missing only when no cluster has anything of it', () => {
    expect(healthOf(view([]), view([]))).toMatchObject({ state: 'Missing' });
    expect(healthOf(view([]), view([deployment('web', 1)])).state).toBe(
      'Healthy',
    );
    expect(
      healthOf(
        view([]),
        view([], { connection: { kind: 'starting', message: 'is starting' } }),
      ),
    ).toMatchObject({ state: 'Unknown', message: 'Production: is starting' });
  });

  it('never calls a lost view healthy, and keeps what was worse', () => {
    const connection = {
      kind: 'stale',
      since: '2026-11-21T02:20:00.000Z',
      message: 'connection refused',
    } as const;
    expect(
      healthOf(view([deployment('web', 1)], { connection })),
    ).toMatchObject({
      state: 'Unknown',
      message:
        'Not seen for 10 min; before that Healthy: Deployment web: 1 of 1 ready',
    });
    const web = deployment('web', 1, 0);
    const set = own('ReplicaSet', 'web-1', web);
    expect(
      healthOf(view([web, set, pod('a', set, crashing)], { connection })).state,
    ).toBe('Degraded');
  });

  it('does not call a service silent where its endpoints may not be read', () => {
    const service = { ...own('Service', 'web'), spec: { selector: labels } };
    expect(
      healthOf(view([service], { notPermitted: ['EndpointSlice'] })).state,
    ).toBe('Healthy');
    expect(healthOf(view([service])).state).toBe('Degraded');
  });

  it('is unknown where nothing found has a rule, and where nothing may be read', () => {
    expect(healthOf(view([own('CronJob', 'nightly')]))).toMatchObject({
      state: 'Unknown',
      message: 'Nothing here can be judged: CronJob nightly',
    });
    expect(healthOf(view([], { notPermitted: ['Pod'] }))).toMatchObject({
      state: 'Unknown',
      message: 'Nothing found, and these may not be read: Pod',
    });
  });

  it('leaves objects of other namespaces and other labels alone', () => {
    const other = deployment('other', 1);
    const health = healthOf(
      view([
        { ...other, metadata: { ...other.metadata, namespace: 'billing' } },
        { ...other, metadata: { ...other.metadata, labels: { app: 'x' } } },
      ]),
    );
    expect(health.state).toBe('Missing');
  });
});
