import type { Scope } from '../../../scope/model';
import { judgeStep } from '../../../plan/judge/judgeStep';
import { INVENTORY } from '../../../plan/testUtils/inventory';
import { kubectlDocuments } from './kubectlDocuments';

const SCOPE: Scope = {
  source: { kind: 'configuration', rule: 'shop' },
  namespaces: ['shop'],
  reads: 'cluster',
  grants: [],
};

function judge(text: string, manifest = '') {
  return judgeStep({
    text,
    environment: {},
    waiting: [],
    hidden: [],
    fileText: path => (path === 'm.yaml' ? manifest : undefined),
    inventory: INVENTORY,
    observeOnly: false,
    scope: SCOPE,
    namespace: 'shop',
    folders: [''],
  });
}

const WEB = 'apiVersion: apps/v1\nkind: Deployment\nmetadata: {name: web}\n';
const POD = 'spec:\n  template:\n    spec:\n';
const JOB = `apiVersion: batch/v1
kind: Job
metadata: {name: report}
spec:
  template:
    spec:
      restartPolicy: Never
      containers: [{name: a, image: b}]
`;

/** A manifest that looks ordinary here, and of which kubectl makes something else. */
const READ_OTHERWISE: Array<[string, string]> = [
  ...['\u0085', '\u2028', '\u2029', '\r'].map((end): [string, string] => [
    `a comment that ends with ${JSON.stringify(end)}`,
    `${WEB}${POD}      # x${end}      hostNetwork: true\n      containers: [{name: a, image: b}]\n`,
  ]),
  [
    'a merge behind the key that it replaces',
    `${JOB}      <<:\n        containers:\n          - {name: a, image: b, envFrom: [{secretRef: {name: db}}]}\n`,
  ],
  [
    'a merge before the key',
    `${WEB}spec:\n  <<: {replicas: 0}\n  replicas: 2\n`,
  ],
  ['a merge in quotes', `${WEB}spec:\n  "<<": {replicas: 0}\n`],
  ['a merge with a tag', `${WEB}spec:\n  !!merge "<<": {replicas: 0}\n`],
  ['a merge of a list', `${WEB}spec:\n  <<: [{replicas: 3}, {replicas: 0}]\n`],
  ['a merge at the root', `${WEB}<<: {kind: ServiceAccount}\n`],
  ['a key twice', `${WEB}spec:\n  replicas: 0\n  replicas: 2\n`],
  ['a kind in another case', `${WEB}Kind: ServiceAccount\n`],
  ['an alias', `${WEB}spec: &a {replicas: 2}\nother: *a\n`],
  ['a tag', `${WEB}spec: {replicas: !!int "2"}\n`],
  ['words behind three dashes', `${WEB}---spec: {replicas: 0}\n`],
  ['three dots', `${WEB}...\n${JOB}`],
  ['a directive', `%YAML 1.2\n---\n${WEB}`],
  [
    'JSON with a key twice',
    '{"apiVersion":"v1","kind":"ConfigMap","kind":"Secret","metadata":{"name":"a"}}',
  ],
];

describe('a manifest in which kubectl sees something else', () => {
  it.each(READ_OTHERWISE)('is not read: %s', (_, text) => {
    expect(kubectlDocuments(text)).toBeUndefined();
  });

  it.each(READ_OTHERWISE)(
    'is unknown where it is applied or created, and asked of everybody there: %s',
    (_, text) => {
      for (const verb of ['apply', 'create']) {
        const { unknown, writes } = judge(`kubectl ${verb} -f m.yaml`, text);
        expect(unknown).toMatch(/read/);
        expect(writes).toMatchObject({
          kind: 'any-in-namespaces',
          destructive: true,
        });
      }
    },
  );

  it('is unknown in a heredoc too', () => {
    const text = `kubectl apply -f - <<'EOF'\n${WEB}spec:\n  <<: {replicas: 0}\n  replicas: 2\nEOF\n`;
    expect(judge(text).unknown).toMatch(/read/);
  });

  it('is destructive as a patch', () => {
    for (const patch of [
      '{"spec":{"paused":true},"spec":{"replicas":0}}',
      'spec: {paused: true, <<: {replicas: 0}}',
      'spec:\n  paused: true # \u2028  replicas: 0',
    ])
      expect(judge(`kubectl patch deploy web -p '${patch}'`).effect).toBe(
        'destructive',
      );
  });
});

describe('a manifest that every reader takes alike', () => {
  it.each<[string, string]>([
    ['a Deployment', `${WEB}spec: {replicas: 2}\n`],
    [
      'with Windows line ends',
      `${WEB}spec: {replicas: 2}\n`.replaceAll('\n', '\r\n'),
    ],
    ['two documents', `---\n${WEB}--- # the job\n${JOB}---\n`],
    [
      'JSON',
      '{"apiVersion":"v1","kind":"ConfigMap","metadata":{"name":"a"},"data":{"a":"---"}}',
    ],
    [
      'text with dashes and tabs in it',
      'apiVersion: v1\nkind: ConfigMap\nmetadata: {name: a}\ndata:\n  a: |\n    ---\n    \tb: <<c\n',
    ],
  ])('is judged by what stands in it: %s', (_, text) => {
    expect(judge('kubectl apply -f m.yaml', text)).toMatchObject({
      effect: 'change',
      writes: { kind: 'listed' },
    });
  });
});
