import { execFileSync, spawn } from 'node:child_process';
import {
  existsSync,
  mkdirSync,
  readdirSync,
  readFileSync,
  symlinkSync,
  utimesSync,
  writeFileSync,
} from 'node:fs';
import path from 'node:path';
import {
  createMockDirectory,
  mockServices,
} from '@backstage/backend-test-utils';
import { DataFolder, removeTree } from './DataFolder';

const HOUR_MS = 3_600_000;

describe('the data folder of a backend', () => {
  const disk = createMockDirectory();
  const logger = mockServices.logger.mock();
  const claim = (now?: () => number) =>
    DataFolder.claim({ parent: disk.path, logger, now });
  const folders = () =>
    readdirSync(disk.path).filter(name => name.startsWith('b-'));

  beforeEach(() => disk.clear());

  it('is its own, and goes when the backend stops', async () => {
    const [one, other] = [await claim(), await claim()];
    expect(one.path).not.toBe(other.path);
    expect(folders()).toHaveLength(2);
    await one.release();
    await other.release();
    expect(folders()).toEqual([]);
  });

  it('is removed by the next backend when its own was killed', async () => {
    const killed = await claim();
    writeFileSync(path.join(killed.path, 'token'), 'in clear text');
    ownedBy(killed.path, await endedProcess());
    const next = await claim();
    expect(existsSync(killed.path)).toBe(false);
    expect(existsSync(next.path)).toBe(true);
  });

  it('is removed when another program has the process number by now', async () => {
    const killed = await claim();
    const owner = readOwner(killed.path);
    writeOwner(killed.path, { ...owner, startTime: '1' });
    await claim();
    expect(existsSync(killed.path)).toBe(false);
  });

  it('of a backend that cannot be asked is kept while it gives signs of life, for an hour', async () => {
    const elsewhere = await claim();
    const owner = readOwner(elsewhere.path);
    writeOwner(elsewhere.path, { ...owner, realm: 'another machine', pid: 1 });
    await claim();
    expect(existsSync(elsewhere.path)).toBe(true);
    const longAgo = new Date(Date.now() - 2 * HOUR_MS);
    utimesSync(path.join(elsewhere.path, 'owner.json'), longAgo, longAgo);
    await claim();
    expect(existsSync(elsewhere.path)).toBe(false);
  });

  it('leaves alone what is no folder of a backend', async () => {
    mkdirSync(disk.resolve('b-other'));
    mkdirSync(disk.resolve('tools'));
    await claim(() => Date.now() + 100 * HOUR_MS);
    expect(existsSync(disk.resolve('b-other'))).toBe(true);
    expect(existsSync(disk.resolve('tools'))).toBe(true);
  });
});

describe('removing what a step left', () => {
  const disk = createMockDirectory();

  it('works on 3,000 levels', async () => {
    const deep = disk.resolve('deep');
    mkdirSync(deep);
    const dig =
      "for (let i = 0; i < 3000; i++) { fs.mkdirSync('d'); process.chdir('d'); }";
    execFileSync(process.execPath, ['-e', dig], { cwd: deep });
    await removeTree(deep);
    expect(existsSync(deep)).toBe(false);
  }, 60_000);

  it('works on names that are no text, and follows no link', async () => {
    const odd = disk.resolve('odd');
    mkdirSync(odd);
    writeFileSync(
      Buffer.concat([Buffer.from(`${odd}/`), Buffer.from([0xff, 0xfe, 0x0a])]),
      'x',
    );
    writeFileSync(path.join(odd, '-rf'), 'x');
    mkdirSync(disk.resolve('outside'));
    writeFileSync(disk.resolve('outside/file'), 'x');
    symlinkSync(disk.resolve('outside'), path.join(odd, 'link'));
    await removeTree(odd);
    expect(existsSync(odd)).toBe(false);
    expect(existsSync(disk.resolve('outside/file'))).toBe(true);
  });
});

function readOwner(folder: string): Record<string, unknown> {
  return JSON.parse(readFileSync(path.join(folder, 'owner.json'), 'utf8'));
}

function writeOwner(folder: string, owner: object): void {
  writeFileSync(path.join(folder, 'owner.json'), JSON.stringify(owner));
}

function ownedBy(folder: string, pid: number): void {
  writeOwner(folder, { ...readOwner(folder), pid });
}

async function endedProcess(): Promise<number> {
  const child = spawn('true');
  await new Promise(resolve => child.once('exit', resolve));
  return child.pid!;
}
