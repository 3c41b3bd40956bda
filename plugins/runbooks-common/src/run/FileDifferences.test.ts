import { FileDifferences, type ComparedFile } from './FileDifferences';

function changed(
  before: string | Buffer,
  after: string | Buffer,
  path = 'json/tool.py',
): ComparedFile {
  const content = (one: string | Buffer) => ({
    kind: 'file' as const,
    content: Buffer.from(one),
  });
  return {
    path,
    change: 'changed',
    changedBy: 's1',
    before: content(before),
    after: content(after),
  };
}

const SECRET = ['x8Kq2LmZ', 'p0RtV5wY', 'b7NcJ4sD'].join('');

describe('what an approver sees of a changed file', () => {
  it('is the whole difference, and says so', () => {
    expect(new FileDifferences([]).of(changed('a\n', 'b\n'))).toEqual({
      difference: {
        path: 'json/tool.py',
        change: 'changed',
        changedBy: 's1',
        text: '-a\n+b',
      },
      whole: true,
    });
  });

  it('spells bytes that are no UTF-8, so that no two files look the same', () => {
    const of = (after: Buffer | string) =>
      new FileDifferences([]).of(changed('', after));
    const latin = of(Buffer.from('caf\xe9 \\n\n', 'latin1'));
    expect(latin).toMatchObject({
      difference: { text: '+caf\\xe9 \\\\n' },
      whole: true,
    });
    const mixed = of(Buffer.concat([Buffer.from('é€😀'), Buffer.from([0x80])]));
    expect(mixed.difference.text).toBe('+é€😀\\x80 (no line end)');
  });

  it.each<[string, ComparedFile]>([
    ['a binary file', changed('a', 'b\0')],
    ['a file over 512 KiB', changed('a', 'b\n'.repeat(300_000))],
    ['a difference over 256 KiB', changed('a', 'b'.repeat(300_000))],
    ['a line end that is written out', changed('a (no line end)\n', 'a')],
    [
      'a manifest in which a known secret is hidden elsewhere',
      changed('', `kind: Pod\nspec: {command: [${SECRET}]}\n`, 'pod.yaml'),
    ],
    [
      'a manifest of a Secret that cannot be read',
      changed('', 'kind: Secret\ndata: {a: [b]}\n', 'backup.yaml'),
    ],
    [
      'a Secret in a file that is executed',
      changed('', 'kind: Secret\ndata: {a: eA==}\n', 'bin/run'),
    ],
    ['a program in which a secret is hidden', changed('a', `run ${SECRET}\n`)],
    [
      'a program that says it is a Secret',
      changed('a', 'kind: Secret\nimport os; os.system("x")\n'),
    ],
  ])('is not all of it for %s', (_, file) => {
    expect(new FileDifferences([SECRET]).of(file).whole).toBe(false);
  });

  it('is all of a manifest of a Secret whose values are hidden', () => {
    const { whole, difference } = new FileDifferences([]).of(
      changed('', 'kind: Secret\ndata:\n  a: eA==\n', 'backup.yaml'),
    );
    expect(whole).toBe(true);
    expect(difference.text).not.toContain('eA==');
    expect(difference.hidesValues).toBe(true);
  });

  it('is every other object that stands in one file with a Secret', () => {
    const { whole, difference } = new FileDifferences([]).of(
      changed(
        'kind: Secret\ndata:\n  a: eA==\n',
        'kind: Secret\ndata:\n  a: eQ==\n---\nkind: ClusterRoleBinding\nroleRef: {name: cluster-admin}\n',
        'backup.yaml',
      ),
    );
    expect(whole).toBe(true);
    expect(difference.text).toBe(
      [
        ' kind: Secret',
        ' data:',
        '-  a: ••••••',
        '+  a: ••••••',
        '+---',
        '+kind: ClusterRoleBinding',
        '+roleRef: {name: cluster-admin}',
      ].join('\n'),
    );
  });

  it('is whole up to 1 MiB in all, whatever the number of files', () => {
    const differences = new FileDifferences([]);
    const small = Array.from({ length: 60 }, () => changed('a\n', 'b\n'));
    expect(small.every(file => differences.of(file).whole)).toBe(true);
    const large = Array.from({ length: 6 }, () =>
      changed('', `${'b'.repeat(200_000)}\n`),
    );
    expect(large.map(file => differences.of(file).whole)).toEqual([
      true,
      true,
      true,
      true,
      true,
      false,
    ]);
  });

  it('needs nothing to be shown of a file that is gone', () => {
    expect(
      new FileDifferences([]).of({
        path: 'bin/x',
        change: 'deleted',
        before: { kind: 'file', content: Buffer.from('\0') },
      }).whole,
    ).toBe(true);
  });
});

it.each([
  [
    'keys of a Secret',
    `kind: Secret\ndata:\n${Array.from(
      { length: 40_000 },
      (_, n) => `  k${n}: a`,
    ).join('\n')}\n`,
  ],
  ['a row of pairs', `kind: Secret\ndata: {${'a: b, '.repeat(80_000)}}\n`],
  ['many documents', 'kind: Secret\ndata: {a: b}\n---\n'.repeat(15_000)],
])('the difference of 512 KiB takes seconds: %s', (_, text) => {
  const before = process.cpuUsage();
  const { difference } = new FileDifferences([]).of(
    changed('', text, 'a.yaml'),
  );
  expect(difference.hidesValues).toBe(true);
  expect(process.cpuUsage(before).user / 1_000).toBeLessThan(8_000);
});
