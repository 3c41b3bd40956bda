import { secretValuesInManifest } from './secretValuesInManifest';

const base64 = (text: string) => Buffer.from(text).toString('base64');

describe('values of the Secrets in a manifest', () => {
  it.each([
    {
      says: 'of several documents',
      text: `kind: ConfigMap\ndata: {a: not-secret}\n---\nkind: Secret\nstringData: {pw: made-up-1}\n---\nkind: Secret\ndata:\n  pw: ${base64(
        'made-up-2',
      )}\n`,
      values: ['made-up-1', base64('made-up-2'), 'made-up-2'],
    },
    {
      says: 'of a list',
      text: `kind: List\nitems:\n- kind: Secret\n  stringData: {pw: made-up-3}\n- kind: ConfigMap\n  data: {a: not-secret}\n`,
      values: ['made-up-3'],
    },
    {
      says: 'of JSON',
      text: JSON.stringify({ kind: 'Secret', stringData: { pw: 'made-up-4' } }),
      values: ['made-up-4'],
    },
    {
      says: 'of a block of several lines',
      text: 'kind: Secret\nstringData:\n  file: |\n    user=a\n    pass=made-up-5\n',
      values: ['user=a\npass=made-up-5\n'],
    },
    {
      says: 'of the copy that apply keeps',
      text: `kind: Secret\nmetadata:\n  annotations:\n    kubectl.kubernetes.io/last-applied-configuration: '${JSON.stringify(
        { stringData: { pw: 'made-up-7' } },
      )}'\n`,
      values: ['made-up-7'],
    },
  ])('are found: $says', ({ text, values }) => {
    const found = secretValuesInManifest(text);
    expect([...found.values].sort()).toEqual([...values].sort());
    expect(found.complete).toBe(true);
  });

  it('are told to be incomplete where aliases multiply', () => {
    const bomb = ['kind: Secret', 'x0: &x0 [a, a, a, a, a, a, a, a, a, a]'];
    for (let n = 1; n < 9; n += 1) {
      bomb.push(`x${n}: &x${n} [${`*x${n - 1},`.repeat(10)}]`);
    }
    const found = secretValuesInManifest(bomb.join('\n'));
    expect(found).toEqual({ values: new Set(), complete: false });
  });

  it('are told to be incomplete where the text is too long or no YAML', () => {
    const long = `kind: Secret\n${'#'.repeat(3_000_000)}`;
    expect(secretValuesInManifest(long).complete).toBe(false);
    expect(secretValuesInManifest('kind: Secret\n\t- a: [').complete).toBe(
      false,
    );
  });

  it.each([
    ['two digits', '"S\\x65cret"'],
    ['four digits', '"S\\u0065cret"'],
    ['eight digits', '"S\\U00000065cret"'],
    ['a line that goes on', '"Sec\\\n   ret"'],
    ['a line that goes on, as Windows ends lines', '"Sec\\\r\n  ret"'],
  ])('are found where the word is written with %s', (_, kind) => {
    const text = `kind: ${kind}\nstringData: {pw: made-up-8}\n`;
    const found = secretValuesInManifest(text);
    expect([...found.values]).toEqual(['made-up-8']);
  });

  it.each([
    ['a ConfigMap', 'kind: ConfigMap\ndata: {a: not-secret}'],
    ['a ConfigMap that cannot be read', 'kind: ConfigMap\n\t- a: ['],
    ['a path with backslashes', 'path: "C:\\\\x\\\\u\n\t- ['],
  ])('are none in %s, and nothing is missing', (_, text) => {
    const found = secretValuesInManifest(text);
    expect(found).toEqual({ values: new Set(), complete: true });
  });

  it('are found in a manifest of 2 MiB, and one character more is too long', () => {
    const most = 'kind: Secret\nstringData: {pw: made-up-9}\n#'.padEnd(
      2 * 1024 * 1024,
      'x',
    );
    expect(secretValuesInManifest(most)).toEqual({
      values: new Set(['made-up-9']),
      complete: true,
    });
    expect(secretValuesInManifest(`${most}x`).complete).toBe(false);
  });

  it.each([
    ['a mark of base64', 'kind: Secret\ndata: {pw: !!binary aGVsbG8=}\n'],
    ['its long form', 'kind: !<tag:yaml.org,2002:b%69nary> U2VjcmV0\n'],
    [
      'a handle of it',
      '%TAG !e! tag:yaml.org,2002:bin\n---\nkind: !e!ary U2VjcmV0\n',
    ],
    ['a key twice', 'kind: Secret\nstringData: {a: made-up-1, a: made-up-2}\n'],
    ['a merge', 'kind: Secret\nx: &x {a: made-up-1}\nstringData: {<<: *x}\n'],
    ['a merge of all of it', 'kind: ConfigMap\n<<: {kind: Secret}\n'],
    ['a key of another case', 'Kind: Secret\nkind: ConfigMap\n'],
    ['a lone end of a line', 'kind: ConfigMap # a\rkind: Secret\n'],
    ['a separator of lines', 'kind: Secret\ndata:\n  a: x\u2028  b: y\n'],
    ['two bytes a character', '\ufffdk\0i\0n\0d\0:\0 \0S\0e\0c\0r\0e\0t\0'],
    ['a mark within a text', 'kind: ConfigMap\n--- kind: Secret\n'],
    [
      'a truth value',
      'kind: Secret\nstringData: {a: made-up-1}\nimmutable: yes\n',
    ],
    ['an alias', 'kind: Secret\nstringData:\n  a: &a made-up-6\n  b: *a\n'],
  ])('are told to be incomplete where readers differ: %s', (_, text) => {
    expect(secretValuesInManifest(text).complete).toBe(false);
  });

  it('are whole where only another document of the file is read in several ways', () => {
    const text =
      'kind: Pod\nx: yes\n---\nkind: Secret\nstringData: {pw: made-up-13}\n---\n# Secret\nkind: Job\nx: &a 0x10\n';
    expect(secretValuesInManifest(text)).toEqual({
      values: new Set(['made-up-13']),
      complete: true,
    });
  });

  it('are found in lists in lists, four deep and no deeper', () => {
    const secret = { kind: 'Secret', stringData: { pw: 'made-up-10' } };
    const within = (depth: number): object =>
      depth === 0 ? secret : { kind: 'List', items: [within(depth - 1)] };
    const valuesIn = (depth: number) =>
      secretValuesInManifest(JSON.stringify(within(depth))).values.size;
    expect([valuesIn(4), valuesIn(5)]).toEqual([1, 0]);
    expect(secretValuesInManifest(JSON.stringify(within(5))).complete).toBe(
      false,
    );
  });

  it('are found beside nothing, numbers and words, and in a list of Secrets', () => {
    const list = {
      kind: 'List',
      items: [
        ...[null, 3, 'Secret'],
        { kind: 'SecretList', items: [{ stringData: { pw: 'made-up-11' } }] },
      ],
    };
    expect(secretValuesInManifest(JSON.stringify(list))).toEqual({
      values: new Set(['made-up-11']),
      complete: true,
    });
  });

  it('are decoded where base64 stands on several lines, and not where it is no text or no base64', () => {
    const [first, second] = [base64('made-up-').slice(0, 8), 'Y2lwaGVy'];
    const bytes = Buffer.from([0xff, 0xfe, 0xfd, 0xfc]).toString('base64');
    const text = `kind: Secret\ndata:\n  a: |\n    ${first}\n    ${second}\n  b: ${bytes}\n  c: "%%%%%"\n`;
    expect([...secretValuesInManifest(text).values]).toEqual([
      `${first}\n${second}\n`,
      Buffer.from(first + second, 'base64').toString(),
      bytes,
      '%%%%%',
    ]);
  });
});
