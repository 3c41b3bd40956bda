import { HOME_IN_WORKSPACE } from '../attempt/homeInWorkspace';
import { WORKSPACE } from '../shell/workspacePath';
import type { FileReach } from './model';
import { overlap } from './judge/reaches';

/** Where every executor puts a run's files and a step's home. */
const ROOTS: ReadonlyArray<readonly [string, string]> = [
  [WORKSPACE, ''],
  ['/home/step', HOME_IN_WORKSPACE],
];
const UNKNOWN: FileReach = { kind: 'unknown' };
/** Chains that are longer, and links that lead to more, are not followed. */
const MAX_HOPS = 40;
const MAX_PATHS = 2_000;

/**
 * What a step reaches where links are followed: a link on the way to a path, or anywhere below it, makes what it leads
 * to reached as well, in any number of hops and whether something is there yet or not.
 *
 * A link that leads out of the workspace makes it unknown, for what is there is not compared; so does one that leads
 * through `/proc`, round in a circle, or to more than can be followed.
 */
export function throughLinks(
  files: FileReach,
  linksNow: () => ReadonlyMap<string, string> | undefined,
): FileReach {
  if (files.kind === 'unknown') return UNKNOWN;
  if (files.paths.length === 0) return files;
  const links = linksNow();
  if (!links) return UNKNOWN;
  const found = new Set(files.paths);
  // What is added while it is walked is walked too.
  for (const path of found) {
    if (found.size > MAX_PATHS) return UNKNOWN;
    for (const [link, target] of links) {
      if (!overlap(link, path)) continue;
      const rest = path.startsWith(`${link}/`) ? path.slice(link.length) : '';
      const passed = placesOf(folderOf(link), `${target}${rest}`, links);
      if (!passed) return UNKNOWN;
      passed.forEach(one => found.add(one));
    }
  }
  return { kind: 'known', paths: [...found].sort() };
}

/**
 * The links that a path passes, and where it ends, from the root of the workspace; undefined where it leads out or in
 * a circle. A part that is no link is taken for a folder, though nothing may be there.
 */
function placesOf(
  from: string,
  path: string,
  links: ReadonlyMap<string, string>,
): string[] | undefined {
  const passed: string[] = [];
  let at = segmentsOf(from);
  let rest = [path];
  for (let hops = 0; rest.length > 0; ) {
    const [next, ...others] = rest;
    const start = startOf(next, at);
    if (!start) return undefined;
    at = start.at;
    rest = others;
    const [first, ...below] = start.segments;
    if (first === undefined) continue;
    if (below.length > 0) rest = [below.join('/'), ...rest];
    if (first === '..') {
      // Above the root is what the workspace does not hold.
      if (at.length === 0) return undefined;
      // A link may take the place of the folder that it leaves.
      passed.push(at.join('/'));
      at = at.slice(0, -1);
      continue;
    }
    const place = [...at, first].join('/');
    const target = links.get(place);
    if (target === undefined) {
      at = [...at, first];
      continue;
    }
    passed.push(place);
    hops += 1;
    if (hops > MAX_HOPS) return undefined;
    rest = [target, ...rest];
  }
  return [...passed, at.join('/')];
}

/** Where a path begins: at a folder, or at a root of the sandbox that is kept; undefined where it is another. */
function startOf(
  path: string,
  at: string[],
): { at: string[]; segments: string[] } | undefined {
  if (!path.startsWith('/')) return { at, segments: segmentsOf(path) };
  const plain = `/${segmentsOf(path).join('/')}`;
  for (const [root, kept] of ROOTS) {
    if (plain === root || plain.startsWith(`${root}/`))
      return {
        at: segmentsOf(kept),
        segments: segmentsOf(plain.slice(root.length)),
      };
  }
  return undefined;
}

function segmentsOf(path: string): string[] {
  return path.split('/').filter(one => one !== '' && one !== '.');
}

function folderOf(path: string): string {
  return path.slice(0, Math.max(path.lastIndexOf('/'), 0));
}
