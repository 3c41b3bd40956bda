import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import os from 'node:os';
import path from 'node:path';
import { NotFoundError } from '@backstage/errors';
import {
  filesNamedBy,
  selectAll,
  surroundingsOf,
  type Procedure,
} from '@backstage-runbooks/plugin-runbooks-common';
import { pack } from '../workspaces/archives';
import { textOfContent } from '../workspaces/textOfContent';
import type { Repository, RepositoryFile, Taken } from './Repository';
import { revisionOf } from './revisionOf';
import { SUBMODULE_LIST, submoduleNotes } from './submoduleNotes';

/** Files of a repository as a run uses them: their content hash, and a way to get them as an archive. */
export interface Snapshot {
  /** Hex SHA-256 over paths, modes and contents: the same for the same files, wherever they are. */
  revision: string;
  /** In the order of their paths. */
  files: RepositoryFile[];
  /** What is missing and may be missed. */
  notes: string[];
  /** tar.gz of all files. */
  archive(): Promise<Buffer>;
  /** Text of one file; undefined where there is none, or it is no text. */
  text(path: string): string | undefined;
  /** Whether a file or folder is at a path from the root. */
  has(path: string): boolean;
}

/**
 * Takes of a repository everything, the files and folders that are listed, or one folder. What is not there is left
 * out: the step that needs it will say so.
 *
 * @throws InputError where names collide or lead out, or there is more than may be taken.
 */
export async function snapshotOf(
  repository: Repository,
  options: { files: 'all' | string[] | { folder: string } } = { files: 'all' },
): Promise<Snapshot> {
  const { files } = options;
  if (files === 'all') {
    return snapshotFrom(await repository.take({ named: selectAll }));
  }
  if (Array.isArray(files)) {
    const named = { ...selectAll, trees: files };
    return snapshotFrom(await repository.take({ named, follow: true }));
  }
  const named = { ...selectAll, trees: [files.folder] };
  const taken = await repository.take({ named, within: files.folder });
  const list =
    files.folder === '' ? '' : await textOrNothing(repository, SUBMODULE_LIST);
  const notes = submoduleNotes(list, [named], taken.files);
  return snapshotFrom({ ...taken, notes: [...taken.notes, ...notes] });
}

async function textOrNothing(
  repository: Repository,
  name: string,
): Promise<string> {
  return repository.readText(name).catch((error: unknown) => {
    if (error instanceof NotFoundError) return '';
    throw error;
  });
}

/**
 * Takes of a repository what a procedure needs: its document, what its commands name, and what those scripts and
 * kustomizations name themselves. Where a command's files cannot be known, the folder of the document too.
 *
 * @param options.values - What the person chose for its parameters: they can be names of files.
 * @throws InputError where names collide or lead out, or there is more than may be taken.
 */
export async function snapshotOfProcedure(
  repository: Repository,
  options: { procedure: Procedure; documentPath: string; values: string[] },
): Promise<Snapshot> {
  const { procedure, documentPath, values } = options;
  const { selection, unknownBecause } = filesNamedBy(procedure, values);
  const { files, notes } = await repository.take({
    named: { ...selection, files: [documentPath, ...selection.files] },
    ...(unknownBecause === undefined
      ? {}
      : { around: surroundingsOf(documentPath) }),
    follow: true,
  });
  const missing = missingScripts(selection.trees, files);
  return snapshotFrom({
    files,
    notes: [
      ...notes,
      ...missing.map(
        script => `'${script}' is named by a step and is not in the repository`,
      ),
    ],
  });
}

/** Other files that are named and not there may be made by an earlier step. */
function missingScripts(named: string[], files: RepositoryFile[]): string[] {
  const names = new Set(files.map(file => path.basename(file.path)));
  return named.filter(
    one =>
      /^[^:]*\.(sh|bash)$/.test(one) && !names.has(path.posix.basename(one)),
  );
}

function snapshotFrom({ files, notes }: Taken): Snapshot {
  const byPath = new Map(files.map(file => [file.path, file]));
  const paths = files.map(file => file.path);
  return {
    revision: revisionOf(files),
    files,
    notes,
    archive: () => archiveOf(files),
    text: name => {
      const file = byPath.get(name);
      return file && textOfContent(file.content);
    },
    has: name =>
      name === '' || byPath.has(name) || isAmongBeginnings(`${name}/`, paths),
  };
}

/** Whether one of the paths, which are in order, begins with a text. */
function isAmongBeginnings(text: string, paths: readonly string[]): boolean {
  let low = 0;
  let high = paths.length;
  while (low < high) {
    const middle = Math.floor((low + high) / 2);
    if (paths[middle] < text) low = middle + 1;
    else high = middle;
  }
  return paths[low]?.startsWith(text) ?? false;
}

async function archiveOf(files: RepositoryFile[]): Promise<Buffer> {
  if (files.length === 0) return Buffer.alloc(0);
  const folder = await mkdtemp(path.join(os.tmpdir(), 'runbooks-snapshot-'));
  try {
    for (const file of files) {
      const target = path.join(folder, file.path);
      await mkdir(path.dirname(target), { recursive: true });
      // Names were judged when they were taken; a disk that knows fewer names must not make two files one.
      await writeFile(target, file.content, {
        mode: file.executable ? 0o755 : 0o644,
        flag: 'wx',
      });
    }
    return await pack(
      folder,
      files.map(file => file.path),
    );
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
}
