import { pipeline } from 'node:stream/promises';
import { Readable } from 'node:stream';
import {
  create as createArchive,
  extract as extractArchive,
  Parser,
  type ReadEntry,
} from 'tar';
import { kindOfMode, type FileContent } from './workspaceFiles';

/** Packs files below a folder as tar.gz. */
export async function pack(
  directory: string,
  files: string[],
): Promise<Buffer> {
  if (files.length === 0) return Buffer.alloc(0);
  const chunks: Buffer[] = [];
  const archive = createArchive(
    { cwd: directory, gzip: true, portable: true, prefix: '' },
    files.map(file => (file.startsWith('@') ? `./${file}` : file)),
  );
  for await (const chunk of archive) chunks.push(chunk as Buffer);
  return Buffer.concat(chunks);
}

/**
 * Lays out what was packed, in place of what is there; an empty archive holds nothing. Each file gets the same age, and
 * of its mode no more than whether it can be executed: nothing of it is left that an approval does not compare.
 *
 * @throws the first failure of the system at any file: a step must not run with half of them, or with half a script.
 *   Links that lead out of the folder are left out without an error.
 */
export async function unpack(
  archive: Buffer,
  directory: string,
  age: Date,
): Promise<void> {
  if (archive.length === 0) return;
  let failure: unknown;
  await pipeline(
    Readable.from([archive]),
    // Written over, a file would keep its mode.
    extractArchive({
      cwd: directory,
      preserveOwner: false,
      unlink: true,
      // A file that cannot be written, on a full disk, is left empty and only warned of.
      onwarn: (_code, _message, data) => {
        if (isOfSystem(data)) failure ??= data;
      },
      onReadEntry: entry => {
        entry.mtime = age;
        entry.atime = age;
        if (entry.type === 'File' || entry.type === 'OldFile')
          entry.mode =
            kindOfMode(entry.mode ?? 0) === 'executable' ? 0o755 : 0o644;
      },
    }),
  );
  if (failure !== undefined) throw failure;
}

/** Not what `tar` itself refuses, such as a link that leads out. */
function isOfSystem({ code, syscall }: { code?: unknown; syscall?: unknown }) {
  return syscall !== undefined && !String(code).startsWith('TAR_');
}

/** Some files of an archive as they were packed, by path; those that it does not hold are missing. */
export async function contentsIn(
  archive: Buffer,
  paths: ReadonlySet<string>,
): Promise<Map<string, FileContent>> {
  return paths.size === 0
    ? new Map()
    : contentsWhere(archive, file => paths.has(file));
}

/** All files of an archive, by path. */
export async function allContentsIn(
  archive: Buffer,
): Promise<Map<string, FileContent>> {
  return contentsWhere(archive, () => true);
}

async function contentsWhere(
  archive: Buffer,
  isWanted: (file: string) => boolean,
): Promise<Map<string, FileContent>> {
  const found = new Map<string, FileContent>();
  if (archive.length === 0) return found;
  const parser = new Parser();
  parser.on('entry', (entry: ReadEntry) => {
    const file = entry.path.replace(/^\.\//, '');
    if (!isWanted(file)) {
      entry.resume();
      return;
    }
    const chunks: Buffer[] = [];
    entry.on('data', (chunk: Buffer) => chunks.push(chunk));
    entry.on('end', () => {
      found.set(
        file,
        entry.type === 'SymbolicLink'
          ? { kind: 'link', content: Buffer.from(entry.linkpath ?? '') }
          : {
              kind: kindOfMode(entry.mode ?? 0),
              content: Buffer.concat(chunks),
            },
      );
    });
  });
  await new Promise<void>((resolve, reject) => {
    parser.on('end', resolve);
    parser.on('error', reject);
    parser.end(archive);
  });
  return found;
}
