import { readdir, readFile, realpath, stat } from 'node:fs/promises';
import path from 'node:path';
import { InputError, NotAllowedError, NotFoundError } from '@backstage/errors';
import {
  createSelector,
  selectAll,
} from '@backstage-runbooks/plugin-runbooks-common';
import { DocumentTaker, tooLargeMessage } from './DocumentTaker';
import {
  MAX_DOCUMENT_BYTES,
  type FolderDocuments,
  type Repository,
  type Taken,
  type TakeRequest,
} from './Repository';
import { takeInRounds } from './takeInRounds';

const IGNORED_FOLDERS = new Set(['.git', 'node_modules']);

/**
 * A folder on the backend's disk. Only below the folders of `runbooks.sources.localRoots`; nothing is followed out
 * of it, neither by `..` nor by a symbolic link. Links are not taken for planning; the note names them.
 *
 * People see its messages: it and its files are named as they lie below the root that allows it, never by a path of
 * the host, and neither are the errors of the disk passed on.
 */
export class LocalRepository implements Repository {
  readonly name: string;
  readonly key: string;
  readonly #root: string;

  private constructor(root: string, allowed: string) {
    this.#root = root;
    this.key = root;
    this.name = belowOf(allowed, root);
  }

  /** @throws NotAllowedError where the folder is not there or not below an allowed one. */
  static async open(
    folder: string,
    allowedRoots: string[],
  ): Promise<LocalRepository> {
    const roots = await Promise.all(
      allowedRoots.map(one => realpath(one).catch(() => undefined)),
    );
    const root = await realpath(folder).catch(() => undefined);
    const allowed = roots.find(
      one => one !== undefined && root !== undefined && isInside(one, root),
    );
    if (root === undefined || allowed === undefined) {
      throw new NotAllowedError(
        'The folder on the backend where it would be read does not exist, or is not below one of runbooks.sources.localRoots',
      );
    }
    return new LocalRepository(root, allowed);
  }

  async readDocuments(folder: string): Promise<FolderDocuments> {
    const taker = new DocumentTaker(folder);
    const start = await this.#inside(folder);
    for await (const { file, kind } of this.#walk(start, () => true)) {
      if (kind === 'link') continue;
      const real = await this.#inside(file);
      const { size } = await told(file, stat(real));
      if (taker.admits(file, size))
        taker.add(file, await told(file, readFile(real)));
    }
    return taker.result();
  }

  async readText(file: string): Promise<string> {
    const real = await this.#inside(file);
    const { size } = await told(file, stat(real));
    if (size > MAX_DOCUMENT_BYTES) {
      throw new InputError(tooLargeMessage(file, size));
    }
    return told(file, readFile(real, 'utf8'));
  }

  urlOf(): undefined {
    return undefined;
  }

  async take(request: TakeRequest): Promise<Taken> {
    const links: string[] = [];
    const taken = await takeInRounds(
      this.name,
      request,
      async (taker, selections) => {
        const named = createSelector(selections.named);
        const around = createSelector(
          selections.around ?? { ...selectAll, trees: [] },
        );
        const walked = this.#walk(
          this.#root,
          folder => named.mayHold(folder) || around.mayHold(folder),
        );
        for await (const { file, kind } of walked) {
          if (kind === 'link') {
            if (named.isSelected(file)) links.push(file);
            continue;
          }
          if (!named.isSelected(file) && !around.isSelected(file)) continue;
          const real = await this.#inside(file);
          const { size, mode } = await told(file, stat(real));
          if (!taker.admits(file, size)) continue;
          taker.add({
            path: file,
            content: await told(file, readFile(real)),
            // eslint-disable-next-line no-bitwise
            executable: (mode & 0o100) !== 0,
          });
        }
        return { sawAllNames: false };
      },
    );
    const linkNotes = [...new Set(links)].map(
      link => `'${link}' is a link and is not taken: the step will not find it`,
    );
    return { files: taken.files, notes: [...taken.notes, ...linkNotes] };
  }

  /** Files and links below a folder, without going into links. */
  async *#walk(
    folder: string,
    mayHold: (folder: string) => boolean,
  ): AsyncGenerator<{ file: string; kind: 'file' | 'link' }> {
    const entries = await told(
      belowOf(this.#root, folder),
      readdir(folder, { withFileTypes: true }),
    );
    for (const entry of entries) {
      const full = path.join(folder, entry.name);
      const file = path.relative(this.#root, full).split(path.sep).join('/');
      if (entry.isDirectory()) {
        if (!IGNORED_FOLDERS.has(entry.name) && mayHold(file)) {
          yield* this.#walk(full, mayHold);
        }
      } else if (entry.isFile()) {
        // Of a submodule that is checked out: it says where git keeps the rest.
        if (entry.name !== '.git') yield { file, kind: 'file' };
      } else if (entry.isSymbolicLink()) {
        yield { file, kind: 'link' };
      }
    }
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

/** Errors of the disk name whole paths of the host. */
async function told<Result>(
  file: string,
  read: Promise<Result>,
): Promise<Result> {
  try {
    return await read;
  } catch (error) {
    const code = String((error as NodeJS.ErrnoException).code ?? 'an error');
    throw new InputError(
      `'${file}' cannot be read (${code}); expected a file or folder that the backend may read`,
    );
  }
}

/** As it is named for people. */
function belowOf(root: string, folder: string): string {
  return path.relative(root, folder).split(path.sep).join('/') || '.';
}

/** True for a real path that is a folder or lies below it. */
export function isInside(root: string, real: string): boolean {
  return real === root || real.startsWith(root + path.sep);
}
