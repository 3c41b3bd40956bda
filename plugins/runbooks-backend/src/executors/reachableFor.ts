import { constants } from 'node:fs';
import { access, realpath, stat } from 'node:fs/promises';
import path from 'node:path';
import type { StepUser } from './stepUser';

const READ_AND_EXECUTE = 5;
const ENTER = 1;

/**
 * The real path of a file that a user may read and execute, or of a folder that they may enter, every folder above it
 * included; undefined where it is missing or closed to that user. Programs of a folder are found by name, so that it
 * need not let itself be listed.
 *
 * @param user - Undefined for the backend's own user.
 */
export async function reachableFor(
  place: string,
  user: StepUser | undefined,
): Promise<string | undefined> {
  try {
    const real = await realpath(place);
    const isFolder = (await stat(real)).isDirectory();
    if (!user) {
      // eslint-disable-next-line no-bitwise
      const needed = constants.X_OK | (isFolder ? 0 : constants.R_OK);
      await access(real, needed);
      return real;
    }
    const isOpen =
      (await allows(real, user, isFolder ? ENTER : READ_AND_EXECUTE)) &&
      (await passableFor(path.dirname(real), user));
    return isOpen ? real : undefined;
  } catch {
    return undefined;
  }
}

/** True where a user may enter a folder that exists, and every folder above it. */
export async function passableFor(
  folder: string,
  user: StepUser | undefined,
): Promise<boolean> {
  try {
    const real = await realpath(folder);
    if (!user) {
      await access(real, constants.X_OK);
      return true;
    }
    for (let at = real; ; at = path.dirname(at)) {
      if (!(await allows(at, user, ENTER))) return false;
      if (at === path.dirname(at)) return true;
    }
  } catch {
    return false;
  }
}

async function allows(
  place: string,
  user: StepUser,
  bits: number,
): Promise<boolean> {
  const { mode, uid, gid } = await stat(place);
  const shift = uid === user.uid ? 6 : 0;
  const group = uid !== user.uid && gid === user.gid ? 3 : 0;
  // eslint-disable-next-line no-bitwise
  return ((mode >> (shift + group)) & bits) === bits;
}
