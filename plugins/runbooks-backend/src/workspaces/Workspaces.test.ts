import { randomBytes } from 'node:crypto';
import {
  chmod,
  mkdir,
  readFile,
  readdir,
  rm,
  stat,
  symlink,
  writeFile,
} from 'node:fs/promises';
import path from 'node:path';
import { createMockDirectory } from '@backstage/backend-test-utils';
import type { Run } from '@backstage-runbooks/plugin-runbooks-common';
import { LocalRepository } from '../runbooks/LocalRepository';
import { snapshotOf } from '../runbooks/snapshotOf';
import { planOf, REQUESTER } from '../testing/runs';
import { SecretBox } from './SecretBox';
import { Workspaces } from './Workspaces';

describe('the workspace of a run', () => {
  const disk = createMockDirectory();
  const kept = new Map<string, Buffer>();
  let workspaces: Workspaces;
  let run: Run;

  beforeEach(async () => {
    kept.clear();
    disk.setContent({
      'repo/scripts/check.sh': '#!/bin/bash\necho checked\n',
      'repo/config/app.yaml': 'replicas: 2\n',
      'repo/runbooks/a.md': '# A\n',
    });
    await chmod(disk.resolve('repo/scripts/check.sh'), 0o755);
    const repository = await LocalRepository.open(disk.resolve('repo'), [
      disk.path,
    ]);
    const snapshot = await snapshotOf(repository);
    const archive = await snapshot.archive();
    run = {
      id: '0b9f7f0e-0000-4000-8000-000000000001',
      plan: planOf({
        runbook: {
          id: 'a',
          path: 'runbooks/a.md',
          title: 'A',
          revision: snapshot.revision,
        },
      }),
      requestedBy: REQUESTER,
      startedAt: '2026-11-21T02:00:00.000Z',
      status: { kind: 'open' },
      steps: {},
      attempts: {},
      eventCount: 1,
    };
    workspaces = new Workspaces({
      store: {
        getSnapshot: async () => archive,
        getSecret: async (_run, name) => kept.get(name),
        putSecret: async (_run, name, ciphertext) => {
          kept.set(name, ciphertext);
        },
      },
      box: new SecretBox(randomBytes(32)),
      dataDirectory: disk.resolve('data'),
    });
  });

  it('holds the repository as it was planned, scripts executable', async () => {
    const workspace = await workspaces.open(run);
    const script = path.join(workspace.directory, 'scripts/check.sh');
    expect(await readFile(script, 'utf8')).toContain('echo checked');
    // eslint-disable-next-line no-bitwise
    expect((await stat(script)).mode & 0o111).not.toBe(0);
    await workspace.discard();
  });

  it('carries files that a step wrote, changed and deleted to the next step, and its variables', async () => {
    const first = await workspaces.open(run);
    await mkdir(path.join(first.directory, 'backups'));
    await writeFile(path.join(first.directory, 'backups/dump.sql'), 'select 1');
    await writeFile(
      path.join(first.directory, 'config/app.yaml'),
      'replicas: 4, changed\n',
    );
    await rm(path.join(first.directory, 'runbooks/a.md'));
    await first.save({
      variables: { POD: { value: 'auth-1', exported: true } },
      workingDirectory: 'backups',
    });
    await first.discard();

    const second = await workspaces.open(run);
    expect(second.directory).not.toBe(first.directory);
    expect(second.carried).toEqual({
      variables: { POD: { value: 'auth-1', exported: true } },
      workingDirectory: 'backups',
    });
    expect(
      await readFile(path.join(second.directory, 'backups/dump.sql'), 'utf8'),
    ).toBe('select 1');
    expect(
      await readFile(path.join(second.directory, 'config/app.yaml'), 'utf8'),
    ).toContain('changed');
    expect(await readdir(second.directory)).not.toContain('runbooks');
    await second.discard();
  });

  it('follows no link that a step left behind out of the workspace', async () => {
    const outside = disk.resolve('outside');
    await mkdir(outside);
    await writeFile(path.join(outside, 'app.yaml'), 'not yours');
    const first = await workspaces.open(run);
    await rm(path.join(first.directory, 'config'), { recursive: true });
    await symlink(outside, path.join(first.directory, 'config'));
    await first.save({ variables: {}, workingDirectory: '' });
    await first.discard();

    const second = await workspaces.open(run);
    await second.save({ variables: {}, workingDirectory: '' });
    await second.discard();
    expect(await readFile(path.join(outside, 'app.yaml'), 'utf8')).toBe(
      'not yours',
    );
    expect(await readdir(outside)).toEqual(['app.yaml']);
  });

  it('keeps nothing readable in the database', async () => {
    const workspace = await workspaces.open(run);
    await writeFile(path.join(workspace.directory, 'token'), 'hunter2-hunter2');
    await workspace.save({
      variables: { PASSWORD: { value: 'hunter2', exported: false } },
      workingDirectory: '',
    });
    await workspace.discard();
    for (const sealed of kept.values())
      expect(sealed.includes('hunter2')).toBe(false);
  });

  it('leaves nothing on the disk', async () => {
    const workspace = await workspaces.open(run);
    await workspace.discard();
    expect(await readdir(disk.resolve('data/w'))).toEqual([]);
  });
});

describe('a box for secrets', () => {
  it('opens only what was sealed for the same place with the same key', () => {
    const box = new SecretBox(randomBytes(32));
    const sealed = box.seal(Buffer.from('text'), 'run-1 carried');
    expect(box.open(sealed, 'run-1 carried').toString()).toBe('text');
    expect(() => box.open(sealed, 'run-2 carried')).toThrow();
    expect(() =>
      new SecretBox(randomBytes(32)).open(sealed, 'run-1 carried'),
    ).toThrow();
    expect(() => new SecretBox(randomBytes(16))).toThrow('has 32 bytes');
  });
});
