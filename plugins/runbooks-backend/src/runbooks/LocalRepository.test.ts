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
    const { documents } = await (await open()).readDocuments('runbooks');
    expect(documents).toEqual([
      { path: 'runbooks/deep/incident.markdown', text: '# Incident' },
      { path: 'runbooks/operations.md', text: '# Operations' },
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
    const { documents } = await repository.readDocuments('runbooks');
    expect(documents.map(({ path }) => path)).not.toContain('runbooks/link.md');
  });

  it('never tells where on the host it lies, whatever goes wrong', async () => {
    symlinkSync(disk.resolve('outside'), disk.resolve('system/out'));
    symlinkSync(disk.resolve('system/loop'), disk.resolve('system/loop'));
    const repository = await LocalRepository.open(disk.resolve('system'), [
      disk.path,
    ]);
    expect(repository.name).toBe('system');
    const problems = await Promise.all(
      [
        repository.readText('none.md'),
        repository.readText('runbooks'),
        repository.readText('out/secret.md'),
        repository.readText('loop'),
        repository.readText('../outside/secret.md'),
        repository.readDocuments('none'),
        repository.readDocuments('notes.txt'),
        LocalRepository.open(disk.resolve('none'), [disk.path]),
        LocalRepository.open(disk.resolve('outside'), [disk.resolve('none')]),
      ].map(one =>
        one.then(
          () => 'was read',
          error => String(error),
        ),
      ),
    );
    expect(problems).toEqual(
      problems.map(() => expect.stringMatching(/Error: /)),
    );
    expect(problems.filter(one => one.includes(disk.path))).toEqual([]);
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

  it('shows its other documents where one is too large', async () => {
    disk.addContent({ 'system/runbooks/huge.md': 'x'.repeat(1024 * 1024 + 1) });
    const found = await (await open()).readDocuments('runbooks');
    expect(found.documents.map(({ path }) => path)).toContain(
      'runbooks/operations.md',
    );
    expect(found.problems).toEqual([
      {
        path: 'runbooks/huge.md',
        message: expect.stringContaining('at most 1048576'),
      },
    ]);
  });

  it('is taken up to a limit of bytes, and a link in it is left out and said', async () => {
    disk.addContent({ 'system/ops/a.yaml': 'a' });
    symlinkSync('/etc/passwd', disk.resolve('system/ops/link.yaml'));
    const repository = await open();
    const snapshot = await snapshotOf(repository, { files: { folder: 'ops' } });
    expect(snapshot.files.map(file => file.path)).toEqual(['ops/a.yaml']);
    expect(snapshot.notes).toEqual([
      expect.stringContaining("'ops/link.yaml' is a link"),
    ]);
    disk.addContent({ 'system/ops/big.bin': Buffer.alloc(20 * 1024 * 1024) });
    await expect(
      snapshotOf(repository, { files: { folder: 'ops' } }),
    ).rejects.toThrow('more than 10000 files or 20971520 bytes');
    expect(
      (await snapshotOf(repository, { files: ['notes.txt'] })).files,
    ).toHaveLength(1);
  });

  it('takes the files of a submodule that is checked out, and says which one is not', async () => {
    disk.addContent({
      'system/.gitmodules':
        '[submodule "a"]\n  path = ops/in\n[submodule "b"]\n  path = ops/out\n',
      'system/ops/in/a.yaml': 'a',
      'system/ops/in/.git': 'gitdir: ../../.git/modules/a',
    });
    const snapshot = await snapshotOf(await open(), {
      files: { folder: 'ops' },
    });
    expect(snapshot.files.map(file => file.path)).toEqual(['ops/in/a.yaml']);
    expect(snapshot.notes).toEqual([
      expect.stringContaining(
        "'ops/out' is a submodule of git (.gitmodules:4)",
      ),
    ]);
  });

  it('has the same revision for the same files and another after any change', async () => {
    const revision = async () => (await snapshotOf(await open())).revision;
    const first = await revision();
    expect(await revision()).toBe(first);
    disk.addContent({ 'system/notes.txt': 'y' });
    expect(await revision()).not.toBe(first);
  });
});
