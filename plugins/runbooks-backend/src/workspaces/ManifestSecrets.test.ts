import { symlink } from 'node:fs/promises';
import { createMockDirectory } from '@backstage/backend-test-utils';
import { ReadingGivenUp } from '../reading/ReadingGivenUp';
import { judgingAtOnce } from '../testing/judgingAtOnce';
import { ManifestSecrets } from './ManifestSecrets';

describe('values of Secrets in the manifests of a workspace', () => {
  const disk = createMockDirectory();
  const manifests = new ManifestSecrets({ judging: judgingAtOnce });
  const secretsIn = (root: string) => manifests.in(root, 'user:default/ann');

  it('are found in every folder, and nothing else is', async () => {
    const encoded = Buffer.from('made-up-2').toString('base64');
    disk.setContent({
      'w/k8s/db.yaml': 'kind: Secret\nstringData: {pw: made-up-1}\n',
      'w/k8s/deep/down.json': `{"kind":"Secret","data":{"pw":"${encoded}"}}`,
      'w/k8s/config.yml': 'kind: ConfigMap\ndata: {Secret: not-secret-1}\n',
      'w/notes.md': 'kind: Secret\nstringData: {pw: not-secret-2}\n',
      'w/broken.yaml': 'kind: Secret\n\t- [',
    });
    expect([...(await secretsIn(disk.resolve('w')))].sort()).toEqual(
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
    expect((await secretsIn(disk.resolve('w'))).size).toBe(0);
  });

  it('are at most ten thousand', async () => {
    const keys = Array.from({ length: 11_000 }, (_, n) => `  k${n}: made-${n}`);
    disk.setContent({
      'w/many.yaml': `kind: Secret\nstringData:\n${keys.join('\n')}\n`,
    });
    expect((await secretsIn(disk.resolve('w'))).size).toBe(10_000);
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
