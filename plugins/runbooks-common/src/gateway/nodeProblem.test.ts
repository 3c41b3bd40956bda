import type { Scope, ScopeGrant } from '../scope/model';
import { judgeText } from '../plan/judge/testUtils/judgeText';
import { decideCall } from './decideCall';
import { describeRequest } from './describeRequest';
import { readRequestBody } from './requestBody';

const GRANT: ScopeGrant = {
  group: '',
  resource: 'nodes',
  namespace: '',
  names: ['*'],
  verbs: ['create', 'patch', 'update', 'delete'],
};
const SCOPE: Scope = {
  source: { kind: 'configuration', rule: 'shop' },
  namespaces: ['shop'],
  reads: 'cluster',
  grants: [
    GRANT,
    { ...GRANT, resource: 'nodes/status' },
    { ...GRANT, resource: 'nodes/proxy' },
  ],
};
const NODE = 'apiVersion: v1\nkind: Node\nmetadata: {name: n1}\n';
const FILES: Record<string, string> = {
  'tainted.yaml': `${NODE}spec:\n  taints: [{key: a, effect: NoExecute}]\n`,
  'cordoned.yaml': `${NODE}spec: {unschedulable: true}\n`,
  'labelled.yaml':
    'apiVersion: v1\nkind: Node\nmetadata: {name: n1, labels: {a: b}}\n',
  'owned.yaml':
    'apiVersion: v1\nkind: Node\nmetadata: {name: n1, ownerReferences: [{uid: x}]}\n',
  'taint.sh':
    'for i in 1; do kubectl rollout status deploy/web; done\nkubectl taint nodes n1 a=b:NoExecute\nkubectl apply -f made.yaml\n',
};

function judge(text: string) {
  return judgeText(text, FILES, { scope: SCOPE });
}

function decide(request: string, body: unknown, type: string) {
  const [method, url] = request.split(' ');
  const info = describeRequest(method, url);
  const bytes = new TextEncoder().encode(JSON.stringify(body));
  const anything = {
    verb: '*',
    group: '*',
    resource: '*',
    subresource: info.kind === 'resource' ? info.subresource : '',
    namespace: '',
    name: '*',
  };
  return decideCall(info, readRequestBody(info, type, bytes), {
    scope: SCOPE,
    secrets: { kind: 'any' },
    allowed: { kind: 'listed', writes: [anything] },
    destructive: true,
    preview: false,
    observeOnly: false,
  }).kind;
}

const MERGE = 'application/merge-patch+json';
const STRATEGIC = 'application/strategic-merge-patch+json';
const JSON_PATCH = 'application/json-patch+json';
const PATCH = 'PATCH /api/v1/nodes/n1';

describe('what ends the pods of a node is done by a person, though a grant names the node', () => {
  it.each([
    'kubectl taint nodes n1 a=b:NoExecute',
    'kubectl taint node n1 n2 a:NoExecute',
    'kubectl taint nodes --all a=b:NoExecute',
    'kubectl taint nodes n1 a=b:NoExecute --overwrite',
    'kubectl taint nodes n1 c=d:NoSchedule a=b:NoExecute',
    'kubectl taint nodes n1 a=b:noexecute',
    'kubectl taint nodes n1 "$(cat taint.txt)"',
    'kubectl taint nodes n1 "a=b:$(cat effect.txt)"',
    'for e in NoSchedule NoExecute; do kubectl taint nodes n1 a=b:$e; done',
    `kubectl patch node n1 -p '{"spec":{"taints":[{"key":"a","effect":"NoExecute"}]}}'`,
    `kubectl patch node n1 --type=merge -p '{"spec":{"taints":[{"key":"a"}]}}'`,
    `kubectl patch node n1 --type=json -p '[{"op":"add","path":"/spec/taints/-","value":{"key":"a","effect":"NoExecute"}}]'`,
    `kubectl patch node n1 --type=json -p '[{"op":"replace","path":"/spec/taints/0/effect","value":"NoExecute"}]'`,
    `kubectl patch node n1 --type=json -p '[{"op":"replace","path":"/spec/taints/0/key","value":"b"}]'`,
    `kubectl patch node n1 --type=json -p '[{"op":"copy","from":"/metadata/annotations/x","path":"/spec/taints"}]'`,
    'kubectl patch node n1 --patch-file tainted.yaml',
    `kubectl patch node n1 --subresource=status -p '{"status":{"conditions":[]}}'`,
    'kubectl apply -f tainted.yaml',
    'kubectl apply --server-side -f tainted.yaml',
    'kubectl create -f tainted.yaml',
    'kubectl replace -f tainted.yaml',
    'kubectl apply -f owned.yaml',
    'kubectl label node n1 pool=blue',
    'kubectl label node n1 pool=blue --overwrite',
    'kubectl label nodes --all pool-',
    'kubectl label -f cordoned.yaml kubernetes.io/os-',
    `kubectl patch node n1 -p '{"metadata":{"labels":{"a":null}}}'`,
    `kubectl patch node n1 -p '{"metadata":{"labels":{"a":"b"}}}'`,
    `kubectl patch node n1 --type=merge -p '{"metadata":{"labels":null}}'`,
    `kubectl patch node n1 --type=json -p '[{"op":"remove","path":"/metadata/labels/a"}]'`,
    `kubectl patch node n1 --type=json -p '[{"op":"add","path":"/metadata/labels/a","value":"b"}]'`,
    'kubectl apply -f labelled.yaml',
    'kubectl taint node n1 node.kubernetes.io/out-of-service=x:NoSchedule',
    `kubectl patch node n1 -p '{"spec":{"taints":[{"key":"node.kubernetes.io/out-of-service","effect":"NoSchedule"}]}}'`,
    'kubectl delete node n1',
    'kubectl delete -f cordoned.yaml',
    'bash taint.sh',
  ])('%s', text => {
    const { impossible, effect } = judge(text);
    expect(effect).toBe('destructive');
    expect(impossible).toMatch(/a node is drained by hand/);
  });

  it.each<[string, string, string, unknown]>([
    [
      'a NoExecute taint',
      PATCH,
      STRATEGIC,
      { spec: { taints: [{ key: 'a', effect: 'NoExecute' }] } },
    ],
    [
      'one beside another',
      PATCH,
      MERGE,
      {
        spec: {
          taints: [
            { key: 'b', effect: 'NoSchedule' },
            { key: 'a', effect: 'NoExecute' },
          ],
        },
      },
    ],
    [
      'a taint whose effect is not said',
      PATCH,
      MERGE,
      { spec: { taints: [{ key: 'a' }] } },
    ],
    [
      'a taint in a JSON patch',
      PATCH,
      JSON_PATCH,
      [
        {
          op: 'add',
          path: '/spec/taints',
          value: [{ key: 'a', effect: 'NoExecute' }],
        },
      ],
    ],
    [
      'an effect in a JSON patch',
      PATCH,
      JSON_PATCH,
      [{ op: 'replace', path: '/spec/taints/0/effect', value: 'NoExecute' }],
    ],
    [
      'a copy',
      PATCH,
      JSON_PATCH,
      [{ op: 'copy', from: '/spec/a', path: '/spec/taints' }],
    ],
    [
      'a whole specification',
      PATCH,
      JSON_PATCH,
      [{ op: 'replace', path: '/spec', value: {} }],
    ],
    [
      'a taint that is applied on the server',
      PATCH,
      'application/apply-patch+yaml',
      { spec: { taints: [{ key: 'a', effect: 'NoExecute' }] } },
    ],
    [
      'a whole node',
      'PUT /api/v1/nodes/n1',
      'application/json',
      {
        metadata: { name: 'n1' },
        spec: { taints: [{ key: 'a', effect: 'NoExecute' }] },
      },
    ],
    ['a label that is set', PATCH, MERGE, { metadata: { labels: { a: 'b' } } }],
    [
      'a label that is taken off',
      PATCH,
      JSON_PATCH,
      [{ op: 'remove', path: '/metadata/labels/a' }],
    ],
    [
      'a node that is out of service',
      PATCH,
      STRATEGIC,
      {
        spec: {
          taints: [
            { key: 'node.kubernetes.io/out-of-service', effect: 'NoSchedule' },
          ],
        },
      },
    ],
    [
      'a status',
      'PATCH /api/v1/nodes/n1/status',
      MERGE,
      { status: { conditions: [] } },
    ],
    ['a field that is not known', PATCH, MERGE, { spec: { configSource: {} } }],
    ['a body that cannot be read', PATCH, 'application/x-other', {}],
    [
      'a node that is deleted',
      'DELETE /api/v1/nodes/n1',
      'application/json',
      {},
    ],
    [
      'a node that is made with such a taint',
      'POST /api/v1/nodes',
      'application/json',
      {
        metadata: { name: 'n1' },
        spec: { taints: [{ key: 'a', effect: 'NoExecute' }] },
      },
    ],
  ])(
    'the gateway refuses %s, approved as destructive or not',
    (_, request, type, body) => {
      expect(decide(request, body, type)).toBe('refuse');
    },
  );
});

describe('what leaves the pods of a node where they are runs by a grant', () => {
  it.each([
    'kubectl cordon n1',
    'kubectl uncordon n1',
    'kubectl taint nodes n1 a=b:NoSchedule',
    'kubectl taint nodes n1 a:PreferNoSchedule',
    'kubectl taint nodes n1 a=b:NoExecute-',
    'kubectl taint nodes n1 a-',
    'kubectl taint node n1 node.kubernetes.io/out-of-service-',
    'kubectl annotate node n1 a=b',
    `kubectl patch node n1 -p '{"spec":{"unschedulable":true}}'`,
    `kubectl patch node n1 -p '{"spec":{"taints":[{"key":"a","effect":"NoSchedule"}]}}'`,
    `kubectl patch node n1 --type=json -p '[{"op":"remove","path":"/spec/taints"}]'`,
    'kubectl apply -f cordoned.yaml',
  ])('%s', text => {
    const { impossible, effect } = judge(text);
    expect(impossible).toBeUndefined();
    expect(effect).toBe('change');
  });

  it.each<[string, string, string, unknown]>([
    ['cordon', PATCH, STRATEGIC, { spec: { unschedulable: true } }],
    ['uncordon', PATCH, STRATEGIC, { spec: { unschedulable: null } }],
    [
      'taints that let pods stay',
      PATCH,
      STRATEGIC,
      { spec: { taints: [{ key: 'a', effect: 'NoSchedule' }] } },
    ],
    [
      'the last taint that goes',
      PATCH,
      JSON_PATCH,
      [{ op: 'remove', path: '/spec/taints' }],
    ],
    ['an annotation', PATCH, MERGE, { metadata: { annotations: { a: 'b' } } }],
  ])('the gateway lets %s pass', (_, request, type, body) => {
    expect(decide(request, body, type)).toBe('pass');
  });
});
