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
      says: 'of an alias',
      text: 'kind: Secret\nstringData:\n  a: &a made-up-6\n  b: *a\n',
      values: ['made-up-6'],
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
});
