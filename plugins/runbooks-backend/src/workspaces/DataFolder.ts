import { execFile } from 'node:child_process';
import { randomBytes } from 'node:crypto';
import {
  mkdir,
  readdir,
  readFile,
  readlink,
  stat,
  utimes,
  writeFile,
} from 'node:fs/promises';
import path from 'node:path';
import { promisify } from 'node:util';
import type { LoggerService } from '@backstage/backend-plugin-api';
import { toError } from '@backstage/errors';

const run = promisify(execFile);

const OWNER_FILE = 'owner.json';
/** Folders of backends; short, because the path of a socket is. */
const FOLDER_NAME = /^b-[0-9a-f]{6}$/;
const SIGN_OF_LIFE_MS = 5 * 60_000;
/** A backend that cannot be asked (another container) and gave no sign of life for so long is gone. */
const SILENT_MS = 60 * 60_000;

/** Who made a folder. */
interface Owner {
  pid: number;
  /** When the process began, in the kernel's ticks: tells it from a later one with the same number. */
  startTime: string;
  /** The machine since its last start, and the process namespace on it. */
  realm: string;
}

/**
 * The folder of one backend process, for workspaces, sockets and pipes of the steps that it runs.
 *
 * What a killed backend left behind (workspaces hold files in clear text) is removed when the next one starts: only
 * folders whose process is certainly gone. Removal works on any tree that a step can make: any depth, any names.
 */
export class DataFolder {
  readonly path: string;
  readonly #signs: NodeJS.Timeout;

  /**
   * Makes a folder of this process below `parent`, which must exist, and sweeps those of dead ones.
   *
   * @throws where the folder cannot be made; what cannot be swept is logged.
   */
  static async claim(options: {
    parent: string;
    logger: LoggerService;
    now?: () => number;
  }): Promise<DataFolder> {
    const { parent, logger } = options;
    const now = options.now ?? Date.now;
    const own = await ownerOf(process.pid);
    await sweep(parent, own, now(), logger);
    const folder = path.join(parent, `b-${randomBytes(3).toString('hex')}`);
    await mkdir(folder, { mode: 0o711 });
    await writeFile(path.join(folder, OWNER_FILE), JSON.stringify(own), {
      mode: 0o600,
    });
    return new DataFolder(folder);
  }

  private constructor(folder: string) {
    this.path = folder;
    this.#signs = setInterval(() => {
      const at = new Date();
      utimes(path.join(folder, OWNER_FILE), at, at).catch(() => {});
    }, SIGN_OF_LIFE_MS);
    this.#signs.unref();
  }

  /** Removes the folder with all that is in it. */
  async release(): Promise<void> {
    clearInterval(this.#signs);
    await removeTree(this.path);
  }
}

/**
 * Removes a folder with all that is in it, however deep and whatever the names. Links are removed, not followed.
 *
 * @throws where something cannot be removed.
 */
export async function removeTree(folder: string): Promise<void> {
  // Node builds whole paths, which are too long for the kernel below some hundred levels; rm goes step by step.
  await run('rm', ['-rf', '--one-file-system', '--', folder]);
}

async function sweep(
  parent: string,
  own: Owner,
  now: number,
  logger: LoggerService,
): Promise<void> {
  for (const name of await readdir(parent)) {
    if (!FOLDER_NAME.test(name)) continue;
    const folder = path.join(parent, name);
    try {
      if (await isLeftBehind(folder, own, now)) {
        await removeTree(folder);
        logger.info(`Removed ${folder}, which a killed backend left behind`);
      }
    } catch (error) {
      logger.warn(
        `${folder} was left behind and cannot be removed`,
        toError(error),
      );
    }
  }
}

async function isLeftBehind(
  folder: string,
  own: Owner,
  now: number,
): Promise<boolean> {
  const { uid, mtimeMs } = await stat(folder);
  if (process.getuid && uid !== process.getuid()) return false;
  const file = path.join(folder, OWNER_FILE);
  const text = await readFile(file, 'utf8').catch(() => undefined);
  // Its backend is about to write the file, or was killed before it could.
  if (text === undefined) return now - mtimeMs > SILENT_MS;
  const owner = JSON.parse(text) as Owner;
  if (owner.realm !== own.realm) {
    const signOfLife = (await stat(file)).mtimeMs;
    return now - signOfLife > SILENT_MS;
  }
  const alive = await startTimeOf(owner.pid);
  return alive !== owner.startTime;
}

async function ownerOf(pid: number): Promise<Owner> {
  return {
    pid,
    startTime: (await startTimeOf(pid)) ?? '',
    realm: await realm(),
  };
}

/** Undefined where there is no such process. */
async function startTimeOf(pid: number): Promise<string | undefined> {
  try {
    const text = await readFile(`/proc/${pid}/stat`, 'utf8');
    // The name of the program stands in brackets and may hold anything.
    return text.slice(text.lastIndexOf(')') + 2).split(' ')[19];
  } catch {
    return undefined;
  }
}

async function realm(): Promise<string> {
  const boot = await readFile('/proc/sys/kernel/random/boot_id', 'utf8').catch(
    () => '',
  );
  const namespace = await readlink('/proc/self/ns/pid').catch(() => '');
  return `${boot.trim()} ${namespace}`;
}
