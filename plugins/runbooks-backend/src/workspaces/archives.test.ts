import fs from 'node:fs';
import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import os from 'node:os';
import path from 'node:path';
import { pack, unpack } from './archives';

const AGE = new Date('2026-11-29T02:00:00.000Z');

describe('the files of an archive', () => {
  let folder: string;
  let archive: Buffer;
  let target: string;

  beforeEach(async () => {
    folder = await mkdtemp(path.join(os.tmpdir(), 'archives-'));
    target = await mkdtemp(path.join(os.tmpdir(), 'archives-'));
    await writeFile(path.join(folder, 'check.sh'), 'kubectl get pods\n');
    archive = await pack(folder, ['check.sh']);
  });

  afterEach(async () => {
    jest.restoreAllMocks();
    await rm(folder, { recursive: true });
    await rm(target, { recursive: true });
  });

  it('are laid out as they were packed', async () => {
    await unpack(archive, target, AGE);
    expect(await readFile(path.join(target, 'check.sh'), 'utf8')).toBe(
      'kubectl get pods\n',
    );
  });

  it('are never laid out in part: where the disk is full, that fails', async () => {
    const full = Object.assign(new Error('no space left on device'), {
      code: 'ENOSPC',
      syscall: 'write',
    });
    for (const name of ['write', 'writev'] as const) {
      jest.spyOn(fs, name).mockImplementation(((...given: unknown[]) => {
        const done = given[given.length - 1] as (error: Error) => void;
        process.nextTick(() => done(full));
      }) as never);
    }
    await expect(unpack(archive, target, AGE)).rejects.toMatchObject({
      code: 'ENOSPC',
    });
  });
});
