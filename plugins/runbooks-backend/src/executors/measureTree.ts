import { lstat, opendir } from 'node:fs/promises';
import type { Dirent } from 'node:fs';

/** How much a folder may hold. */
export interface TreeBounds {
  bytes: number;
  /** Files, folders and links. */
  entries: number;
}

const SLASH = Buffer.from('/');
/** The kernel counts blocks of this size, whatever the file system has. */
const BLOCK_BYTES = 512;
// The types of Node know names as text only.
const BUFFER_NAMES = { encoding: 'buffer' as BufferEncoding, bufferSize: 64 };

/**
 * Why a folder holds more than it may; undefined where it does not. Counts what files take on the disk, so holes are
 * free, follows no link, and looks at no more entries than the bound. Names may have any bytes.
 *
 * A folder that cannot be looked into counts as one that holds too much: files could be hidden in it.
 */
export async function excessOf(
  folder: string,
  bounds: TreeBounds,
): Promise<string | undefined> {
  let [bytes, entries] = [0, 0];
  const folders = [Buffer.from(folder)];
  for (let at = folders.pop(); at; at = folders.pop()) {
    try {
      // Without a number of names at a time, a folder of a million would be read as a whole.
      for await (const entry of await opendir(at, BUFFER_NAMES)) {
        const { name } = entry as unknown as Dirent<Buffer>;
        const place = Buffer.concat([at, SLASH, name]);
        entries += 1;
        if (entry.isDirectory()) folders.push(place);
        bytes += await bytesOf(place);
        if (entries > bounds.entries) {
          return `has more than ${bounds.entries} files and folders`;
        }
        if (bytes > bounds.bytes) return `has more than ${bounds.bytes} bytes`;
      }
    } catch (error) {
      if (!isGone(error)) return `cannot be measured (${codeOf(error)})`;
    }
  }
  return undefined;
}

async function bytesOf(place: Buffer): Promise<number> {
  try {
    return (await lstat(place)).blocks * BLOCK_BYTES;
  } catch (error) {
    if (isGone(error)) return 0;
    throw error;
  }
}

function isGone(error: unknown): boolean {
  return ['ENOENT', 'ENOTDIR'].includes(codeOf(error));
}

function codeOf(error: unknown): string {
  return String((error as { code?: unknown } | undefined)?.code);
}
