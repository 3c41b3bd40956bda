import { symlink } from 'node:fs/promises';
import { createMockDirectory } from '@backstage/backend-test-utils';
import { ReadingGivenUp } from '../reading/ReadingGivenUp';
import { judgingAtOnce } from '../testing/judgingAtOnce';
import { ManifestSecrets } from './ManifestSecrets';

describe('values of Secrets in the manifests of a workspace', () => {
  const disk = createMockDirectory();
  const manifests = new ManifestSecrets({ judging: judgingAtOnce });
  const secretsIn = (root: string) => manifests.in(root, 'user:default/ann');
  const manifestOf = (pw: string) => `kind: Secret\nstringData: {pw: ${pw}}\n`;

  it('are found in every folder, and nothing else is', async () => {
    const encoded = Buffer.from('made-up-2').toString('base64');
    disk.setContent({
      'w/k8s/db.yaml': 'kind: Secret\nstringData: {pw: made-up-1}\n',
      'w/k8s/deep/down.json': `{"kind":"Secret","data":{"pw":"${encoded}"}}`,
      'w/k8s/config.yml': 'kind: ConfigMap\ndata: {Secret: not-secret-1}\n',
      'w/notes.md': 'kind: Secret\nstringData: {pw: not-secret-2}\n',
      'w/tsconfig.json': '{ // a \\ comment\n}',
    });
    expect([...(await secretsIn(disk.resolve('w'))).values].sort()).toEqual(
      [encoded, 'made-up-1', 'made-up-2'].sort(),
    );
  });

  it('are not looked for where a link leads, nor in files that are too large', async () => {
    disk.setContent({
      'elsewhere.yaml': 'kind: Secret\nstringData: {pw: made-up-1}\n',
      'w/large.yaml': `kind: Secret\nstringData: {pw: made-up-2}\n#${'x'.repeat(
        2 * 1024 * 1024,
      )}`,
    });
    await symlink(disk.resolve('elsewhere.yaml'), disk.resolve('w/link.yaml'));
    const found = await secretsIn(disk.resolve('w'));
    expect(found.values.size).toBe(0);
    expect(found.notHidden).toMatch(/Secrets in 'large.yaml', if there are/);
  });

  it('are at most ten thousand', async () => {
    const keys = Array.from({ length: 11_000 }, (_, n) => `  k${n}: made-${n}`);
    disk.setContent({
      'w/many.yaml': `kind: Secret\nstringData:\n${keys.join('\n')}\n`,
    });
    const found = await secretsIn(disk.resolve('w'));
    expect(found.values.size).toBe(10_000);
    expect(found.notHidden).toMatch(/'many.yaml'/);
  });

  it('count once where several manifests have them, and one that does not fit hides no later one', async () => {
    const large = 'x'.repeat(300 * 1024);
    disk.setContent({
      'w/a.yaml': manifestOf(large),
      'w/b.yaml': `${manifestOf(large)}# b\n`,
      'w/c.yaml': `${manifestOf(large)}# c\n`,
      'w/d.yaml': `${manifestOf(large)}# d\n`,
      'w/e.yaml': manifestOf('y'.repeat(900 * 1024)),
      'w/z.yaml': manifestOf('made-up-z'),
    });
    const found = await secretsIn(disk.resolve('w'));
    expect([...found.values].map(({ length }) => length)).toEqual([
      300 * 1024,
      9,
    ]);
    expect(found.notHidden).toMatch(/^not hidden .* in 'e.yaml', if/);
  });

  it('are found whatever way YAML and JSON write the kind', async () => {
    disk.setContent({
      'w/a.yaml': 'kind: "S\\u0065cret"\nstringData: {pw: made-up-1}\n',
      'w/b.yaml': 'kind: "S\\x65cret"\nstringData: {pw: made-up-2}\n',
      'w/d.json': '{"kind":"\\u0053ecret","stringData":{"pw":"made-up-4"}}',
    });
    expect((await secretsIn(disk.resolve('w'))).values.size).toBe(3);
  });

  it.each([
    'kind: Secret\n\t- [',
    'kind: !!binary U2VjcmV0\ndata: {a: eA==}\n',
    'kind: "Sec\\\n  ret"\nstringData: {pw: made-up-3}\n',
    'kind: !<tag:yaml.org,2002:b%69nary> U2VjcmV0\n',
    'kind: Secret\nstringData: {<<: {pw: made-up-4}}\n',
  ])(
    'are all known or the step is not run: %j cannot be read whole',
    async text => {
      disk.setContent({ 'w/broken.yaml': text });
      await expect(secretsIn(disk.resolve('w'))).rejects.toThrow(
        "The Secrets in 'broken.yaml' could not be read: it is no whole YAML or JSON that all readers take alike",
      );
    },
  );

  it('of a template are those that can be read, and the step is told of it', async () => {
    disk.setContent({
      'w/t.yaml': 'kind: Secret\n{{ if .Values.a }}\ndata: {{ .Values.b }}\n',
    });
    expect((await secretsIn(disk.resolve('w'))).notHidden).toMatch(/'t.yaml'/);
  });

  it('are looked for once in each content', async () => {
    const texts: string[] = [];
    const counting = new ManifestSecrets({
      judging: {
        secretValues: async (text, person) => {
          texts.push(text);
          return judgingAtOnce.secretValues(text, person);
        },
      },
    });
    disk.setContent({
      'w/a.yaml': manifestOf('made-up-1'),
      'w/b.yaml': manifestOf('made-up-1'),
    });
    for (const _ of [1, 2]) {
      const { values } = await counting.in(disk.resolve('w'), 'user:default/b');
      expect([...values]).toEqual(['made-up-1']);
    }
    expect(texts).toHaveLength(1);
  });

  it('are all known or the step is not run: a manifest that takes too long is an error that names it', async () => {
    disk.setContent({ 'w/slow.yaml': 'kind: Secret\n' });
    const slow = new ManifestSecrets({
      judging: {
        secretValues: async () => {
          throw new ReadingGivenUp('it took longer than 10 s');
        },
      },
    });
    await expect(
      slow.in(disk.resolve('w'), 'user:default/ann'),
    ).rejects.toThrow(
      "The Secrets in 'slow.yaml' could not be read: it took longer than 10 s; expected a shorter or plainer manifest",
    );
  });
});
