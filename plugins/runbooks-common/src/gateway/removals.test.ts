import { lossProblem, operationLoss } from './lossProblem';
import type { JsonPatchOperation } from './requestBody';

/** What a change takes out of an object that is there, in words; undefined where nothing is lost. */
function lossOf(kind: string, change: unknown): string | undefined {
  if (!Array.isArray(change)) {
    return lossProblem(kind, change as Record<string, unknown>, 'strategic');
  }
  return (change as JsonPatchOperation[])
    .map(one => operationLoss(kind, one))
    .find(Boolean);
}

const replace = (path: string, value: unknown) => [
  { op: 'replace', path, value },
];
const add = (path: string, value: unknown) => [{ op: 'add', path, value }];
const remove = (path: string) => [{ op: 'remove', path }];
const put = (op: string, from: string, path: string) => [{ op, from, path }];

const WEB = 'apps/deployments';
const DB = 'apps/statefulsets';
const SERVICE = '/services';
const INGRESS = 'networking.k8s.io/ingresses';
const POLICY = 'networking.k8s.io/networkpolicies';
const BUDGET = 'policy/poddisruptionbudgets';
const SCALER = 'autoscaling/horizontalpodautoscalers';
const CRON = 'batch/cronjobs';

describe('what a change takes out of an object whose kind is known', () => {
  it.each<[string, string, unknown]>([
    ['the replicas that somebody chose', WEB, { spec: { replicas: null } }],
    ['the selector', SERVICE, { spec: { selector: null } }],
    ['one word of the selector', SERVICE, { spec: { selector: { a: null } } }],
    ['all ports', SERVICE, remove('/spec/ports')],
    ['a port', SERVICE, { spec: { ports: [{ port: 80, $patch: 'delete' }] } }],
    ['the rules', INGRESS, { spec: { rules: null } }],
    ['other rules', INGRESS, { spec: { rules: [{ host: 'b' }] } }],
    ['another rule', INGRESS, replace('/spec/rules/0', { host: 'b' })],
    ['its certificate', INGRESS, { spec: { tls: [] } }],
    ['who may come in', POLICY, { spec: { ingress: [] } }],
    ['others who may come in', POLICY, { spec: { ingress: [{ from: [] }] } }],
    ['where it goes', POLICY, replace('/spec/egress', [{ to: [] }])],
    ['whom it is about', POLICY, { spec: { podSelector: null } }],
    ['the floor', BUDGET, { spec: { minAvailable: null } }],
    ['the whole budget', BUDGET, replace('/spec', { maxUnavailable: 9 })],
    ['its secrets', '/serviceaccounts', { secrets: null }],
    ['its pull secrets', '/serviceaccounts', { imagePullSecrets: [] }],
    [
      'what the claim is bound to',
      '/persistentvolumes',
      remove('/spec/claimRef'),
    ],
    ['an environment', CRON, { spec: { jobTemplate: { spec: null } } }],
    [
      'its selector, by an operation',
      SERVICE,
      replace('/spec/selector', { a: 'b' }),
    ],
    ['whom it limits', POLICY, { spec: { policyTypes: ['Egress'] } }],
    [
      'a finalizer, by another word',
      '/persistentvolumeclaims',
      replace('/metadata/finalizers/0', 'foregroundDeletion'),
    ],
    [
      'its owner, by another word',
      WEB,
      replace('/metadata/ownerReferences/0/uid', 'x'),
    ],
    ['another label', '/pods', { metadata: { labels: { app: 'b' } } }],
    ['another label', '/pods', replace('/metadata/labels/app', 'b')],
    ['a label', '/secrets', { metadata: { labels: { owner: null } } }],
    ['a label', 'example.com/things', { metadata: { labels: { a: 'b' } } }],
    ['a section', 'example.com/things', add('/spec/byId/1', { a: 'b' })],
    ['a label', '/pods', { metadata: { labels: { app: null } } }],
    ['all labels', '/pods', { metadata: { labels: null } }],
    ['a label by an operation', '/pods', remove('/metadata/labels/app')],
    [
      'a label of a replica set',
      'apps/replicasets',
      remove('/metadata/labels/a'),
    ],
    ['who owns it', WEB, { metadata: { ownerReferences: null } }],
    [
      'its finalizers, by naming others',
      WEB,
      { metadata: { finalizers: ['a/b'] } },
    ],
    [
      'an unknown directive',
      SERVICE,
      { spec: { $patch: 'replace', ports: [] } },
    ],
    [
      'what was there, by a copy',
      WEB,
      put('copy', '/spec/paused', '/spec/replicas'),
    ],
    [
      'what its pods may do, by a copy',
      WEB,
      put('copy', '/spec/paused', '/spec/template/spec/hostNetwork'),
    ],
    [
      'what was there, by a copy between annotations',
      WEB,
      put('copy', '/metadata/annotations/a', '/metadata/annotations/b'),
    ],
    [
      'what was there, by a move',
      WEB,
      put('move', '/spec/a', '/metadata/labels/a'),
    ],
  ])('is lost: %s of %s (%j)', (_, kind, change) => {
    expect(lossOf(kind, change)).toMatch(
      /^it (?:removes|replaces|changes|puts|limits) /,
    );
  });

  it.each<[string, string, unknown]>([
    ['fewer revisions', WEB, { spec: { revisionHistoryLimit: 2 } }],
    ['other numbers of pods', DB, { spec: { ordinals: { start: 3 } } }],
    ['fewer ended jobs', CRON, { spec: { successfulJobsHistoryLimit: 1 } }],
    ['fewer failed jobs', CRON, replace('/spec/failedJobsHistoryLimit', 1)],
    ['pods of a job', 'batch/jobs', { spec: { parallelism: 1 } }],
    ['pods of an indexed job', 'batch/jobs', { spec: { completions: 1 } }],
    [
      'what an apply removes',
      WEB,
      { metadata: { managedFields: [{ manager: 'kubectl' }] } },
    ],
    [
      'what an apply removes',
      WEB,
      replace('/metadata/managedFields/0/manager', 'kubectl'),
    ],
    [
      'what an apply removes',
      '/configmaps',
      {
        metadata: {
          annotations: {
            'kubectl.kubernetes.io/last-applied-configuration': '{}',
          },
        },
      },
    ],
    [
      'what an apply removes',
      '/configmaps',
      put(
        'copy',
        '/metadata/annotations/a',
        '/metadata/annotations/kubectl.kubernetes.io~1last-applied-configuration',
      ),
    ],
    ['a job that runs', CRON, { spec: { concurrencyPolicy: 'Replace' } }],
    ['an address', SERVICE, { spec: { type: 'ClusterIP' } }],
  ])('is set off by a value: %s of %s (%j)', (_, kind, change) => {
    expect(lossOf(kind, change)).toBeDefined();
  });

  it.each<[string, string, unknown]>([
    [
      'an environment',
      WEB,
      {
        spec: {
          template: { spec: { containers: [{ name: 'a', env: null }] } },
        },
      },
    ],
    ['a container', DB, remove('/spec/template/spec/containers/1')],
    [
      'the template before',
      'apps/daemonsets',
      { spec: { template: { $patch: 'replace', spec: {} } } },
    ],
    [
      'the annotations before',
      WEB,
      replace('/metadata/annotations', { a: 'b' }),
    ],
    [
      'the way of an update',
      WEB,
      {
        spec: {
          strategy: {
            $retainKeys: ['type'],
            type: 'Recreate',
            rollingUpdate: null,
          },
        },
      },
    ],
    ['a pause', WEB, { spec: { paused: null } }],
    ['a suspension', CRON, { spec: { suspend: null } }],
    ['a taint', '/nodes', { spec: { taints: null, unschedulable: null } }],
    ['a label', WEB, { metadata: { labels: { tier: null } } }],
    ['the last annotation', SERVICE, { metadata: { annotations: null } }],
    [
      'a time that nobody said',
      SERVICE,
      { metadata: { creationTimestamp: null } },
    ],
    ['a status', SERVICE, { status: null }],
  ])('comes back from what is kept: %s of %s (%j)', (_, kind, change) => {
    expect(lossOf(kind, change)).toBeUndefined();
  });

  it.each<[string, string, unknown]>([
    ['a selector', SERVICE, { spec: { selector: { version: 'green' } } }],
    ['a port more', SERVICE, { spec: { ports: [{ port: 81 }] } }],
    [
      'an image of a job to come',
      CRON,
      {
        spec: {
          jobTemplate: {
            spec: { template: { spec: { containers: [{ name: 'a' }] } } },
          },
        },
      },
    ],
    ['metrics', SCALER, { spec: { metrics: [{ type: 'Resource' }] } }],
    ['one metric', SCALER, replace('/spec/metrics/0', { type: 'Resource' })],
    ['one more rule', INGRESS, add('/spec/rules/-', { host: 'b' })],
    ['one more rule in front', INGRESS, add('/spec/rules/0', { host: 'b' })],
    ['a host', INGRESS, replace('/spec/rules/0/host', 'b')],
    ['more of a budget', BUDGET, { spec: { minAvailable: 2 } }],
    [
      'more ended jobs for a while',
      CRON,
      { spec: { concurrencyPolicy: 'Forbid' } },
    ],
    ['a load balancer', SERVICE, { spec: { type: 'LoadBalancer' } }],
  ])(
    'is another value, which its writer says: %s of %s (%j)',
    (_, kind, change) => {
      expect(lossOf(kind, change)).toBeUndefined();
    },
  );

  it.each<[string, string, Record<string, unknown>]>([
    ['ports', SERVICE, { spec: { ports: [{ port: 81 }] } }],
    ['pull secrets', '/serviceaccounts', { imagePullSecrets: [{ name: 'x' }] }],
    ['containers', '/pods', { spec: { containers: [{ name: 'a' }] } }],
  ])(
    'is lost where a merge patch replaces its list, and not by a strategic one: %s of %s (%j)',
    (_, kind, change) => {
      expect(lossProblem(kind, change, 'part')).toMatch(/replaces the list/);
      expect(lossProblem(kind, change, 'strategic')).toBeUndefined();
    },
  );

  it('is nothing where one key of the data gets a value, also one that is a number', () => {
    expect(lossOf('/configmaps', add('/data/0', 'x'))).toBeUndefined();
    expect(lossOf('/configmaps', replace('/data/a', 'x'))).toBeUndefined();
    expect(lossOf('/configmaps', replace('/data/a', null))).toBeDefined();
    expect(lossOf('/configmaps', add('/data', { a: 'x' }))).toBeDefined();
  });

  it('is what a manifest says that was seen, where kubectl apply sends it', () => {
    const note = { 'kubectl.kubernetes.io/last-applied-configuration': '{}' };
    const seen = (change: object) =>
      lossProblem(
        '/configmaps',
        { metadata: { annotations: note }, ...change },
        'merged',
      );
    expect(seen({ data: { a: null } })).toBeUndefined();
    expect(seen({ immutable: true })).toMatch(/immutable/);
    expect(seen({ metadata: { ownerReferences: [{ uid: 'x' }] } })).toMatch(
      /who owns/,
    );
  });

  it('is what the words of an apply say too: who owns it, and what cannot be taken back', () => {
    const applied = (change: object, form: 'manifest' | 'applied') =>
      lossProblem('/configmaps', { ...change }, form);
    for (const form of ['manifest', 'applied'] as const) {
      expect(applied({ immutable: true }, form)).toBeDefined();
      expect(
        applied({ metadata: { ownerReferences: [{ uid: 'x' }] } }, form),
      ).toBeDefined();
      expect(applied({ metadata: { managedFields: [] } }, form)).toBeDefined();
    }
    const service = { spec: { type: 'ClusterIP' } };
    expect(lossProblem(SERVICE, service, 'manifest')).toBeUndefined();
    expect(lossProblem(SERVICE, service, 'applied')).toBeDefined();
  });

  it('is where the pods of a DaemonSet may run, where an apply changes it', () => {
    const narrowed = {
      spec: { template: { spec: { nodeSelector: { no: 'such' } } } },
    };
    const agent = 'apps/daemonsets';
    expect(lossProblem(agent, narrowed, 'merged')).toMatch(/without a node/);
    expect(lossProblem(agent, narrowed, 'applied')).toMatch(/without a node/);
    expect(lossProblem(agent, narrowed, 'manifest')).toBeUndefined();
    expect(lossProblem(WEB, narrowed, 'merged')).toBeUndefined();
  });

  it('is said with its place', () => {
    expect(lossOf(SERVICE, { spec: { selector: null } })).toBe(
      "it removes 'spec.selector', which nothing brings back",
    );
    expect(lossOf(INGRESS, { spec: { rules: [{ host: 'b' }] } })).toBe(
      "it replaces the list 'spec.rules', and what the new one does not name is lost",
    );
  });
});
