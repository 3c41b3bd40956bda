import { createHash } from 'node:crypto';
import { createReadStream } from 'node:fs';
import { lstat, readdir, readFile, readlink } from 'node:fs/promises';
import path from 'node:path';
import { pipeline } from 'node:stream/promises';

/**
 * Path below a folder → size, and what the file is: the digest of content and kind. Time stamps are not asked: within
 * one tick of the clock a file can be written twice in one place.
 */
export type FileList = Map<string, FileMark>;

interface FileMark {
  bytes: number;
  digest: string;
  /** Where a link says that it leads. */
  target?: string;
}

/** More links are not told. */
const MAX_LINKS = 2_000;

/** The home of a step, as it is kept below the workspace. */
const HOME = '.home';

/**
 * Whether steps hand on what is at a path below the workspace. What programs keep in the home under a name that begins
 * with a dot is left out: settings and caches are those of one attempt, and neither carried nor part of what is
 * approved.
 */
export function isKept(file: string): boolean {
  return !file.startsWith(`${HOME}/.`);
}

/** The files and links below a folder that steps hand on. */
export async function listFiles(root: string): Promise<FileList> {
  const found: FileList = new Map();
  await addFiles(root, '', found);
  return found;
}

/** The links among files, and where each says that it leads; undefined where they are more than 2,000. */
export function linksAmong(
  files: FileList,
): ReadonlyMap<string, string> | undefined {
  const links = new Map<string, string>();
  for (const [file, { target }] of files) {
    if (target !== undefined) links.set(file, target);
    if (links.size > MAX_LINKS) return undefined;
  }
  return links;
}

async function addFiles(
  root: string,
  below: string,
  found: FileList,
): Promise<void> {
  for (const entry of await readdir(path.join(root, below), {
    withFileTypes: true,
  })) {
    const file = path.posix.join(below, entry.name);
    if (!isKept(file)) continue;
    if (entry.isDirectory()) await addFiles(root, file, found);
    else if (entry.isFile() || entry.isSymbolicLink()) {
      found.set(file, await markOf(path.join(root, file)));
    }
  }
}

/** Reads in pieces: a step may leave files of any size. */
async function markOf(place: string): Promise<FileMark> {
  const stat = await lstat(place);
  if (stat.isSymbolicLink()) {
    const target = await readlink(place);
    const content = Buffer.from(target);
    const digest = digestOfContent({ kind: 'link', content });
    return { bytes: stat.size, digest, target };
  }
  const hash = createHash('sha256').update(`${kindOfMode(stat.mode)}\n`);
  await pipeline(createReadStream(place), hash);
  return { bytes: stat.size, digest: hash.digest('hex') };
}

/** What a file is: its content, or the target of a link, and whether it can be executed. */
export interface FileContent {
  kind: 'file' | 'executable' | 'link';
  content: Buffer;
}

/** The file or link itself; undefined where there is none, or something else. Follows no link. */
export async function readContent(
  root: string,
  file: string,
): Promise<FileContent | undefined> {
  const place = path.join(root, file);
  const stat = await lstat(place).catch(() => undefined);
  if (stat?.isSymbolicLink()) {
    return { kind: 'link', content: Buffer.from(await readlink(place)) };
  }
  if (!stat?.isFile()) return undefined;
  return { kind: kindOfMode(stat.mode), content: await readFile(place) };
}

/** Whether the mode of a file lets anybody execute it. */
export function kindOfMode(mode: number): 'file' | 'executable' {
  // eslint-disable-next-line no-bitwise
  return (mode & 0o111) === 0 ? 'file' : 'executable';
}

/** Hex SHA-256 of content and kind. */
export function digestOfContent({ kind, content }: FileContent): string {
  return createHash('sha256').update(`${kind}\n`).update(content).digest('hex');
}
