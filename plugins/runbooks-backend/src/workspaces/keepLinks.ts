import { lstat, readlink, realpath, rm, symlink } from 'node:fs/promises';
import path from 'node:path';
import { HOME_IN_WORKSPACE } from '@backstage-runbooks/plugin-runbooks-common';
import { INSIDE } from '../executors/sandboxScripts';

/** What becomes of the links of a step. */
export interface KeptLinks {
  /** Path → where it leads, from its own folder. */
  targets: Map<string, string>;
  /** Those that lead nowhere in what is kept. */
  dropped: string[];
}

/**
 * Makes the links among these files lead on when they are laid out elsewhere: an absolute one into the workspace, or
 * within the home, becomes a relative one, and one that goes through another link leads where that one led. One that
 * leads out, or in a circle, is not kept. Changes the links in the folder; follows none to read or write.
 */
export async function keepLinks(
  directory: string,
  files: readonly string[],
): Promise<KeptLinks> {
  const targets = new Map<string, string>();
  const dropped: string[] = [];
  for (const file of files) {
    const target = await targetOf(path.join(directory, file));
    if (target === undefined) continue;
    const place = placeIn(directory, file, target);
    if (place === undefined) dropped.push(file);
    else targets.set(file, await relink(directory, file, place));
  }
  // Now that all of them are relative, those that go through others can be followed.
  for (const file of targets.keys()) {
    const place = await withoutOthers(directory, file);
    if (place === undefined) {
      targets.delete(file);
      dropped.push(file);
    } else {
      targets.set(file, await relink(directory, file, place));
    }
  }
  return { targets, dropped: dropped.sort() };
}

/** Undefined for what is no link, or gone. */
async function targetOf(place: string): Promise<string | undefined> {
  return readlink(place).catch(() => undefined);
}

/** Where a link of a step leads, as a path from the folder; undefined where it leads out of what is kept with it. */
function placeIn(
  directory: string,
  file: string,
  target: string,
): string | undefined {
  const isOfHome = isBelow(file, HOME_IN_WORKSPACE);
  const roots = isOfHome
    ? [[INSIDE.home, HOME_IN_WORKSPACE]]
    : [
        [INSIDE.workspace, ''],
        [directory, ''],
      ];
  let place = path.posix.join(path.posix.dirname(file), target);
  if (path.isAbsolute(target)) {
    const root = roots.find(([outer]) => isBelow(target, outer));
    if (!root) return undefined;
    place = path.posix.join(root[1], path.posix.relative(root[0], target));
  }
  const isOut = place === '..' || place.startsWith('../');
  return isOut || isBelow(place, HOME_IN_WORKSPACE) !== isOfHome
    ? undefined
    : place;
}

async function relink(directory: string, file: string, place: string) {
  const link = path.join(directory, file);
  const target = path.posix.relative(path.posix.dirname(file), place) || '.';
  if ((await targetOf(link)) !== target) {
    await rm(link);
    await symlink(target, link);
  }
  return target;
}

/** Where a link leads in the end; undefined where that is nowhere, or where another link does not let it get there. */
async function withoutOthers(
  directory: string,
  file: string,
): Promise<string | undefined> {
  const target = (await targetOf(path.join(directory, file))) ?? '';
  const place = path.posix.join(path.posix.dirname(file), target);
  if (!(await goesThroughLink(directory, place))) return place;
  const root = await realpath(directory);
  const real = await realpath(path.join(directory, place)).catch(() => '');
  return isBelow(real, root) ? path.relative(root, real) : undefined;
}

async function goesThroughLink(directory: string, place: string) {
  let at = directory;
  for (const part of place.split('/')) {
    at = path.join(at, part);
    const stat = await lstat(at).catch(() => undefined);
    if (stat?.isSymbolicLink()) return true;
  }
  return false;
}

function isBelow(file: string, folder: string): boolean {
  return file === folder || file.startsWith(`${folder}/`);
}
