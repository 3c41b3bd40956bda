import { lstat, mkdir, mkdtemp } from 'node:fs/promises';
import os from 'node:os';
import path from 'node:path';
import type { LoggerService } from '@backstage/backend-plugin-api';
import { passableFor } from './reachableFor';
import { NOBODY, type StepUser } from './stepUser';

const SETTING = 'runbooks.executors.local.dataDirectory';
/** What the kernel takes for the path of a Unix socket. */
const MAX_SOCKET_PATH_BYTES = 107;
/** A gateway's socket below the folder: the backend's own folder, `s/`, run, step, attempt. */
const LONGEST_SOCKET = '/b-123456/s/12345678-12345678-999999.sock';

/** The folder for workspaces and sockets. */
export interface DataDirectory {
  directory: string;
  /** Why no step may run with it; then `directory` is a new one that nobody else can write. */
  problem?: string;
}

/**
 * Makes sure of the folder for workspaces and sockets: the configured one, else one of this user's own
 * (`$XDG_STATE_HOME/backstage-runbooks`, `~/.local/state/backstage-runbooks`, or in the folder for temporary files).
 *
 * Whoever can write there could change what steps run. So a folder that belongs to somebody else, is a link, or can be
 * written by others is not used, and steps do not run; the backend goes on. It never rejects.
 *
 * @param options - `configured`: an absolute path.
 */
export async function prepareDataDirectory(options: {
  configured: string | undefined;
  logger: LoggerService;
  env?: NodeJS.ProcessEnv;
  uid?: number;
}): Promise<DataDirectory> {
  const { configured, env = process.env } = options;
  const uid = options.uid ?? process.getuid?.() ?? 0;
  const problems: string[] = [];
  for (const directory of configured ? [configured] : defaults(env, uid)) {
    const problem = await problemOf(directory, uid);
    if (problem === undefined) return { directory };
    problems.push(problem);
  }
  const problem = `${problems.join('; ')}. Set ${SETTING} to another folder`;
  options.logger.warn(`No step can be run on this machine: ${problem}`);
  return { directory: await privateDirectory(), problem };
}

function defaults(env: NodeJS.ProcessEnv, uid: number): string[] {
  const state = env.XDG_STATE_HOME;
  const home = env.HOME;
  const below = (folder: string | undefined, ...rest: string[]) =>
    folder && path.isAbsolute(folder) ? [path.join(folder, ...rest)] : [];
  return [
    ...(state
      ? below(state, 'backstage-runbooks')
      : below(home, '.local', 'state', 'backstage-runbooks')),
    path.join(os.tmpdir(), `backstage-runbooks-${uid}`),
  ];
}

async function problemOf(
  directory: string,
  uid: number,
): Promise<string | undefined> {
  const tooLong =
    Buffer.byteLength(directory + LONGEST_SOCKET) - MAX_SOCKET_PATH_BYTES;
  const folder = `the data folder '${directory}'`;
  if (tooLong > 0) {
    return `${folder} is ${tooLong} bytes too long for the sockets in it`;
  }
  // Root's steps run as somebody else, who must pass through.
  const stepUser: StepUser | undefined = uid === 0 ? NOBODY : undefined;
  try {
    await mkdir(directory, { recursive: true, mode: stepUser ? 0o711 : 0o700 });
    const found = await lstat(directory);
    if (found.isSymbolicLink()) return `${folder} is a link`;
    if (!found.isDirectory()) return `${folder} is not a folder`;
    if (found.uid !== uid && found.uid !== 0) {
      return `${folder} belongs to another user (${found.uid})`;
    }
    const isOpen =
      // eslint-disable-next-line no-bitwise
      found.mode & 0o002 ||
      // eslint-disable-next-line no-bitwise
      (found.mode & 0o020 && found.gid !== process.getgid?.());
    if (isOpen) return `${folder} can be written by other users`;
  } catch (error) {
    const { message } = error as Error;
    return `${folder} cannot be used (${message})`;
  }
  return (await passableFor(directory, stepUser))
    ? undefined
    : `${folder} cannot be entered by the user who runs steps`;
}

async function privateDirectory(): Promise<string> {
  const name = path.join(os.tmpdir(), 'backstage-runbooks-');
  return mkdtemp(name).catch(() => name);
}
