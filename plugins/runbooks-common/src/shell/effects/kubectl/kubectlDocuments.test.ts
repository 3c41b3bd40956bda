import type { Scope } from '../../../scope/model';
import { judgeStep } from '../../../plan/judge/judgeStep';
import { INVENTORY } from '../../../plan/testUtils/inventory';
import { manifestObjects } from './manifest';

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
    'a word that is a truth value to one reader',
    `${WEB}other: {a: y, b: yes}\n`,
  ],
  ['a number with a sign of its own', `${WEB}other: 0_X5\n`],
  ['a number to the power of ten', `${WEB}other: e-1\n`],
  ['a date', `${WEB}other: 2024-01-01\n`],
  ['a colon that ends a key in a list', `${WEB}other: [a, e:]\n`],
  ['a line of a text that goes on', `${WEB}other: "a\\\n\n  b"\n`],
  ['a block that says how far it is indented', `${WEB}other: |2\n   a\n`],
  ['a block whose last line has no end', `${WEB}other: |\n  a`],
  ['a tab between words', `${WEB}other:\ta\n`],
  ['a key in two parts', `${WEB}? other\n: a\n`],
  ['a key that is no text', `${WEB}true: a\n`],
  ['a list of objects that says it is one object', `${WEB}items: []\n`],
  ['a character that marks the order of bytes', `\ufeff${WEB}`],
  ['a blank that is none', `${WEB}other:\u00a0a\n`],
  ['JSON with half a character', '{"kind":"ConfigMap","a":"\\ud800"}'],
  ['JSON with a number to be rounded', '{"kind":"ConfigMap","a":1e3}'],
  [
    'JSON with a key twice',
    '{"apiVersion":"v1","kind":"ConfigMap","kind":"Secret","metadata":{"name":"a"}}',
  ],
];

describe('a manifest in which kubectl sees something else', () => {
  it.each(READ_OTHERWISE)('is not read: %s', (_, text) => {
    expect(manifestObjects(text)).toMatchObject({ kind: 'unread' });
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

  it('is unread with the file, the line and what stands there', () => {
    const { because } = judge(
      'kubectl apply -f m.yaml',
      `${WEB}spec:\n  replicas: 2\n  <<: {replicas: 0}\n`,
    );
    expect(because).toBe(
      "applies the manifests of m.yaml, which nobody can surely read as kubectl does (m.yaml, line 6: the key '<<')",
    );
  });

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
      'words that are no numbers',
      `${WEB}spec: {replicas: 2, a: 10Mi, b: 1.2.3, c: 10.0.0.0/8, d: 50%, e: 0644, f: 1.5, g: 127.0.0.1:80, h: -x}\n`,
    ],
    [
      'texts on more lines than one',
      `${WEB}spec:\n  a: plain\n    goes on\n  b: 'it''s\n\n    quoted'\n  c: "two\n    lines" # and a\tnote\n`,
    ],
    ['keys that are numbers', `${WEB}spec: {8080: a, 0: b}\n`],
    ['letters of other languages', `${WEB}spec: {a: größer → 大きい 🚀}\n`],
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
