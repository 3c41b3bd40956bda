import { createHash } from 'node:crypto';
import { createReadStream } from 'node:fs';
import { lstat, readdir, readFile, readlink } from 'node:fs/promises';
import path from 'node:path';
import { pipeline } from 'node:stream/promises';

/**
 * Path below a folder → size, and what the file is: the digest of content and kind. Time stamps are not asked: within
 * one tick of the clock a file can be written twice in one place.
 */
export type FileList = Map<string, { bytes: number; digest: string }>;

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
export async function listFiles(root: string, below = ''): Promise<FileList> {
  const found: FileList = new Map();
  for (const entry of await readdir(path.join(root, below), {
    withFileTypes: true,
  })) {
    const file = path.posix.join(below, entry.name);
    if (!isKept(file)) continue;
    if (entry.isDirectory()) {
      for (const [inner, mark] of await listFiles(root, file))
        found.set(inner, mark);
    } else if (entry.isFile() || entry.isSymbolicLink()) {
      const { size } = await lstat(path.join(root, file));
      found.set(file, { bytes: size, digest: await digestOf(root, file) });
    }
  }
  return found;
}

/** Reads in pieces: a step may leave files of any size. */
async function digestOf(root: string, file: string): Promise<string> {
  const place = path.join(root, file);
  const stat = await lstat(place);
  if (stat.isSymbolicLink()) {
    const content = Buffer.from(await readlink(place));
    return digestOfContent({ kind: 'link', content });
  }
  const hash = createHash('sha256').update(`${kindOfMode(stat.mode)}\n`);
  await pipeline(createReadStream(place), hash);
  return hash.digest('hex');
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
