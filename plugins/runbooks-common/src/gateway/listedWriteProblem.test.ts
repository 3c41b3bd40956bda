import type { AllowedWrite } from '../plan/model';
import { decideCall, type CallRules } from './decideCall';
import { describeRequest } from './describeRequest';
import { readRequestBody } from './requestBody';

const WRITE: AllowedWrite = {
  verb: '*',
  group: '*',
  resource: '*',
  subresource: '*',
  namespace: 'd',
  name: '*',
  actsOn: [{ kind: 'everybody' }],
};
const RULES: CallRules = {
  scope: {
    source: { kind: 'configuration', rule: 'a test' },
    namespaces: ['d'],
    reads: 'cluster',
    grants: [],
  },
  secrets: { kind: 'none' },
  allowed: { kind: 'listed', writes: [WRITE] },
  destructive: false,
  preview: false,
  observeOnly: false,
};

function decide(
  request: string,
  body: unknown,
  {
    type = 'application/json',
    destructive = false,
    write = WRITE,
  }: { type?: string; destructive?: boolean; write?: AllowedWrite } = {},
) {
  const [method, url] = request.split(' ');
  const info = describeRequest(method, url);
  const bytes = new TextEncoder().encode(JSON.stringify(body));
  const read = readRequestBody(info, type, bytes);
  return decideCall(info, read, {
    ...RULES,
    allowed: { kind: 'listed', writes: [write] },
    destructive,
  });
}

const MERGE = 'application/merge-patch+json';
const STRATEGIC = 'application/strategic-merge-patch+json';
const JSON_PATCH = 'application/json-patch+json';
const DEPLOYMENT = 'PATCH /apis/apps/v1/namespaces/d/deployments/web';
const STATEFUL_SET = 'PATCH /apis/apps/v1/namespaces/d/statefulsets/web';
const PODS = 'POST /api/v1/namespaces/d/pods';

function pod(spec: object) {
  return { metadata: { name: 'evil' }, spec };
}

function container(rest: object) {
  return { containers: [{ name: 'x', image: 'b', ...rest }] };
}

const CONFIG_MAP = 'PATCH /api/v1/namespaces/d/configmaps/web';
const JOB = 'PATCH /apis/batch/v1/namespaces/d/jobs/web';
const APPLY = 'application/apply-patch+yaml';

/** What nobody can bring back. */
const LOSSES: Array<[string, string, unknown, string]> = [
  ...[
    { data: null },
    { data: { a: null } },
    { data: { $patch: 'replace' } },
    { binaryData: null, data: { a: 'b' } },
    { $patch: 'replace' },
    { $retainKeys: ['metadata'] },
    { immutable: true },
    { metadata: { ownerReferences: [{ uid: 'gone' }] } },
  ].map((body): [string, string, unknown, string] => [
    `a ConfigMap and ${JSON.stringify(body)}`,
    CONFIG_MAP,
    body,
    STRATEGIC,
  ]),
  [
    'a Secret without data',
    'PATCH /api/v1/namespaces/d/secrets/web',
    { data: null },
    MERGE,
  ],
  [
    'a ConfigMap that is replaced by one without data',
    'PUT /api/v1/namespaces/d/configmaps/web',
    { metadata: { name: 'web' }, data: {} },
    'application/json',
  ],
  ...[
    { op: 'remove', path: '/data' },
    { op: 'remove', path: '/data/a' },
    { op: 'replace', path: '/data', value: { b: 'c' } },
    { op: 'replace', path: '', value: { metadata: { name: 'web' } } },
    { op: 'move', from: '/data/a', path: '/metadata/annotations/a' },
    { op: 'add', path: '/immutable', value: true },
    {
      op: 'add',
      path: '/metadata/ownerReferences/-',
      value: { uid: 'gone' },
    },
  ].map((operation): [string, string, unknown, string] => [
    `a ConfigMap and ${JSON.stringify(operation)}`,
    CONFIG_MAP,
    [operation],
    JSON_PATCH,
  ]),
  ...[
    { revisionHistoryLimit: 0 },
    { revisionHistoryLimit: -1 },
    { persistentVolumeClaimRetentionPolicy: { whenScaled: 'Delete' } },
  ].map((spec): [string, string, unknown, string] => [
    `a StatefulSet and ${JSON.stringify(spec)}`,
    STATEFUL_SET,
    { spec },
    MERGE,
  ]),
  [
    'a Deployment and no earlier revisions, applied on the server',
    DEPLOYMENT,
    { spec: { revisionHistoryLimit: 0 } },
    APPLY,
  ],
  [
    'a Deployment and no earlier revisions by an operation',
    DEPLOYMENT,
    [{ op: 'add', path: '/spec/revisionHistoryLimit', value: 0 }],
    JSON_PATCH,
  ],
  ...[
    { ttlSecondsAfterFinished: 0 },
    { activeDeadlineSeconds: 1 },
    { backoffLimit: 0 },
    { suspend: true },
    { parallelism: 0 },
  ].map((spec): [string, string, unknown, string] => [
    `a Job and ${JSON.stringify(spec)}`,
    JOB,
    { spec },
    MERGE,
  ]),
  [
    'a pod that is stopped in a second',
    'PATCH /api/v1/namespaces/d/pods/web',
    { spec: { activeDeadlineSeconds: 1 } },
    MERGE,
  ],
  [
    'a CronJob that keeps no job',
    'PATCH /apis/batch/v1/namespaces/d/cronjobs/web',
    { spec: { successfulJobsHistoryLimit: 0 } },
    MERGE,
  ],
];

describe('the body of a write that was approved by its name', () => {
  it.each<[string, string, unknown, string | undefined]>([
    ['a host pod', PODS, pod({ hostPID: true }), undefined],
    ['a pod on the network', PODS, pod({ hostNetwork: true }), undefined],
    [
      'a privileged pod',
      PODS,
      pod(container({ securityContext: { privileged: true } })),
      undefined,
    ],
    [
      'files of the node',
      PODS,
      pod({ volumes: [{ name: 'h', hostPath: { path: '/' } }] }),
      undefined,
    ],
    ['another account', PODS, pod({ serviceAccountName: 'root' }), undefined],
    [
      'a template on the node',
      DEPLOYMENT,
      { spec: { template: { spec: { hostNetwork: true } } } },
      STRATEGIC,
    ],
    [
      'a template with another account',
      DEPLOYMENT,
      { spec: { template: { spec: { serviceAccountName: 'root' } } } },
      MERGE,
    ],
    ['no replicas', DEPLOYMENT, { spec: { replicas: 0 } }, MERGE],
    [
      'no replicas by an operation',
      DEPLOYMENT,
      [{ op: 'replace', path: '/spec/replicas', value: 0 }],
      JSON_PATCH,
    ],
    [
      'no replicas by scale',
      `${DEPLOYMENT}/scale`,
      { spec: { replicas: 0 } },
      MERGE,
    ],
    ['no finalizers', DEPLOYMENT, { metadata: { finalizers: null } }, MERGE],
    [
      'no finalizers by an operation',
      DEPLOYMENT,
      [{ op: 'remove', path: '/metadata/finalizers' }],
      JSON_PATCH,
    ],
    [
      'a rollback to a template on the node',
      DEPLOYMENT,
      [
        {
          op: 'replace',
          path: '/spec/template',
          value: { spec: { hostPID: true } },
        },
      ],
      JSON_PATCH,
    ],
    ...[{ hostPID: true }, { nodeName: 'a' }].flatMap(
      (spec): Array<[string, string, unknown, string]> => [
        [
          `a rollback of a Deployment to a template with ${JSON.stringify(
            spec,
          )}`,
          DEPLOYMENT,
          [{ op: 'replace', path: '/spec/template', value: { spec } }],
          JSON_PATCH,
        ],
        [
          `a rollback of a StatefulSet to a template with ${JSON.stringify(
            spec,
          )}`,
          STATEFUL_SET,
          { spec: { template: { $patch: 'replace', spec } } },
          STRATEGIC,
        ],
      ],
    ),
    [
      'a rollback and no replicas',
      STATEFUL_SET,
      { spec: { replicas: 0, template: { $patch: 'replace', spec: {} } } },
      STRATEGIC,
    ],
    ...[
      { spec: null },
      { spec: { replicas: null } },
      { spec: { $patch: 'replace' } },
    ].map((body): [string, string, unknown, string] => [
      `a scale without replicas, ${JSON.stringify(body)}`,
      `${DEPLOYMENT}/scale`,
      body,
      MERGE,
    ]),
    ...[
      { op: 'replace', path: '/spec', value: {} },
      { op: 'replace', path: '', value: { metadata: {} } },
      { op: 'remove', path: '/spec/replicas' },
      { op: 'remove', path: '/spec' },
      { op: 'remove', path: '' },
      { op: 'copy', from: '/status/replicas', path: '/spec/replicas' },
    ].map((operation): [string, string, unknown, string] => [
      `a scale without replicas by ${operation.op} of '${operation.path}'`,
      `${DEPLOYMENT}/scale`,
      [operation],
      JSON_PATCH,
    ]),
    [
      'a CronJob on the node',
      'POST /apis/batch/v1/namespaces/d/cronjobs',
      {
        metadata: { name: 'c' },
        spec: {
          jobTemplate: { spec: { template: { spec: { hostIPC: true } } } },
        },
      },
      undefined,
    ],
    ...LOSSES,
    [
      'no finalizers of a kind of somebody’s own',
      'PATCH /apis/example.com/v1/namespaces/d/things/a',
      { metadata: { finalizers: [] } },
      MERGE,
    ],
  ])(
    'with %s needs a step approved as destructive',
    (_, request, body, type) => {
      expect(decide(request, body, { type })).toEqual({
        kind: 'refuse',
        because: expect.stringMatching(/not approved as destructive/),
      });
      expect(decide(request, body, { type, destructive: true }).kind).toBe(
        'pass',
      );
    },
  );

  it.each<[string, string, unknown, string | undefined]>([
    ['an ordinary pod', PODS, pod(container({ command: ['id'] })), undefined],
    ['two replicas', `${DEPLOYMENT}/scale`, { spec: { replicas: 2 } }, MERGE],
    [
      'an image',
      DEPLOYMENT,
      { spec: { template: { spec: container({}) } } },
      STRATEGIC,
    ],
    ['labels', DEPLOYMENT, { metadata: { labels: { a: 'b' } } }, MERGE],
    [
      'two replicas by an operation',
      `${DEPLOYMENT}/scale`,
      [
        { op: 'test', path: '/spec/replicas', value: 3 },
        { op: 'replace', path: '/spec/replicas', value: 2 },
      ],
      JSON_PATCH,
    ],
    ['another value of a ConfigMap', CONFIG_MAP, { data: { a: 'b' } }, MERGE],
    [
      'a ConfigMap',
      'POST /api/v1/namespaces/d/configmaps',
      { metadata: { name: 'a', finalizers: ['x/y'] } },
      undefined,
    ],
  ])('with %s passes', (_, request, body, type) => {
    expect(decide(request, body, { type }).kind).toBe('pass');
  });
});

describe('a template that was there before', () => {
  const undo: AllowedWrite = { ...WRITE, verb: 'patch', rollsBack: true };

  it.each<[string, unknown, string]>([
    [
      DEPLOYMENT,
      [
        {
          op: 'replace',
          path: '/spec/template',
          value: { spec: { serviceAccountName: 'web' } },
        },
        { op: 'replace', path: '/metadata/annotations', value: { a: 'b' } },
      ],
      JSON_PATCH,
    ],
    [
      STATEFUL_SET,
      {
        spec: {
          template: { $patch: 'replace', spec: { serviceAccountName: 'web' } },
        },
      },
      STRATEGIC,
    ],
  ])(
    'may have an account of its own where the rollback was approved, and only there: %s',
    (request, body, type) => {
      expect(decide(request, body, { type, write: undo }).kind).toBe('pass');
      expect(decide(request, body, { type }).kind).toBe('refuse');
      const other = { ...undo, name: 'other' };
      expect(decide(request, body, { type, write: other }).kind).toBe('refuse');
    },
  );
});

describe('what a manifest leaves out', () => {
  const removal = (annotations: object) => ({
    data: { a: null },
    metadata: { annotations },
  });
  const ofApply = { 'kubectl.kubernetes.io/last-applied-configuration': '{}' };
  const applies: AllowedWrite = { ...WRITE, verb: 'patch', applies: true };
  const ask = (annotations: object, write: AllowedWrite) =>
    decide(CONFIG_MAP, removal(annotations), { type: STRATEGIC, write });

  it('may go where the write was approved as one of kubectl apply', () => {
    expect(ask(ofApply, applies).kind).toBe('pass');
    expect(ask({}, applies).kind).toBe('refuse');
  });

  it('stays where another write was approved, whatever the patch says of itself', () => {
    expect(ask(ofApply, WRITE)).toMatchObject({
      kind: 'refuse',
      because: expect.stringContaining('it says what was applied before'),
    });
    expect(ask(ofApply, { ...applies, resource: 'deployments' }).kind).toBe(
      'refuse',
    );
  });
});

describe('what an apply on the server removes', () => {
  const applies: AllowedWrite = { ...WRITE, verb: 'patch', applies: true };
  const WEB_BODY = { spec: { replicas: 2, paused: true } };
  const ask = (
    query: string,
    { write = applies, body = WEB_BODY as object, destructive = false } = {},
  ) =>
    decide(`${DEPLOYMENT}?${query}`, body, { type: APPLY, write, destructive })
      .kind;

  it('is what the approved manifest leaves out, in the name of kubectl itself', () => {
    expect(ask('fieldManager=kubectl')).toBe('pass');
    expect(ask('fieldManager=kubectl&force=false')).toBe('pass');
  });

  it.each([
    'fieldManager=kubectl&force=true',
    'fieldManager=kubectl&force=',
    'fieldManager=helm',
    'fieldManager=kubectl-client-side-apply',
    'fieldManager=',
    'fieldManager=kubectl-last-applied',
    '',
  ])('is asked for as destructive where it is what others set: %s', query => {
    expect(ask(query)).toBe('refuse');
    expect(ask(query, { destructive: true })).toBe('pass');
  });

  it('is asked for as destructive where its values set off a loss, for it does not tell what is new', () => {
    const body = { spec: { revisionHistoryLimit: 1 } };
    expect(ask('fieldManager=kubectl', { body })).toBe('refuse');
  });

  it('takes over what kubectl set before, which nobody else may say', () => {
    const fields = [
      { op: 'replace', path: '/metadata/managedFields', value: [{}] },
    ];
    const say = (write: AllowedWrite) =>
      decide(DEPLOYMENT, fields, { type: JSON_PATCH, write }).kind;
    expect(say(applies)).toBe('pass');
    expect(say(WRITE)).toBe('refuse');
  });

  it('was not approved where no apply was', () => {
    expect(ask('fieldManager=kubectl', { write: WRITE })).toBe('refuse');
  });

  it('is nothing where kubectl only keeps its note', () => {
    const body = {
      metadata: { name: 'web', annotations: { 'kubectl.kubernetes.io/x': '' } },
    };
    expect(ask('fieldManager=kubectl-last-applied', { body })).toBe('pass');
  });
});

describe('the content of a kind that is not known', () => {
  const THING = 'PATCH /apis/example.com/v1/namespaces/d/things/a';

  it.each<[unknown, string]>([
    [{ spec: null }, MERGE],
    [{ spec: { rules: { first: null } } }, MERGE],
    [{ spec: { rules: [] } }, MERGE],
    [{ data: { a: null } }, MERGE],
    [{ $patch: 'replace', spec: {} }, MERGE],
    [{ spec: { $retainKeys: ['a'] } }, MERGE],
    [{ spec: 0 }, MERGE],
    [{ spec: { rules: ['b'] } }, MERGE],
    [{ metadata: { labels: { a: null } } }, MERGE],
    [[{ op: 'add', path: '/spec/rules/0', value: { a: 'b' } }], JSON_PATCH],
    [{ notes: 'b' }, MERGE],
    [{ spec: { rules: [{ name: 'b' }] } }, MERGE],
    [{ spec: { rules: [{ of: null }] } }, MERGE],
    [{ status: null }, MERGE],
    [[{ op: 'replace', path: '/spec', value: 0 }], JSON_PATCH],
    [
      [{ op: 'replace', path: '/spec/template', value: { a: 'b' } }],
      JSON_PATCH,
    ],
    [[{ op: 'add', path: '/spec/template', value: { a: 'b' } }], JSON_PATCH],
    [[{ op: 'replace', path: '/spec/rules/0', value: { a: 'b' } }], JSON_PATCH],
    [[{ op: 'replace', path: '/spec/rules', value: [{ a: 'b' }] }], JSON_PATCH],
    [[{ op: 'copy', from: '/spec/a', path: '/spec/b' }], JSON_PATCH],
    [[{ op: 'remove', path: '/spec/rules/0' }], JSON_PATCH],
    [[{ op: 'remove', path: '/spec' }], JSON_PATCH],
    [[{ op: 'replace', path: '/spec', value: { a: 'b' } }], JSON_PATCH],
    [[{ op: 'replace', path: '/spec/rules', value: [] }], JSON_PATCH],
    [[{ op: 'replace', path: '/spec/rules', value: null }], JSON_PATCH],
    [[{ op: 'add', path: '', value: { spec: {} } }], JSON_PATCH],
    [[{ op: 'move', from: '/spec/a', path: '/metadata/labels/a' }], JSON_PATCH],
    [[{ op: 'copy', from: '/metadata', path: '/spec' }], JSON_PATCH],
    ['not read', 'application/x-other'],
  ])('is not removed as an ordinary change: %j', (body, type) => {
    expect(decide(THING, body, { type })).toMatchObject({ kind: 'refuse' });
    expect(decide(THING, body, { type, destructive: true }).kind).toBe('pass');
  });

  it('is not replaced whole', () => {
    const put = THING.replace('PATCH', 'PUT');
    const body = { metadata: { name: 'a' }, spec: { rules: ['x'] } };
    expect(decide(put, body)).toMatchObject({
      because: expect.stringContaining('what that has besides is lost'),
    });
    expect(decide(put, body, { destructive: true }).kind).toBe('pass');
  });

  it.each<[unknown, string]>([
    [{ spec: { paused: true, of: {} } }, MERGE],
    [{ metadata: { annotations: { b: null } } }, MERGE],
    [{ metadata: { annotations: null } }, MERGE],
    [[{ op: 'replace', path: '/spec/rules/0', value: 'b' }], JSON_PATCH],
    [[{ op: 'add', path: '/spec/rules/-', value: { a: 'b' } }], JSON_PATCH],
    [[{ op: 'remove', path: '/metadata/annotations/a' }], JSON_PATCH],
    [[{ op: 'test', path: '/spec', value: null }], JSON_PATCH],
  ])('may get other values: %j', (body, type) => {
    expect(decide(THING, body, { type }).kind).toBe('pass');
  });

  it('may lose what is gone from a manifest that was approved, with the note of kubectl', () => {
    const write: AllowedWrite = { ...WRITE, verb: 'patch', applies: true };
    const body = (annotations: object) => ({
      metadata: { annotations },
      spec: { a: null },
    });
    const note = { 'kubectl.kubernetes.io/last-applied-configuration': '{}' };
    const ask = (annotations: object, given: AllowedWrite) =>
      decide(THING, body(annotations), { type: MERGE, write: given }).kind;
    expect(ask(note, write)).toBe('pass');
    expect(ask({}, write)).toBe('refuse');
    expect(ask(note, WRITE)).toBe('refuse');
  });
});

describe('a Node, whose specification says only where pods go', () => {
  it('loses the last taint as an ordinary change', () => {
    const write = { ...WRITE, namespace: '' };
    const decision = decide(
      'PATCH /api/v1/nodes/n',
      { spec: { taints: null, unschedulable: null } },
      { type: STRATEGIC, write },
    );
    expect(JSON.stringify(decision)).not.toMatch(/destructive/);
  });
});

describe('a status, which its writer says instead of those who keep the object', () => {
  it.each<[string, unknown, string]>([
    ['/api/v1/namespaces/d/pods/x', { status: { phase: 'Failed' } }, MERGE],
    ['/apis/apps/v1/namespaces/d/deployments/x', { status: {} }, MERGE],
    [
      '/apis/example.com/v1/namespaces/d/things/x',
      [{ op: 'replace', path: '/status/ready', value: true }],
      JSON_PATCH,
    ],
  ])('is written with a destructive approval only: %s', (path, body, type) => {
    const request = `PATCH ${path}/status`;
    expect(decide(request, body, { type })).toEqual({
      kind: 'refuse',
      because: expect.stringMatching(/it writes a status/),
    });
    expect(decide(request, body, { type, destructive: true }).kind).toBe(
      'pass',
    );
  });
});

describe('finalizers, whose removal lets an object go without its clean-up', () => {
  const CLAIM = 'PATCH /api/v1/namespaces/d/persistentvolumeclaims/x';
  const CUSTOM = 'PATCH /apis/example.com/v1/namespaces/d/things/x';
  const STATUS = 'PATCH /apis/apps/v1/namespaces/d/deployments/web/status';
  const OF = '/metadata/finalizers';
  const move = (from: string, path: string) => [{ op: 'move', from, path }];
  const copy = (from: string, path: string) => [{ op: 'copy', from, path }];

  it.each<[string, string, unknown, string]>([
    ['moved away', CLAIM, move(OF, '/metadata/annotations/x'), JSON_PATCH],
    [
      'moved away with all metadata',
      CUSTOM,
      move('/metadata', '/x'),
      JSON_PATCH,
    ],
    ['moved by one', CUSTOM, move(`${OF}/0`, '/metadata/labels/x'), JSON_PATCH],
    [
      'overwritten by a copy',
      CLAIM,
      copy('/status/conditions', OF),
      JSON_PATCH,
    ],
    ['overwritten by a move', CUSTOM, move('/spec/x', OF), JSON_PATCH],
    ['gone with the metadata', CLAIM, { metadata: null }, MERGE],
    [
      'gone with the object that replaces this one',
      DEPLOYMENT,
      { $patch: 'replace', metadata: { name: 'web' }, spec: {} },
      STRATEGIC,
    ],
    [
      'removed by way of the status',
      STATUS,
      { metadata: { finalizers: null } },
      MERGE,
    ],
    [
      'removed by way of the status, one by one',
      STATUS,
      [{ op: 'remove', path: `${OF}/0` }],
      JSON_PATCH,
    ],
    [
      'replaced by way of the status',
      STATUS.replace('PATCH', 'PUT'),
      { metadata: {} },
      'application/json',
    ],
  ])('are not %s without a destructive approval', (_, request, body, type) => {
    expect(decide(request, body, { type })).toMatchObject({ kind: 'refuse' });
    expect(decide(request, body, { type, destructive: true }).kind).toBe(
      'pass',
    );
  });

  it.each([
    copy('/metadata/annotations/a', '/metadata/annotations/b'),
    [{ op: 'move', from: '/metadata/annotations/a', path: '/metadata/b' }],
  ])('are as unseen as what is copied or moved elsewhere: %j', body => {
    expect(decide(CLAIM, body, { type: JSON_PATCH }).kind).toBe('refuse');
  });
});

describe('a part of an object that was approved by its name', () => {
  const resized = {
    spec: {
      containers: [{ name: 'a', resources: { limits: { memory: '1Mi' } } }],
    },
  };
  const asks = (request: string, subresource: string, destructive = false) =>
    decide(request, resized, {
      type: request.startsWith('PATCH') ? STRATEGIC : 'application/json',
      destructive,
      write: { ...WRITE, subresource },
    });

  it.each([
    ['PATCH /api/v1/namespaces/d/pods/a/resize', 'resize'],
    ['PUT /api/v1/namespaces/d/pods/a/resize', 'resize'],
    ['POST /api/v1/namespaces/d/pods/a/binding', 'binding'],
    ['PATCH /apis/example.com/v1/namespaces/d/things/a/anything', 'anything'],
  ])(
    'is more than an ordinary change where its body is not understood: %s',
    (request, subresource) => {
      expect(asks(request, subresource)).toEqual({
        kind: 'refuse',
        because: expect.stringContaining(
          `what ${subresource} does is not understood`,
        ),
      });
      expect(asks(request, subresource, true).kind).toBe('pass');
    },
  );

  it.each([['POST /api/v1/namespaces/d/pods/a/eviction', 'eviction']])(
    'says all that it does by its name: %s',
    (request, subresource) => {
      expect(asks(request, subresource).kind).toBe('pass');
    },
  );
});
