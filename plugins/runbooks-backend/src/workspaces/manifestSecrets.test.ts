import { symlink } from 'node:fs/promises';
import { createMockDirectory } from '@backstage/backend-test-utils';
import { manifestSecrets } from './manifestSecrets';

describe('values of Secrets in the manifests of a workspace', () => {
  const disk = createMockDirectory();

  it('are found in every folder, and nothing else is', async () => {
    const encoded = Buffer.from('made-up-2').toString('base64');
    disk.setContent({
      'w/k8s/db.yaml': 'kind: Secret\nstringData: {pw: made-up-1}\n',
      'w/k8s/deep/down.json': `{"kind":"Secret","data":{"pw":"${encoded}"}}`,
      'w/k8s/config.yml': 'kind: ConfigMap\ndata: {Secret: not-secret-1}\n',
      'w/notes.md': 'kind: Secret\nstringData: {pw: not-secret-2}\n',
      'w/broken.yaml': 'kind: Secret\n\t- [',
    });
    expect([...(await manifestSecrets(disk.resolve('w')))].sort()).toEqual(
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
    expect((await manifestSecrets(disk.resolve('w'))).size).toBe(0);
  });
});
