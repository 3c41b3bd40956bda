import type { AllowedWrites, SecretReads } from '../model';
import { decideCall } from '../../gateway/decideCall';
import { describeRequest } from '../../gateway/describeRequest';
import { readRequestBody } from '../../gateway/requestBody';
import {
  field,
  PROTOBUF,
  protobufBody,
} from '../../gateway/testUtils/protobufBody';
import { judgeText } from './testUtils/judgeText';

const JSON_TYPE = 'application/json';
const MERGE = 'application/merge-patch+json';
const STRATEGIC = 'application/strategic-merge-patch+json';
const JSON_PATCH = 'application/json-patch+json';

/** What the gateway says to a body, in a step that was approved as an ordinary change by its words. */
function decide(
  words: { writes: AllowedWrites; secrets: SecretReads },
  request: string,
  body: unknown,
  type: string,
  destructive = false,
) {
  const [method, url] = request.split(' ');
  const info = describeRequest(method, url);
  const bytes =
    body instanceof Uint8Array
      ? body
      : new TextEncoder().encode(JSON.stringify(body));
  return decideCall(info, readRequestBody(info, type, bytes), {
    scope: {
      source: { kind: 'configuration', rule: 'shop' },
      namespaces: ['shop'],
      reads: 'cluster',
      grants: [],
    },
    secrets: words.secrets,
    allowed: words.writes,
    destructive,
    preview: false,
    observeOnly: false,
  }).kind;
}

const JOB = `apiVersion: batch/v1
kind: Job
metadata: {name: report}
spec:
  template:
    spec:
      restartPolicy: Never
      containers: [{name: a, image: b}]
`;
const JOBS = 'POST /apis/batch/v1/namespaces/shop/jobs';
const WITH_SECRET = {
  name: 'a',
  image: 'b',
  envFrom: [{ secretRef: { name: 'db' } }],
};

function job(container: object, metadata: object = {}) {
  return {
    apiVersion: 'batch/v1',
    kind: 'Job',
    metadata: { name: 'report', ...metadata },
    spec: { template: { spec: { containers: [container] } } },
  };
}

/** Words that are ordinary, and a body that is not what they say. */
const OTHER_BODIES: Array<[string, string, string, unknown, string]> = [
  [
    'a Secret that a new Job is given',
    'kubectl apply -f job.yaml',
    JOBS,
    job(WITH_SECRET),
    JSON_TYPE,
  ],
  [
    'a Secret that an applied Deployment is given',
    'kubectl set image deploy/web web=b:2',
    'PATCH /apis/apps/v1/namespaces/shop/deployments/web',
    { spec: { template: { spec: { containers: [WITH_SECRET] } } } },
    STRATEGIC,
  ],
  [
    'a Secret that is given by an operation',
    `kubectl patch deploy web --type=json -p '[{"op":"add","path":"/metadata/annotations/a","value":"b"}]'`,
    'PATCH /apis/apps/v1/namespaces/shop/deployments/web',
    [
      {
        op: 'add',
        path: '/spec/template/spec/containers/0/envFrom/-',
        value: { secretRef: { name: 'db' } },
      },
    ],
    JSON_PATCH,
  ],
  [
    'a Secret in what a typed client sends',
    'kubectl create job report --image=b',
    JOBS,
    protobufJob(),
    PROTOBUF,
  ],
  [
    'a Service that cannot be read',
    'kubectl expose deploy web --port=80',
    'POST /api/v1/namespaces/shop/services',
    protobufBody([
      ...message(1, field(1, 'web')),
      ...message(2, field(5, '10.0.0.1')),
    ]),
    PROTOBUF,
  ],
];

function message(number: number, content: number[]): number[] {
  return field(number, Uint8Array.from(content));
}

/** A Job whose container has `envFrom` a Secret. */
function protobufJob(): Uint8Array {
  const container = [
    ...field(1, 'a'),
    ...field(2, 'b'),
    ...message(19, message(3, message(1, field(1, 'db')))),
  ];
  const template = message(2, message(2, container));
  return protobufBody([
    ...message(1, field(1, 'report')),
    ...message(2, message(6, template)),
  ]);
}

describe('a body that is not what the approved words say', () => {
  it.each(OTHER_BODIES)('is refused: %s', (_, text, request, body, type) => {
    const words = judgeText(text, { 'job.yaml': JOB });
    expect(words).toMatchObject({
      effect: 'change',
      secrets: { kind: 'none' },
    });
    expect(decide(words, request, body, type)).toBe('refuse');
  });

  it('passes where the words were approved as reading any Secret', () => {
    const manifest = JOB.replace(
      '{name: a, image: b}',
      '{name: a, image: b, envFrom: [{secretRef: {name: db}}]}',
    );
    const words = judgeText('kubectl apply -f job.yaml', {
      'job.yaml': manifest,
    });
    expect(words.secrets).toEqual({ kind: 'any' });
    expect(decide(words, JOBS, job(WITH_SECRET), JSON_TYPE)).toBe('pass');
  });

  it('passes where a job is run once more as its CronJob says', () => {
    const words = judgeText('kubectl create job report --from=cronjob/nightly');
    const owner = { apiVersion: 'batch/v1', kind: 'CronJob', name: 'nightly' };
    const body = job(WITH_SECRET, { ownerReferences: [owner] });
    expect(decide(words, JOBS, body, JSON_TYPE)).toBe('pass');
  });

  it('passes where a rollback brings a template back', () => {
    const words = judgeText('kubectl rollout undo deploy/web');
    const value = { spec: { containers: [WITH_SECRET] } };
    expect(
      decide(
        words,
        'PATCH /apis/apps/v1/namespaces/shop/deployments/web',
        [{ op: 'replace', path: '/spec/template', value }],
        JSON_PATCH,
      ),
    ).toBe('pass');
  });
});

const ACCOUNT = `apiVersion: v1
kind: ServiceAccount
metadata:
  name: web
  annotations: {eks.amazonaws.com/role-arn: admin}
`;
const SERVICE = `apiVersion: v1
kind: Service
metadata: {name: web}
spec: {selector: {app: web}, externalIPs: [10.0.0.1]}
`;
const METADATA = '/metadata/annotations';

describe('what is asked for with typed words when it is applied', () => {
  it.each([
    ['create -f', 'kubectl create -f account.yaml'],
    ['create of a Service', 'kubectl create -f service.yaml'],
    ['create of a heredoc', `kubectl create -f - <<'EOF'\n${ACCOUNT}EOF`],
    [
      'expose with an address',
      'kubectl expose deploy web --port=80 --external-ip=10.0.0.1',
    ],
    [
      'expose with overrides',
      `kubectl expose deploy web --port=80 --overrides='{"spec":{"externalIPs":["10.0.0.1"]}}'`,
    ],
    [
      'create service externalname',
      'kubectl create service externalname web --external-name=x.example.com',
    ],
    [
      'create deployment without pods',
      'kubectl create deployment web --image=b --replicas=0',
    ],
    ['autoscale to none', 'kubectl autoscale deploy web --min=0 --max=3'],
    [
      'run with an owner',
      `kubectl run web --image=b --overrides='{"metadata":{"ownerReferences":[{"uid":"u"}]}}'`,
    ],
    [
      'a JSON patch that copies to where it may not write',
      `kubectl patch sa web --type=json -p '[{"op":"add","path":"${METADATA}/meta.helm.sh~1x","value":"arn"},{"op":"copy","from":"${METADATA}/meta.helm.sh~1x","path":"${METADATA}/eks.amazonaws.com~1role-arn"}]'`,
    ],
    [
      'a JSON patch that moves there',
      `kubectl patch sa web --type=json -p '[{"op":"move","from":"${METADATA}/meta.helm.sh~1x","path":"${METADATA}/eks.amazonaws.com~1role-arn"}]'`,
    ],
  ])('is asked for so too by %s', (_, text) => {
    const { effect } = judgeText(text, {
      'account.yaml': ACCOUNT,
      'service.yaml': SERVICE,
    });
    expect(effect).toBe('destructive');
  });

  it.each<[string, string, string, unknown, string]>([
    [
      'an account with a role',
      'kubectl create sa web',
      'POST /api/v1/namespaces/shop/serviceaccounts',
      {
        metadata: {
          name: 'web',
          annotations: { 'eks.amazonaws.com/role-arn': 'admin' },
        },
      },
      JSON_TYPE,
    ],
    [
      'a Service with an address',
      'kubectl expose deploy web --port=80',
      'POST /api/v1/namespaces/shop/services',
      { metadata: { name: 'web' }, spec: { externalIPs: ['10.0.0.1'] } },
      JSON_TYPE,
    ],
    [
      'a copy to an annotation',
      `kubectl patch sa web --type=json -p '[{"op":"add","path":"${METADATA}/meta.helm.sh~1x","value":"arn"}]'`,
      'PATCH /api/v1/namespaces/shop/serviceaccounts/web',
      [
        {
          op: 'copy',
          from: `${METADATA}/meta.helm.sh~1x`,
          path: `${METADATA}/eks.amazonaws.com~1role-arn`,
        },
      ],
      JSON_PATCH,
    ],
    [
      'other finalizers of a custom resource',
      'kubectl apply -f route.yaml',
      'PATCH /apis/argoproj.io/v1alpha1/namespaces/shop/applications/web',
      {
        metadata: {
          finalizers: ['a/b'],
          annotations: {
            'kubectl.kubernetes.io/last-applied-configuration': '{}',
          },
        },
      },
      MERGE,
    ],
  ])('is refused in an ordinary step: %s', (_, text, request, body, type) => {
    const words = judgeText(text, {
      'route.yaml':
        'apiVersion: argoproj.io/v1alpha1\nkind: Application\nmetadata: {name: web}\n',
    });
    expect(words.effect).toBe('change');
    expect(decide(words, request, body, type)).toBe('refuse');
    expect(decide(words, request, body, type, true)).toBe('pass');
  });
});
