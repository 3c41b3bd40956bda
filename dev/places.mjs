import { createHash } from 'node:crypto';
import { chownSync, mkdirSync, statSync } from 'node:fs';
import { homedir } from 'node:os';
import { dirname, join, resolve } from 'node:path';
import { fileURLToPath } from 'node:url';

/** The root of this checkout. */
export const CHECKOUT = resolve(dirname(fileURLToPath(import.meta.url)), '..');

/** A socket's path may have 107 bytes; this leaves room for what stands below the folder of the runs. */
const LONGEST_RUNS_FOLDER = 40;

/** True when the commands were started by root. */
export const isRoot = process.getuid?.() === 0;

/** What is fetched or built once per person and used by every checkout: Node, Go, the control plane. */
export function cacheDirectory() {
  const base = process.env.XDG_CACHE_HOME || join(homedir(), '.cache');
  return join(base, 'backstage-runbooks');
}

/**
 * What `npm start` keeps between two starts: database, cluster, logs.
 *
 * It is `.data` in the checkout, except where root works below a folder that
 * other users may not enter: Postgres and the sandboxes of steps run as such a
 * user, so the data is kept in /var/lib then.
 */
export function dataDirectory() {
  if (!isRoot || isOpenToEverybody(CHECKOUT)) return join(CHECKOUT, '.data');
  return join('/var/lib/backstage-runbooks', nameOfCheckout());
}

/** A folder for programs that other users than the one who copied them must be able to start. */
export function sharedProgramsDirectory() {
  return isRoot
    ? '/var/lib/backstage-runbooks/programs'
    : join(cacheDirectory(), 'programs');
}

/** Where the portal keeps the workspaces and sockets of runs; short, for the sake of the sockets. */
export function runsDirectory(dataFolder) {
  const besideData = join(dataFolder, 'runs');
  if (Buffer.byteLength(besideData) <= LONGEST_RUNS_FOLDER) return besideData;
  return join(
    '/var/tmp',
    `runbooks-${process.getuid?.() ?? 0}-${nameOf(dataFolder)}`,
  );
}

/** Makes a folder that only its owner may read, and says so when somebody else owns it already. */
export function makePrivateDirectory(path, owner) {
  makeDirectory(path, 0o700);
  if (owner) chownSync(path, owner.uid, owner.gid);
  return path;
}

/** Makes a folder that others may pass through but not list. */
export function makePassableDirectory(path) {
  return makeDirectory(path, 0o711);
}

function makeDirectory(path, mode) {
  mkdirSync(path, { recursive: true, mode });
  const { uid } = statSync(path);
  if (!isRoot && uid !== process.getuid?.()) {
    throw new Error(
      `${path} belongs to user ${uid}; expected a folder of our own. Remove it and start again.`,
    );
  }
  return path;
}

/** Whether every user may enter this folder: it and all above it let strangers through. */
export function isOpenToEverybody(path) {
  const { mode } = statSync(path);
  const passable = (mode & 0o001) !== 0;
  return (
    passable && (dirname(path) === path || isOpenToEverybody(dirname(path)))
  );
}

function nameOfCheckout() {
  return nameOf(CHECKOUT);
}

function nameOf(path) {
  return createHash('sha256').update(path).digest('hex').slice(0, 10);
}
