import { symlinkSync } from 'node:fs';
import { createMockDirectory } from '@backstage/backend-test-utils';
import { LocalRepository } from './LocalRepository';
import { snapshotOf } from './snapshotOf';

describe('a folder with runbooks', () => {
  const disk = createMockDirectory();

  beforeEach(() => {
    disk.setContent({
      'system/runbooks/operations.md': '# Operations',
      'system/runbooks/README.md': '# About',
      'system/runbooks/deep/incident.markdown': '# Incident',
      'system/runbooks/CHANGELOG.md': '# Changes',
      'system/notes.txt': 'x',
      'outside/secret.md': '# Secret',
    });
  });

  const open = () =>
    LocalRepository.open(disk.resolve('system'), [disk.resolve('system')]);

  it('lists its Markdown files at any depth, without README and CHANGELOG', async () => {
    expect(await (await open()).listMarkdown('runbooks')).toEqual([
      'runbooks/deep/incident.markdown',
      'runbooks/operations.md',
    ]);
  });

  it('is read only below an allowed root', async () => {
    await expect(
      LocalRepository.open(disk.resolve('outside'), [disk.resolve('system')]),
    ).rejects.toThrow('is not below one of runbooks.sources.localRoots');
    await expect(
      LocalRepository.open(disk.resolve('system'), []),
    ).rejects.toThrow('localRoots');
  });

  it.each(['../outside/secret.md', '/etc/passwd'])(
    'does not read %s',
    async file => {
      await expect((await open()).readText(file)).rejects.toThrow(
        'leads out of',
      );
    },
  );

  it('does not follow a link out of itself', async () => {
    symlinkSync(
      disk.resolve('outside/secret.md'),
      disk.resolve('system/runbooks/link.md'),
    );
    const repository = await open();
    await expect(repository.readText('runbooks/link.md')).rejects.toThrow(
      'leads out of',
    );
    expect(await repository.listMarkdown('runbooks')).not.toContain(
      'runbooks/link.md',
    );
  });

  it('says which file is missing or too large', async () => {
    disk.addContent({ 'system/runbooks/huge.md': 'x'.repeat(1024 * 1024 + 1) });
    await expect((await open()).readText('runbooks/none.md')).rejects.toThrow(
      "There is no 'runbooks/none.md'",
    );
    await expect((await open()).readText('runbooks/huge.md')).rejects.toThrow(
      'at most 1048576',
    );
  });

  it('has the same revision for the same files and another after any change', async () => {
    const revision = async () => (await snapshotOf(await open())).revision;
    const first = await revision();
    expect(await revision()).toBe(first);
    disk.addContent({ 'system/notes.txt': 'y' });
    expect(await revision()).not.toBe(first);
  });
});
