import { gunzipSync } from 'node:zlib';
import { readFileSync } from 'node:fs';

const BLOCK = 512;

/** The files of an npm tarball by their path in the package: a Map of path to Buffer. Long names (pax) are not read: ours have none. */
export function readTarball(path) {
  const bytes = gunzipSync(readFileSync(path));
  const files = new Map();
  for (let at = 0; at + BLOCK <= bytes.length && bytes[at] !== 0; ) {
    const field = (from, length) =>
      bytes
        .subarray(at + from, at + from + length)
        .toString('utf8')
        .split('\0')[0];
    const size = parseInt(field(124, 12), 8) || 0;
    const name = [field(345, 155), field(0, 100)].filter(Boolean).join('/');
    const isFile = field(156, 1) === '0' || field(156, 1) === '';
    if (isFile) {
      files.set(
        name.replace(/^package\//, ''),
        bytes.subarray(at + BLOCK, at + BLOCK + size),
      );
    }
    at += BLOCK + Math.ceil(size / BLOCK) * BLOCK;
  }
  return files;
}
