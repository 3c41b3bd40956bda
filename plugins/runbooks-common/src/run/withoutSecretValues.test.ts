import { withoutSecretValues } from './withoutSecretValues';

const SECRET = `apiVersion: v1
kind: Secret
metadata:
  name: db
  annotations:
    kubectl.kubernetes.io/last-applied-configuration: |
      {"data":{"password":"aHVudGVyMg=="}}
stringData:
  password: hunter2 # of the database
  name: also-a-value
  certificate: |
    -----BEGIN

    abcdef
  "quoted": 'x: y'
data: {a: eA==, b: "eQ=="}
`;
const DEPLOYMENT = `apiVersion: apps/v1
kind: Deployment
metadata: {name: web}
spec:
  template:
    spec:
      containers: [{name: web, image: evil, securityContext: {privileged: true}}]
`;

describe('the values of Secrets in a text', () => {
  it('are hidden, and nothing but them', () => {
    expect(withoutSecretValues(SECRET)).toEqual({
      text: `apiVersion: v1
kind: Secret
metadata:
  name: db
  annotations:
    kubectl.kubernetes.io/last-applied-configuration: ••••••
      ••••••
stringData:
  password: •••••• # of the database
  name: ••••••
  certificate: ••••••
    ••••••

    ••••••
  "quoted": ••••••
data: {a: ••••••, b: ••••••}
`,
      hides: true,
      onlyValues: true,
    });
  });

  it('hide nothing of what else is applied with the same file', () => {
    const { text, onlyValues } = withoutSecretValues(
      `${SECRET}---\n${DEPLOYMENT}`,
    );
    expect(text.endsWith(`---\n${DEPLOYMENT}`)).toBe(true);
    expect(onlyValues).toBe(true);
    expect(text).not.toMatch(/hunter2|eA==|abcdef|x: y|aHVud/);
  });

  it.each([
    ['a list', 'kind: List\nitems:\n- kind: Secret\n  data: {a: eA==}\n'],
    ['a list of Secrets', 'kind: SecretList\nitems: [{data: {a: eA==}}]\n'],
    ['JSON', '{"kind": "Secret", "data": {"a": "eA=="}}'],
    ['one line', '- {apiVersion: v1, kind: Secret, data: {a: eA==}}\n'],
    [
      'a list of another kind',
      'kind: ConfigMapList\nitems: [{kind: Secret, data: {a: eA==}}]\n',
    ],
  ])('are found in %s', (_, text) => {
    const { text: shown, ...rest } = withoutSecretValues(text);
    expect(shown).toBe(text.replace(/"?eA=="?/, '••••••'));
    expect(rest).toEqual({ hides: true, onlyValues: true });
  });

  it.each([
    ['no manifest', 'kind: Secret\nimport os; os.system("x")\n'],
    ['a key that is there twice', `${SECRET}kind: ClusterRoleBinding\n`],
    ['several objects of JSON', '{"kind": "Secret"} {"kind": "Pod"}'],
    ['values that are no texts', 'kind: Secret\ndata: {a: {b: c}}\n'],
    [
      'values that something else uses',
      'kind: List\nitems:\n- {kind: Secret, data: {a: &x evil}}\n- {kind: Pod, image: *x}\n',
    ],
    ['values that are a list', 'kind: Secret\ndata: [a, b]\n'],
    ['a kind by an alias', 'x: &k Secret\nkind: *k\ndata: {a: evil}\n'],
    ['a merge', 'x: 1\n<<: {kind: Secret, data: {a: evil}}\n'],
    ['a key of two kinds', '? kind\n: Secret\ndata: {a: evil}\n'],
    ['a tag', 'kind: !!str Secret\ndata: {a: evil}\n'],
    ['a tag of base64', 'kind: !!binary U2VjcmV0\ndata: {a: evil}\n'],
    [
      'a lone end of a line',
      'kind: ConfigMap # a\rkind: Secret\ndata: {a: evil}',
    ],
    ['an odd word', 'kind: Secret\nimmutable: yes\ndata: {a: evil}\n'],
    [
      'a list beside what cannot be read',
      'a: [\n---\nx: {items: [{kind: Secret, data: {a: evil}}]}\n',
    ],
  ])('cannot be told from the rest in %s: all values are hidden', (_, text) => {
    const { text: shown, hides, onlyValues } = withoutSecretValues(text);
    expect({ hides, onlyValues }).toEqual({ hides: true, onlyValues: false });
    expect(shown).not.toMatch(/os\.system|hunter2|"Pod"|b: c|\[a|evil/);
    expect(shown.split('\n')).toHaveLength(text.split('\n').length);
  });

  it('are hidden where the word is written with an escape', () => {
    const text = 'kind: "S\\x65cret"\ndata: {a: eA==}\n';
    expect(withoutSecretValues(text).text).toBe(text.replace('eA==', '••••••'));
  });

  it.each([
    [
      'another kind of the same name',
      'apiVersion: acme.io/v1\nkind: Secret\ndata: {a: b}\n',
    ],
    ['another kind', 'kind: ConfigMap\nname: Secret\ndata: {a: b}\n'],
    ['a program', 'echo "Secret: {"\nkubectl get secret # Secret\n'],
    ['a program of kinds', 'set -e\nkubectl get "$kind" # Secret: x\n'],
    ['a comment', '# Secret\nkind: ConfigMap\nimmutable: yes\n'],
    [
      'a comment in a part of a file',
      'kind: Pod\nx: yes\n---\n# Secret\nkind: ConfigMap\n',
    ],
    ['no word of it', 'a: b\n'],
  ])('are not looked for in %s', (_, text) => {
    expect(withoutSecretValues(text)).toEqual({
      text,
      hides: false,
      onlyValues: true,
    });
  });
});
