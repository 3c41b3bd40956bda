import { readFile, readdir, realpath, stat } from 'node:fs/promises';
import path from 'node:path';
import { InputError, NotAllowedError, NotFoundError } from '@backstage/errors';
import {
  isRunbookFile,
  MAX_DOCUMENT_BYTES,
  MAX_REPOSITORY_BYTES,
  type Repository,
  type RepositoryFile,
} from './Repository';

const IGNORED_FOLDERS = new Set(['.git', 'node_modules']);

/**
 * A folder on the backend's disk. Only below the folders of `runbooks.sources.localRoots`; nothing is followed out
 * of it, neither by `..` nor by a symbolic link.
 */
export class LocalRepository implements Repository {
  readonly name: string;
  readonly #root: string;

  private constructor(root: string) {
    this.#root = root;
    this.name = root;
  }

  /** @throws NotAllowedError where the folder is not below an allowed one. */
  static async open(
    folder: string,
    allowedRoots: string[],
  ): Promise<LocalRepository> {
    const root = await realpath(folder).catch(() => {
      throw new NotFoundError(`The folder '${folder}' does not exist`);
    });
    const allowed = await Promise.all(
      allowedRoots.map(one => realpath(one).catch(() => undefined)),
    );
    if (!allowed.some(one => one !== undefined && isInside(one, root))) {
      throw new NotAllowedError(
        `The folder '${folder}' is not below one of runbooks.sources.localRoots (${
          allowedRoots.join(', ') || 'none'
        })`,
      );
    }
    return new LocalRepository(root);
  }

  async listMarkdown(folder: string): Promise<string[]> {
    const files = await this.#walk(await this.#inside(folder));
    return files.filter(isRunbookFile).sort();
  }

  async readText(file: string): Promise<string> {
    const real = await this.#inside(file);
    const { size } = await stat(real);
    if (size > MAX_DOCUMENT_BYTES) {
      throw new InputError(
        `'${file}' has ${size} bytes; a document may have at most ${MAX_DOCUMENT_BYTES}`,
      );
    }
    return readFile(real, 'utf8');
  }

  urlOf(): undefined {
    return undefined;
  }

  async readAll(): Promise<RepositoryFile[]> {
    const files: RepositoryFile[] = [];
    let bytes = 0;
    for (const file of (await this.#walk(this.#root)).sort()) {
      const real = await this.#inside(file);
      const { size, mode } = await stat(real);
      bytes += size;
      if (bytes > MAX_REPOSITORY_BYTES) {
        throw new InputError(
          `The folder '${this.name}' has more than ${MAX_REPOSITORY_BYTES} bytes; put runbooks and their scripts into a smaller one`,
        );
      }
      files.push({
        path: file,
        content: await readFile(real),
        // eslint-disable-next-line no-bitwise
        executable: (mode & 0o100) !== 0,
      });
    }
    return files;
  }

  async #walk(folder: string): Promise<string[]> {
    const found: string[] = [];
    for (const entry of await readdir(folder, { withFileTypes: true })) {
      const full = path.join(folder, entry.name);
      if (entry.isDirectory() && !IGNORED_FOLDERS.has(entry.name)) {
        found.push(...(await this.#walk(full)));
      } else if (entry.isFile()) {
        found.push(path.relative(this.#root, full).split(path.sep).join('/'));
      }
    }
    return found;
  }

  async #inside(relative: string): Promise<string> {
    const real = await realpath(path.resolve(this.#root, relative)).catch(
      () => {
        throw new NotFoundError(`There is no '${relative}' in '${this.name}'`);
      },
    );
    if (!isInside(this.#root, real)) {
      throw new NotAllowedError(`'${relative}' leads out of '${this.name}'`);
    }
    return real;
  }
}

function isInside(root: string, real: string): boolean {
  return real === root || real.startsWith(root + path.sep);
}
