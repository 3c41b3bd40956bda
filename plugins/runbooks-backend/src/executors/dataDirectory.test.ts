import {
  chmod,
  chown,
  mkdir,
  mkdtemp,
  rm,
  stat,
  symlink,
  writeFile,
} from 'node:fs/promises';
import os from 'node:os';
import path from 'node:path';
import { createLocalExecutor } from './createLocalExecutor';
import { prepareDataDirectory } from './dataDirectory';
import { quietLogger } from './testUtils/ExecutorBench';

describe('the folder for workspaces and sockets', () => {
  let root: string;
  beforeEach(async () => {
    root = await mkdtemp(path.join(os.tmpdir(), 'dd-'));
    await chmod(root, 0o711);
  });
  afterEach(() => rm(root, { recursive: true, force: true }));

  const prepare = (configured?: string, env: NodeJS.ProcessEnv = {}) =>
    prepareDataDirectory({ configured, logger: quietLogger, env });
  const isRoot = process.getuid!() === 0;

  it('is made where it is configured, for nobody else to write or list', async () => {
    const directory = path.join(root, 'a', 'b');
    await expect(prepare(directory)).resolves.toEqual({ directory });
    // eslint-disable-next-line no-bitwise
    expect((await stat(directory)).mode & 0o066).toBe(0);
  });

  it('is one of the user by default', async () => {
    const HOME = root;
    await expect(prepare(undefined, { HOME })).resolves.toEqual({
      directory: path.join(root, '.local/state/backstage-runbooks'),
    });
    const XDG_STATE_HOME = path.join(root, 'state');
    await expect(prepare(undefined, { HOME, XDG_STATE_HOME })).resolves.toEqual(
      { directory: path.join(XDG_STATE_HOME, 'backstage-runbooks') },
    );
    const long = path.join(root, 'x'.repeat(60));
    await expect(prepare(undefined, { HOME: long })).resolves.toEqual({
      directory: path.join(
        os.tmpdir(),
        `backstage-runbooks-${process.getuid!()}`,
      ),
    });
  });

  it.each<[string, (folder: string) => Promise<unknown>, RegExp]>([
    [
      'is a link',
      async folder => {
        await mkdir(`${folder}2`);
        await symlink(`${folder}2`, folder);
      },
      /is a link/,
    ],
    [
      'is a file',
      folder => writeFile(folder, ''),
      /cannot be used|not a folder/,
    ],
    [
      'can be written by everybody',
      async folder => {
        await mkdir(folder);
        await chmod(folder, 0o777);
      },
      /can be written by other users/,
    ],
  ])(
    'is not used where it %s, and the backend goes on',
    async (_, make, why) => {
      const folder = path.join(root, 'data');
      await make(folder);
      const { directory, problem } = await prepare(folder);
      expect(problem).toMatch(why);
      expect(problem).toContain(folder);
      expect(problem).toContain('runbooks.executors.local.dataDirectory');
      expect(directory).not.toBe(folder);
      // eslint-disable-next-line no-bitwise
      expect((await stat(directory)).mode & 0o077).toBe(0);
      await rm(directory, { recursive: true });
    },
  );

  it('is not used where it belongs to somebody else', async () => {
    const folder = path.join(root, 'data');
    await mkdir(folder);
    if (isRoot) await chown(folder, 4711, 4711);
    const { directory, problem } = await prepareDataDirectory({
      configured: folder,
      logger: quietLogger,
      uid: isRoot ? 0 : process.getuid!() + 1,
    });
    expect(problem).toContain('belongs to another user');
    await rm(directory, { recursive: true });
  });

  it('is not used where the paths of sockets would be too long', async () => {
    const { directory, problem } = await prepare(
      path.join(root, 'x'.repeat(80)),
    );
    expect(problem).toMatch(/is \d+ bytes too long for the sockets in it/);
    await rm(directory, { recursive: true });
  });

  it('leaves an executor that says what is wrong with it', async () => {
    const executor = await createLocalExecutor({
      data: { directory: root, problem: 'it is somebody else’s' },
      logger: quietLogger,
    });
    await expect(executor.probe()).resolves.toEqual({
      available: false,
      because: 'it is somebody else’s',
    });
    expect((await executor.inventory()).unavailable).toBe(
      'it is somebody else’s',
    );
  });

  it('leaves such an executor where nothing can be made in it', async () => {
    const file = path.join(root, 'file');
    await writeFile(file, '');
    const executor = await createLocalExecutor({
      data: { directory: file },
      logger: quietLogger,
    });
    await expect(executor.probe()).resolves.toEqual({
      available: false,
      because: expect.stringContaining(file),
    });
  });
});
