import { createHash } from 'node:crypto';
import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import os from 'node:os';
import path from 'node:path';
import { pack } from '../workspaces/Workspaces';
import type { Repository, RepositoryFile } from './Repository';

/** A repository as a run uses it: its content hash, and a way to get it as an archive. */
export interface Snapshot {
  /** Hex SHA-256 over paths, modes and contents: the same for the same files, wherever they are. */
  revision: string;
  /** tar.gz of all files. */
  archive(): Promise<Buffer>;
}

/** Reads a repository whole. */
export async function snapshotOf(repository: Repository): Promise<Snapshot> {
  const files = await repository.readAll();
  return { revision: hashOf(files), archive: () => archiveOf(files) };
}

function hashOf(files: RepositoryFile[]): string {
  const hash = createHash('sha256');
  for (const file of [...files].sort((a, b) => (a.path < b.path ? -1 : 1))) {
    hash.update(
      `${JSON.stringify([file.path, file.executable, file.content.length])}\n`,
    );
    hash.update(file.content);
  }
  return hash.digest('hex');
}

async function archiveOf(files: RepositoryFile[]): Promise<Buffer> {
  if (files.length === 0) return Buffer.alloc(0);
  const folder = await mkdtemp(path.join(os.tmpdir(), 'runbooks-snapshot-'));
  try {
    for (const file of files) {
      const target = path.join(folder, file.path);
      await mkdir(path.dirname(target), { recursive: true });
      await writeFile(target, file.content, {
        mode: file.executable ? 0o755 : 0o644,
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
