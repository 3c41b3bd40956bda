import { createHash } from 'node:crypto';
import type { RepositoryFile } from './Repository';

/** Hex SHA-256 of paths, contents, and which files can be executed: what a plan names its repository by. */
export function revisionOf(files: readonly RepositoryFile[]): string {
  const hash = createHash('sha256');
  for (const file of [...files].sort((a, b) => (a.path < b.path ? -1 : 1))) {
    hash.update(
      `${JSON.stringify([file.path, file.executable, file.content.length])}\n`,
    );
    hash.update(file.content);
  }
  return hash.digest('hex');
}
