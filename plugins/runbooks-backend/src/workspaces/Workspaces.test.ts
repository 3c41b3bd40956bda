import { execFileSync } from 'node:child_process';
import { randomBytes } from 'node:crypto';
import {
  chmod,
  mkdir,
  readFile,
  readdir,
  rm,
  stat,
  symlink,
  utimes,
  writeFile,
} from 'node:fs/promises';
import path from 'node:path';
import { createMockDirectory } from '@backstage/backend-test-utils';
import type { Run } from '@backstage-runbooks/plugin-runbooks-common';
import { LocalRepository } from '../runbooks/LocalRepository';
import type { HeldAttempt } from '../runs/RunStore';
import { SealedVault } from '../runs/SealedVault';
import { snapshotOf } from '../runbooks/snapshotOf';
import { planOf, REQUESTER } from '../testing/runs';
import { SecretBox } from './SecretBox';
import { WorkspaceReader } from './WorkspaceReader';
import { Workspaces } from './Workspaces';

const ATTEMPT: HeldAttempt = {
  runId: '0b9f7f0e-0000-4000-8000-000000000001',
  stepId: 'scale/1.1',
  attempt: 1,
  lease: {
    runId: '0b9f7f0e-0000-4000-8000-000000000001',
    owner: 'w1',
    token: '1',
  },
};

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
      vault: new SealedVault({
        vault: {
          getSecret: async (_run, name) => kept.get(name),
          putSecrets: async (_attempt, secrets) => {
            for (const { name, ciphertext } of secrets)
              kept.set(name, ciphertext);
          },
        },
        box: new SecretBox(randomBytes(32)),
      }),
      snapshots: { getSnapshot: async () => archive },
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
    await first.save(ATTEMPT, {
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
    await first.save(ATTEMPT, { variables: {}, workingDirectory: '' });
    await first.discard();

    const second = await workspaces.open(run);
    await second.save(ATTEMPT, { variables: {}, workingDirectory: '' });
    await second.discard();
    expect(await readFile(path.join(outside, 'app.yaml'), 'utf8')).toBe(
      'not yours',
    );
    expect(await readdir(outside)).toEqual(['app.yaml']);
  });

  it.each([
    ['an absolute link', { now: '/workspace/config/app.yaml' }],
    ['a relative link', { now: 'config/app.yaml' }],
    ['a link in a folder', { 'deep/now': '/workspace/config/app.yaml' }],
    ['a link to a folder', { latest: '/workspace/config' }, 'latest/app.yaml'],
    [
      'a link through other links',
      { a: 'b/app.yaml', b: '/workspace/c', c: 'config' },
      'a',
    ],
    ['a link in the home', { '.home/now': '/home/step/mine.yaml' }],
  ])(
    'keeps %s into it, so that the next step finds what it leads to',
    async (_, links: Record<string, string>, read = Object.keys(links)[0]) => {
      const first = await workspaces.open(run);
      await linkAll(first.directory, links);
      await mkdir(path.join(first.directory, '.home'), { recursive: true });
      await writeFile(
        path.join(first.directory, '.home/mine.yaml'),
        'replicas: 2\n',
      );
      expect(
        await first.save(ATTEMPT, { variables: {}, workingDirectory: '' }),
      ).toEqual({});
      await first.discard();
      const second = await workspaces.open(run);
      expect(await readFile(path.join(second.directory, read), 'utf8')).toBe(
        'replicas: 2\n',
      );
      const attempt = { ...ATTEMPT, stepId: 'scale/1.2' };
      await second.save(attempt, { variables: {}, workingDirectory: '' });
      await second.discard();
      const third = await workspaces.open(run);
      expect(new Set(third.changes.map(({ changedBy }) => changedBy))).toEqual(
        new Set([ATTEMPT.stepId]),
      );
      await third.discard();
    },
  );

  it.each([
    ['out of it', { x: '/etc/passwd' }],
    ['above it', { x: '../../etc/passwd' }],
    ['out of it through another link', { dir: 'config', x: 'dir/../../y' }],
    ['into another home', { '.home/x': '/workspace/config' }],
    ['out of a home', { x: '/home/step/mine.yaml' }],
    ['in a circle', { x: 'y', y: 'x' }],
  ])('keeps no link %s, and says so', async (_, links) => {
    const first = await workspaces.open(run);
    await linkAll(first.directory, links);
    const { note } = await first.save(ATTEMPT, {
      variables: {},
      workingDirectory: '',
    });
    expect(note).toMatch(/are not kept for the next step: .*x'/);
    await first.discard();
    const second = await workspaces.open(run);
    expect(second.changes.map(({ path: file }) => file)).toEqual(
      'dir' in links ? ['dir'] : [],
    );
    await second.discard();
  });

  it('tells which files differ from what was planned, by content, and which step left them so', async () => {
    const first = await workspaces.open(run);
    expect(first.changes).toEqual([]);
    await mkdir(path.join(first.directory, 'backups'));
    await writeFile(path.join(first.directory, 'backups/cm.yaml'), 'a: 1\n');
    await writeFile(
      path.join(first.directory, 'config/app.yaml'),
      'replicas: 2\n',
    );
    await rm(path.join(first.directory, 'runbooks/a.md'));
    await first.save(ATTEMPT, { variables: {}, workingDirectory: '' });
    await first.discard();

    const second = await workspaces.open(run);
    expect(
      second.changes.map(({ path: file, change, changedBy }) => ({
        file,
        change,
        changedBy,
      })),
    ).toEqual([
      { file: 'backups/cm.yaml', change: 'added', changedBy: 'scale/1.1' },
      { file: 'runbooks/a.md', change: 'deleted', changedBy: 'scale/1.1' },
    ]);
    await chmod(path.join(second.directory, 'scripts/check.sh'), 0o644);
    await second.save(
      { ...ATTEMPT, stepId: 'scale/1.2' },
      { variables: {}, workingDirectory: '' },
    );
    await second.discard();

    const third = await workspaces.open(run);
    expect(
      third.changes.map(({ path: file, changedBy }) => `${file} ${changedBy}`),
    ).toEqual([
      'backups/cm.yaml scale/1.1',
      'runbooks/a.md scale/1.1',
      'scripts/check.sh scale/1.2',
    ]);
    await third.discard();
  });

  it('tells a file that was changed in place, with its size and its time stamps as they were', async () => {
    const first = await workspaces.open(run);
    const file = path.join(first.directory, 'config/app.yaml');
    const { atime, mtime } = await stat(file);
    await writeFile(file, 'replicas: 0\n');
    await utimes(file, atime, mtime);
    await first.save(ATTEMPT, { variables: {}, workingDirectory: '' });
    await first.discard();
    const second = await workspaces.open(run);
    expect(second.changes.map(({ path: changed }) => changed)).toEqual([
      'config/app.yaml',
    ]);
    await second.discard();
  });

  it('hands on no settings and caches that programs keep in the home of a step', async () => {
    const first = await workspaces.open(run);
    for (const file of [
      '.home/.kube/cache/discovery/servergroups.json',
      '.home/.curlrc',
      '.home/.config/helm/repositories.yaml',
      '.home/notes.txt',
    ]) {
      await mkdir(path.dirname(path.join(first.directory, file)), {
        recursive: true,
      });
      await writeFile(path.join(first.directory, file), 'x');
    }
    await first.save(ATTEMPT, { variables: {}, workingDirectory: '' });
    await first.discard();
    const second = await workspaces.open(run);
    expect(second.changes.map(({ path: file }) => file)).toEqual([
      '.home/notes.txt',
    ]);
    expect(await readdir(path.join(second.directory, '.home'))).toEqual([
      'notes.txt',
    ]);
    await second.discard();
  });

  it('hands on nothing of a file that no approval compares: neither its age nor rights but to execute it', async () => {
    const [first, age] = [await workspaces.open(run), new Date('2001-01-01')];
    const place = (file: string) => path.join(first.directory, file);
    for (const file of ['a', 'b', 'c']) await writeFile(place(file), file);
    await utimes(place('a'), age, age);
    await chmod(place('b'), 0o400);
    await chmod(place('c'), 0o711);
    await utimes(place('config/app.yaml'), age, age);
    await first.save(ATTEMPT, { variables: {}, workingDirectory: '' });
    await first.discard();
    const second = await workspaces.open(run);
    const marks = await Promise.all(
      ['a', 'b', 'c', 'config/app.yaml', 'scripts/check.sh'].map(async file => {
        const { mtimeMs, mode } = await stat(path.join(second.directory, file));
        const after = (mtimeMs - Date.parse(run.startedAt)) / 1_000;
        // eslint-disable-next-line no-bitwise
        return [file, Math.round(after), (mode & 0o777).toString(8)];
      }),
    );
    expect(marks).toEqual([
      ['a', 1, '644'],
      ['b', 1, '644'],
      ['c', 1, '755'],
      ['config/app.yaml', 0, '644'],
      ['scripts/check.sh', 0, '755'],
    ]);
    await second.discard();
  });

  it('tells where links lead, into other folders and where nothing is', async () => {
    const first = await workspaces.open(run);
    await symlink(
      '../config/app.yaml',
      path.join(first.directory, 'scripts/b'),
    );
    await symlink('nowhere', path.join(first.directory, 'dangling'));
    await first.save(ATTEMPT, { variables: {}, workingDirectory: '' });
    await first.discard();
    const second = await workspaces.open(run);
    expect([...(second.links ?? [])]).toEqual(
      expect.arrayContaining([
        ['scripts/b', '../config/app.yaml'],
        ['dangling', 'nowhere'],
      ]),
    );
    await second.discard();
  });

  it('tells no links where they are more than 2,000', async () => {
    const first = await workspaces.open(run);
    for (let n = 0; n <= 2_000; n += 1) {
      await symlink('nowhere', path.join(first.directory, `link-${n}`));
    }
    await first.save(ATTEMPT, { variables: {}, workingDirectory: '' });
    await first.discard();
    const second = await workspaces.open(run);
    expect(second.links).toBeUndefined();
    await second.discard();
  });

  it('reads no file outside through a link that took the place of a planned folder', async () => {
    const outside = disk.resolve('elsewhere');
    await mkdir(outside);
    await writeFile(path.join(outside, 'app.yaml'), 'not yours');
    const first = await workspaces.open(run);
    await rm(path.join(first.directory, 'config'), { recursive: true });
    await symlink(outside, path.join(first.directory, 'config'));
    expect(
      await first.save(ATTEMPT, { variables: {}, workingDirectory: '' }),
    ).toEqual({
      note: "Links that lead out of the workspace, or in a circle, are not kept for the next step: 'config'",
    });
    await first.discard();
    const second = await workspaces.open(run);
    expect(
      second.changes.map(({ path: file, change, after }) => ({
        file,
        change,
        text: after?.content.toString(),
      })),
    ).toEqual([
      { file: 'config/app.yaml', change: 'deleted', text: undefined },
    ]);
    const reader = new WorkspaceReader(second.directory);
    expect(reader.realPath('config/app.yaml')).toBeUndefined();
    expect(reader.text('config/app.yaml')).toBeUndefined();
    expect(reader.text('scripts/check.sh')).toContain('echo checked');
    await second.discard();
  });

  it.each([
    [
      'a name that is no text',
      "fs.writeFileSync(Buffer.from([0x66, 0xff]), 'x')",
    ],
    [
      'folders of 3,000 levels',
      "for (let i = 0; i < 3000; i++) { fs.mkdirSync('d'); process.chdir('d'); }",
    ],
  ])(
    'says that the files of a step with %s are not kept, and has those of earlier steps for the next',
    async (_, text) => {
      const first = await workspaces.open(run);
      await writeFile(path.join(first.directory, 'earlier'), 'x');
      const left = { variables: {}, workingDirectory: '' };
      expect(await first.save(ATTEMPT, left)).toEqual({});
      await first.discard();
      const second = await workspaces.open(run);
      execFileSync(process.execPath, ['-e', text], { cwd: second.directory });
      const named = { A: { value: '1', exported: false } };
      const saved = await second.save(ATTEMPT, { ...left, variables: named });
      expect(saved.failure).toMatch(
        /^its files could not be kept for later steps \((ENOENT|ENAMETOOLONG)\)$/,
      );
      await second.discard();
      const third = await workspaces.open(run);
      expect(third.changes.map(change => change.path)).toEqual(['earlier']);
      expect(third.carried.variables).toEqual(named);
      await third.discard();
    },
    60_000,
  );

  it('keeps nothing readable in the database', async () => {
    const workspace = await workspaces.open(run);
    await writeFile(path.join(workspace.directory, 'token'), 'hunter2-hunter2');
    await workspace.save(ATTEMPT, {
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

  it('digests a secret so that only the same key, text and place give the same', () => {
    const key = randomBytes(32);
    const box = new SecretBox(key);
    const digest = box.keyedDigest('hunter2', 'run-1 PASSWORD');
    expect(new SecretBox(key).keyedDigest('hunter2', 'run-1 PASSWORD')).toBe(
      digest,
    );
    for (const other of [
      box.keyedDigest('hunter3', 'run-1 PASSWORD'),
      box.keyedDigest('hunter2', 'run-2 PASSWORD'),
      box.keyedDigest('2', 'run-1 PASSWORDhunter'),
      new SecretBox(randomBytes(32)).keyedDigest('hunter2', 'run-1 PASSWORD'),
    ]) {
      expect(other).not.toBe(digest);
    }
  });
});

async function linkAll(directory: string, links: Record<string, string>) {
  for (const [file, target] of Object.entries(links)) {
    const place = path.join(directory, file);
    await mkdir(path.dirname(place), { recursive: true });
    await symlink(target, place);
  }
}
