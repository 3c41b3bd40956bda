import { describeRequest } from './describeRequest';
import { readRequestBody } from './requestBody';
import type { ResourceRequest } from './RequestInfo';
import {
  field,
  numberField,
  PROTOBUF,
  protobufBody,
} from './testUtils/protobufBody';
import { unlistedWriteProblem } from './unlistedWriteProblem';

const DEPLOYMENT = '/apis/apps/v1/namespaces/d/deployments/a';
const JSON_TYPE = 'application/json';
const MERGE = 'application/merge-patch+json';
const STRATEGIC = 'application/strategic-merge-patch+json';
const JSON_PATCH = 'application/json-patch+json';
const APPLY = 'application/apply-patch+yaml';

function problemOf(request: string, type: string, body: unknown) {
  const [method, url] = request.split(' ');
  const info = describeRequest(method, url) as ResourceRequest;
  const bytes =
    body instanceof Uint8Array
      ? body
      : new TextEncoder().encode(
          typeof body === 'string' ? body : JSON.stringify(body),
        );
  return unlistedWriteProblem(info, readRequestBody(info, type, bytes));
}

const pod = (spec: object) => ({ spec: { template: { spec } } });
const container = (more: object) =>
  pod({ containers: [{ name: 'a', image: 'b', ...more }] });
const bytes = (...parts: number[][]) => Uint8Array.from(parts.flat());

describe('a write that a script may make without an approval as destructive', () => {
  it.each<[string, string, unknown]>([
    [`PATCH ${DEPLOYMENT}/scale`, MERGE, { spec: { replicas: 3 } }],
    [`PUT ${DEPLOYMENT}/scale`, JSON_TYPE, { spec: { replicas: 1 } }],
    [`PATCH ${DEPLOYMENT}`, STRATEGIC, container({})],
    [
      `PATCH ${DEPLOYMENT}`,
      STRATEGIC,
      { spec: { template: { metadata: { annotations: { at: 'now' } } } } },
    ],
    [`PATCH ${DEPLOYMENT}`, STRATEGIC, container({ $patch: 'delete' })],
    [`PATCH ${DEPLOYMENT}`, MERGE, { metadata: { labels: { a: null } } }],
    [
      `PATCH ${DEPLOYMENT}`,
      JSON_PATCH,
      [
        {
          op: 'replace',
          path: '/spec/template/spec/containers/0/image',
          value: 'c',
        },
      ],
    ],
    [
      `PATCH ${DEPLOYMENT}`,
      JSON_PATCH,
      [{ op: 'remove', path: '/metadata/annotations/a' }],
    ],
    [
      `PATCH ${DEPLOYMENT}`,
      STRATEGIC,
      container({
        securityContext: { privileged: false, capabilities: { drop: ['ALL'] } },
      }),
    ],
    [
      'PUT /apis/coordination.k8s.io/v1/namespaces/d/leases/a',
      JSON_TYPE,
      { metadata: { name: 'a' }, spec: { holderIdentity: 'b' } },
    ],
    [
      'PUT /api/v1/namespaces/d/secrets/sh.helm.release.v1.shop.v2',
      JSON_TYPE,
      { type: 'helm.sh/release.v1', data: { release: 'YQ==' } },
    ],
    ['POST /api/v1/namespaces/d/configmaps', JSON_TYPE, { data: {} }],
    [
      'POST /api/v1/namespaces/d/pods',
      JSON_TYPE,
      {
        metadata: { finalizers: ['a'] },
        spec: { containers: [], volumes: [{ name: 'v', configMap: {} }] },
      },
    ],
    [
      'PATCH /apis/batch/v1/namespaces/d/cronjobs/a',
      MERGE,
      { spec: { suspend: true } },
    ],
    [
      'PATCH /apis/autoscaling/v2/namespaces/d/horizontalpodautoscalers/a',
      MERGE,
      { spec: { minReplicas: 1, maxReplicas: 2 } },
    ],
    ['GET /api/v1/namespaces/d/pods/a/exec?command=id', JSON_TYPE, ''],
    [
      'POST /apis/apps/v1/namespaces/d/deployments',
      PROTOBUF,
      protobufBody(
        field(
          2,
          bytes(
            numberField(1, 2),
            field(
              3,
              bytes(
                field(
                  2,
                  bytes(
                    field(2, bytes(field(1, 'a'))),
                    field(8, ''),
                    numberField(11, 0),
                  ),
                ),
              ),
            ),
          ),
        ),
      ),
    ],
  ])('%s %s %j', (request, type, body) => {
    expect(problemOf(request, type, body)).toBeUndefined();
  });
});

describe('a write that needs an approval as destructive', () => {
  it.each<[string, string, unknown, RegExp]>([
    [`PATCH ${DEPLOYMENT}`, APPLY, container({}), /what that leaves out/],
    [
      `PUT ${DEPLOYMENT}`,
      JSON_TYPE,
      { metadata: { name: 'a' }, spec: { replicas: 2 } },
      /what that has besides is lost/,
    ],
    [
      'PUT /api/v1/namespaces/d/configmaps/a',
      JSON_TYPE,
      { metadata: { name: 'a' }, data: { a: 'b' } },
      /what that has besides is lost/,
    ],
    ...[
      { type: 'Opaque', data: { release: 'YQ==' } },
      { type: 'helm.sh/release.v1', data: {} },
      { type: 'helm.sh/release.v1' },
    ].map((body): [string, string, unknown, RegExp] => [
      'PUT /api/v1/namespaces/d/secrets/a',
      JSON_TYPE,
      body,
      /what that has besides is lost/,
    ]),
    [
      `PATCH ${DEPLOYMENT}`,
      JSON_PATCH,
      [{ op: 'replace', path: '', value: container({}) }],
      /what that has besides is lost/,
    ],
    ['DELETE /api/v1/namespaces/d/pods/a', JSON_TYPE, '', /deletes/],
    ['DELETE /api/v1/namespaces/d/pods', JSON_TYPE, '', /deletes/],
    ['POST /api/v1/namespaces/d/pods/a/eviction', JSON_TYPE, {}, /evicts/],
    ...['pods', 'configmaps'].flatMap(
      (kind): Array<[string, string, unknown, RegExp]> => {
        const request = `PATCH /api/v1/namespaces/d/${kind}/a`;
        return kind === 'pods'
          ? [
              [request, MERGE, { metadata: { labels: { a: null } } }, /labels/],
              [request, MERGE, { metadata: { labels: { a: 'b' } } }, /labels/],
              [
                request,
                JSON_PATCH,
                [{ op: 'remove', path: '/metadata/labels/a' }],
                /removes/,
              ],
              [
                request,
                MERGE,
                { spec: { activeDeadlineSeconds: 1 } },
                /stopped/,
              ],
            ]
          : [
              [request, MERGE, { data: null }, /data/],
              [
                request,
                MERGE,
                {
                  data: { a: null },
                  metadata: {
                    annotations: {
                      'kubectl.kubernetes.io/last-applied-configuration': '',
                    },
                  },
                },
                /removes 'a'/,
              ],
              [
                request,
                JSON_PATCH,
                [{ op: 'replace', path: '/data', value: { a: 'b' } }],
                /data/,
              ],
            ];
      },
    ),
    [
      `PATCH ${DEPLOYMENT}`,
      MERGE,
      { spec: { revisionHistoryLimit: 0 } },
      /rolled back/,
    ],
    [
      'PATCH /apis/batch/v1/namespaces/d/jobs/a',
      MERGE,
      { spec: { ttlSecondsAfterFinished: 1 } },
      /deleted/,
    ],
    [`PATCH ${DEPLOYMENT}/scale`, MERGE, { spec: { replicas: 0 } }, /zero/],
    [`PATCH ${DEPLOYMENT}/scale`, MERGE, { spec: { replicas: -0 } }, /zero/],
    [`PATCH ${DEPLOYMENT}/scale`, MERGE, { spec: { replicas: null } }, /zero/],
    [`PATCH ${DEPLOYMENT}/scale`, MERGE, { spec: null }, /zero/],
    [`PATCH ${DEPLOYMENT}/scale`, MERGE, '{"spec":{"replicas":0.0e5}}', /zero/],
    [`PUT ${DEPLOYMENT}/scale`, JSON_TYPE, { spec: {} }, /zero/],
    [`PUT ${DEPLOYMENT}/scale`, JSON_TYPE, { metadata: {} }, /zero/],
    [
      `PATCH ${DEPLOYMENT}/scale`,
      JSON_PATCH,
      [{ op: 'replace', path: '/spec/replicas', value: 0 }],
      /zero/,
    ],
    [
      `PATCH ${DEPLOYMENT}/scale`,
      JSON_PATCH,
      [{ op: 'remove', path: '/spec/replicas' }],
      /zero/,
    ],
    [`PATCH ${DEPLOYMENT}`, STRATEGIC, { spec: { replicas: 0 } }, /zero/],
    [`PATCH ${DEPLOYMENT}`, APPLY, { spec: { replicas: 0 } }, /zero/],
    [`PATCH ${DEPLOYMENT}`, APPLY, 'spec: {replicas: 0}', /not understood/],
    [
      `PATCH ${DEPLOYMENT}`,
      JSON_PATCH,
      [{ op: 'add', path: 'x/spec/replicas', value: 0 }],
      /zero/,
    ],
    [
      `PATCH ${DEPLOYMENT}`,
      JSON_PATCH,
      [{ op: 'replace', path: '/spec', value: { replicas: 0 } }],
      /zero/,
    ],
    [
      `PATCH ${DEPLOYMENT}`,
      JSON_PATCH,
      [{ op: 'copy', from: '/metadata/generation', path: '/spec/replicas' }],
      /not understood/,
    ],
    [
      `PATCH ${DEPLOYMENT}`,
      MERGE,
      '{"spec":{"replicas":3},"spec":{"replicas":0}}',
      /not understood/,
    ],
    [
      `PATCH ${DEPLOYMENT}`,
      MERGE,
      { metadata: { finalizers: null } },
      /finalizers/,
    ],
    [
      `PATCH ${DEPLOYMENT}`,
      MERGE,
      { metadata: { finalizers: [] } },
      /finalizers/,
    ],
    [`PATCH ${DEPLOYMENT}`, MERGE, { metadata: null }, /metadata/],
    [
      `PATCH ${DEPLOYMENT}`,
      STRATEGIC,
      { metadata: { '$deleteFromPrimitiveList/finalizers': ['a'] } },
      /finalizers/,
    ],
    [
      `PATCH ${DEPLOYMENT}`,
      STRATEGIC,
      { $patch: 'replace', spec: {} },
      /\$patch/,
    ],
    [
      `PATCH ${DEPLOYMENT}`,
      JSON_PATCH,
      [{ op: 'remove', path: '/metadata/finalizers' }],
      /removes/,
    ],
    [
      `PATCH ${DEPLOYMENT}`,
      JSON_PATCH,
      [{ op: 'remove', path: '/metadata/finalizers/0' }],
      /removes/,
    ],
    [
      `PATCH ${DEPLOYMENT}`,
      MERGE,
      { metadata: { ownerReferences: [{}] } },
      /ownerReferences/,
    ],
    [
      'PUT /api/v1/namespaces/d/services/a',
      JSON_TYPE,
      {},
      /replaces the whole/,
    ],
    [
      `PATCH ${DEPLOYMENT}`,
      STRATEGIC,
      container({ securityContext: { privileged: true } }),
      /privileged/,
    ],
    [
      `PATCH ${DEPLOYMENT}`,
      STRATEGIC,
      container({ securityContext: { capabilities: { add: ['SYS_ADMIN'] } } }),
      /'add'/,
    ],
    [
      `PATCH ${DEPLOYMENT}`,
      STRATEGIC,
      container({ securityContext: { procMount: 'Unmasked' } }),
      /procMount/,
    ],
    [
      `PATCH ${DEPLOYMENT}`,
      STRATEGIC,
      container({ ports: [{ hostPort: 80 }] }),
      /port of the node/,
    ],
    [
      `PATCH ${DEPLOYMENT}`,
      STRATEGIC,
      pod({ hostNetwork: true }),
      /network of the node/,
    ],
    [`PATCH ${DEPLOYMENT}`, STRATEGIC, pod({ hostPID: true }), /processes/],
    [
      `PATCH ${DEPLOYMENT}`,
      STRATEGIC,
      pod({ serviceAccountName: 'admin' }),
      /account/,
    ],
    [`PATCH ${DEPLOYMENT}`, STRATEGIC, pod({ nodeName: 'n' }), /node/],
    [
      `PATCH ${DEPLOYMENT}`,
      STRATEGIC,
      pod({ volumes: [{ name: 'v', hostPath: { path: '/' } }] }),
      /hostPath/,
    ],
    [
      `PATCH ${DEPLOYMENT}`,
      STRATEGIC,
      pod({
        volumes: [
          { name: 'v', projected: { sources: [{ serviceAccountToken: {} }] } },
        ],
      }),
      /serviceAccountToken/,
    ],
    [
      `PATCH ${DEPLOYMENT}`,
      JSON_PATCH,
      [
        {
          op: 'add',
          path: '/spec/template/spec/volumes/-',
          value: { hostPath: {} },
        },
      ],
      /hostPath/,
    ],
    [
      `PATCH ${DEPLOYMENT}`,
      JSON_PATCH,
      [
        {
          op: 'add',
          path: '/spec/template/spec/containers/-1/securityContext/privileged',
          value: true,
        },
      ],
      /cannot be read|privileged/,
    ],
    [
      'POST /api/v1/namespaces/d/pods',
      JSON_TYPE,
      { spec: { containers: [], futureField: 1 } },
      /futureField/,
    ],
    [
      'POST /apis/batch/v1/namespaces/d/cronjobs',
      JSON_TYPE,
      {
        spec: {
          jobTemplate: { spec: { template: { spec: { hostIPC: true } } } },
        },
      },
      /memory/,
    ],
    [
      'PATCH /apis/batch/v1/namespaces/d/jobs/a',
      MERGE,
      { spec: { suspend: true } },
      /suspends/,
    ],
    [
      'PATCH /apis/batch/v1/namespaces/d/jobs/a',
      MERGE,
      { spec: { parallelism: 0 } },
      /stops/,
    ],
    [
      'PATCH /apis/autoscaling/v2/namespaces/d/horizontalpodautoscalers/a',
      MERGE,
      { spec: { minReplicas: 0 } },
      /zero/,
    ],
    [
      'PATCH /apis/apps/v1/namespaces/d/statefulsets/a',
      MERGE,
      {
        spec: {
          persistentVolumeClaimRetentionPolicy: { whenScaled: 'Delete' },
        },
      },
      /volumes be deleted/,
    ],
    [
      'PATCH /api/v1/namespaces/d/serviceaccounts/a',
      MERGE,
      { metadata: { annotations: { 'eks.amazonaws.com/role-arn': 'x' } } },
      /rights/,
    ],
    [
      'PATCH /api/v1/namespaces/d/services/a',
      MERGE,
      { spec: { externalIPs: ['10.0.0.1'] } },
      /externalIPs/,
    ],
    [
      'PATCH /apis/x.example/v1/namespaces/d/things/a',
      MERGE,
      {},
      /kind is not understood/,
    ],
    [`PATCH ${DEPLOYMENT}/status`, MERGE, {}, /status does is not understood/],
    [
      'POST /apis/apps/v1/namespaces/d/deployments',
      PROTOBUF,
      protobufBody(field(2, bytes(numberField(1, 0)))),
      /zero/,
    ],
    [
      'POST /apis/apps/v1/namespaces/d/deployments',
      PROTOBUF,
      protobufBody(
        field(2, bytes(field(3, bytes(field(2, bytes(numberField(11, 1))))))),
      ),
      /network/,
    ],
    [
      'POST /apis/apps/v1/namespaces/d/deployments',
      PROTOBUF,
      protobufBody(field(2, bytes(field(77, 'x')))),
      /not understood/,
    ],
    [
      'POST /apis/apps/v1/namespaces/d/statefulsets',
      PROTOBUF,
      protobufBody(field(2, 'x')),
      /not understood/,
    ],
  ])('%s %s %j', (request, type, body, problem) => {
    expect(problemOf(request, type, body)).toMatch(problem);
  });
});

describe('a change of where pods may run', () => {
  const DAEMON_SET = '/apis/apps/v1/namespaces/d/daemonsets/a';
  const NOWHERE = { nodeSelector: { no: 'node' } };

  it.each<[string, string, unknown]>([
    [`PATCH ${DAEMON_SET}`, STRATEGIC, pod(NOWHERE)],
    [`PATCH ${DAEMON_SET}`, MERGE, pod({ tolerations: null })],
    [`PATCH ${DAEMON_SET}`, STRATEGIC, pod({ affinity: { nodeAffinity: {} } })],
    [`PATCH ${DAEMON_SET}`, STRATEGIC, pod({ $retainKeys: ['containers'] })],
    [
      `PATCH ${DAEMON_SET}`,
      JSON_PATCH,
      [{ op: 'add', path: '/spec/template/spec/nodeSelector/no', value: 'x' }],
    ],
    [`PUT ${DAEMON_SET}`, JSON_TYPE, container({})],
    [`PATCH ${DEPLOYMENT}`, STRATEGIC, pod(NOWHERE)],
    [`PATCH ${DEPLOYMENT}`, STRATEGIC, pod({ schedulerName: 'none' })],
    [`PATCH ${DEPLOYMENT}`, STRATEGIC, pod({ schedulerName: null })],
    [
      `PATCH ${DEPLOYMENT}`,
      STRATEGIC,
      pod({ nodeSelector: 'default-scheduler' }),
    ],
    [
      `PATCH ${DEPLOYMENT}`,
      MERGE,
      pod({ tolerations: 'default-scheduler', containers: [] }),
    ],
    ...['', '/spec', '/spec/template', '/spec/template/spec'].map(
      (path): [string, string, unknown] => [
        `PATCH ${DAEMON_SET}`,
        JSON_PATCH,
        [
          {
            op: 'replace',
            path,
            value: path
              .split('/')
              .slice(1)
              .reduce<unknown>(
                (tree, key) => (tree as Record<string, unknown>)[key],
                container({}),
              ),
          },
        ],
      ],
    ),
    ...['add', 'replace'].map((op): [string, string, unknown] => [
      'PATCH /apis/apps/v1/namespaces/d/replicasets/a',
      JSON_PATCH,
      [{ op, path: 'x/spec/template', value: container({}).spec.template }],
    ]),
    [
      `PATCH ${DAEMON_SET}`,
      STRATEGIC,
      {
        spec: {
          template: { $patch: 'replace', ...container({}).spec.template },
        },
      },
    ],
    [
      `PATCH ${DAEMON_SET}`,
      STRATEGIC,
      { spec: { $patch: 'replace', ...container({}).spec } },
    ],
    [
      `PATCH ${DEPLOYMENT}`,
      STRATEGIC,
      {
        spec: {
          template: { $patch: 'replace', ...pod(NOWHERE).spec.template },
        },
      },
    ],
    [
      `PATCH ${DEPLOYMENT}`,
      STRATEGIC,
      {
        spec: { template: { $retainKeys: ['spec'], ...pod({}).spec.template } },
      },
    ],
    [`PATCH ${DEPLOYMENT}`, STRATEGIC, { spec: { $patch: 'delete' } }],
    [
      'PATCH /apis/batch/v1/namespaces/d/cronjobs/a',
      MERGE,
      { spec: { jobTemplate: { spec: pod(NOWHERE).spec } } },
    ],
  ])('may leave them without a node: %s %s %j', (request, type, body) => {
    expect(problemOf(request, type, body)).toBeDefined();
  });

  it.each<[string, string, unknown]>([
    [
      `PATCH ${DEPLOYMENT}`,
      STRATEGIC,
      pod({ schedulerName: 'default-scheduler' }),
    ],
    [
      `PATCH ${DEPLOYMENT}`,
      JSON_PATCH,
      [
        {
          op: 'replace',
          path: '/spec/template',
          value: pod({
            containers: [{ name: 'a', image: 'b' }],
            schedulerName: 'default-scheduler',
          }).spec.template,
        },
      ],
    ],
    [
      'PATCH /apis/apps/v1/namespaces/d/statefulsets/a',
      STRATEGIC,
      {
        spec: {
          template: {
            $patch: 'replace',
            ...pod({
              containers: [{ name: 'a', image: 'b' }],
              schedulerName: 'default-scheduler',
            }).spec.template,
          },
        },
      },
    ],
  ])(
    'is none where it says what holds for every pod, or puts a whole template back, as kubectl rollout undo does: %s %s %j',
    (request, type, body) => {
      expect(problemOf(request, type, body)).toBeUndefined();
    },
  );

  it('is none where the workload is new, or is said again as the order of lists', () => {
    expect(
      problemOf('POST /apis/apps/v1/namespaces/d/daemonsets', JSON_TYPE, {
        metadata: { name: 'a' },
        ...pod({ ...NOWHERE, containers: [{ name: 'a', image: 'b' }] }),
      }),
    ).toBeUndefined();
    expect(
      problemOf(
        `PATCH ${DAEMON_SET}`,
        STRATEGIC,
        pod({
          '$setElementOrder/containers': [{ name: 'a' }],
          containers: [{ name: 'a', image: 'c' }],
        }),
      ),
    ).toBeUndefined();
  });
});
