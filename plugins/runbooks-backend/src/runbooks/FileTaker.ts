import { setImmediate } from 'node:timers/promises';
import { InputError } from '@backstage/errors';
import {
  createSelector,
  findNameProblems,
  MAX_NAME_LENGTH,
  type FileSelection,
} from '@backstage-runbooks/plugin-runbooks-common';
import { FilePool, type TakeLimits } from './FilePool';
import { MAX_AROUND, MAX_TAKEN, type RepositoryFile } from './Repository';

/** More names of one kind of fault are not kept: some are enough to see it. */
const NAMES_SHOWN = 5;

/** Names that are seen are kept up to this many, to know whether another round can find anything. */
const NAMES_KEPT = 200_000;
const NAMES_KEPT_LENGTH = 20 * 1024 * 1024;
/** Names that are looked at before others get their turn. */
const NAMES_AT_ONCE = 5_000;

/**
 * Decides for each entry of a repository or archive, before it is read, whether it is taken, and counts what was: a
 * repository of any size costs no more memory than what may be taken of it.
 *
 * `admits` never throws, because readers call it from their streams; what was too much or led out is thrown by
 * `finishRound`. An entry that is admitted twice in one round is a collision, never a silent last one.
 */
export class FileTaker {
  readonly #name: string;
  readonly #named: FilePool;
  readonly #around: FilePool;
  #select: Selectors = { isNamed: () => false, isAround: () => false };
  #seen: string[] = [];
  #seenLength = 0;
  #hasSeenAll = true;
  #faulty: string[] = [];

  constructor(options: {
    name: string;
    named?: TakeLimits;
    around?: TakeLimits;
  }) {
    this.#name = options.name;
    this.#named = new FilePool(options.named ?? MAX_TAKEN);
    this.#around = new FilePool(options.around ?? MAX_AROUND);
  }

  /** What is taken in the next reading; files of earlier rounds are not taken again. */
  startRound(named: FileSelection, around?: FileSelection): void {
    this.#select = {
      isNamed: createSelector(named).isSelected,
      isAround: around ? createSelector(around).isSelected : () => false,
    };
    this.#named.startRound();
    this.#around.startRound();
    this.#seen = [];
    this.#seenLength = 0;
    this.#hasSeenAll = true;
    this.#faulty = [];
  }

  /** Whether an entry is to be read. `sizeBytes` is what is known of it before. */
  admits(path: string, sizeBytes = 0): boolean {
    if (isDishonest(path)) {
      if (this.#faulty.length < NAMES_SHOWN) this.#faulty.push(path);
      return false;
    }
    this.#seenLength += path.length;
    if (
      this.#seen.length < NAMES_KEPT &&
      this.#seenLength <= NAMES_KEPT_LENGTH
    ) {
      this.#seen.push(path);
    } else this.#hasSeenAll = false;
    return this.#poolOf(path)?.admits(path, sizeBytes) ?? false;
  }

  /** Adds what was read of an admitted entry. @throws InputError where it is larger than it seemed. */
  add(file: RepositoryFile): true {
    const pool = this.#poolOf(file.path);
    if (pool?.add(file) === false && pool === this.#named) this.#tooMuch();
    return true;
  }

  /** The files of this round. @throws InputError */
  finishRound(): RepositoryFile[] {
    if (this.#faulty.length > 0) this.#refuseNames(this.#faulty);
    if (this.#named.isOver) this.#tooMuch();
    this.#refuseNames([
      ...this.#named.admitted(),
      ...(this.#around.isOver ? [] : this.#around.admitted()),
    ]);
    return [
      ...this.#named.filesOfRound(),
      ...(this.#around.isOver ? [] : this.#around.filesOfRound()),
    ];
  }

  /** False only where nothing of a selection is among the names that the last reading showed. */
  async mightFind(
    named: FileSelection,
    around?: FileSelection,
  ): Promise<boolean> {
    if (!this.#hasSeenAll) return true;
    const isNamed = createSelector(named).isSelected;
    const isAround = around ? createSelector(around).isSelected : () => false;
    for (const [index, path] of this.#seen.entries()) {
      if (index % NAMES_AT_ONCE === 0) await setImmediate();
      if (this.#named.has(path) || this.#around.has(path)) continue;
      if (isNamed(path) || isAround(path)) return true;
    }
    return false;
  }

  /** All files, sorted by path, and what was left out. */
  result(): { files: RepositoryFile[]; notes: string[] } {
    const files = [
      ...this.#named.files(),
      ...(this.#around.isOver ? [] : this.#around.files()),
    ].sort((a, b) => (a.path < b.path ? -1 : 1));
    return {
      files,
      notes: this.#around.isOver
        ? [
            `Files beside the document or its scripts are not at hand: they are more than ${MAX_AROUND.files} files or ${MAX_AROUND.bytes} bytes. Name the ones that are needed, or the folder that holds them in backstage-runbooks.io/workspace-ref`,
          ]
        : [],
    };
  }

  #poolOf(path: string): FilePool | undefined {
    if (this.#named.has(path) || this.#around.has(path)) return undefined;
    if (this.#select.isNamed(path)) return this.#named;
    return this.#select.isAround(path) ? this.#around : undefined;
  }

  #refuseNames(paths: string[]): void {
    const problems = findNameProblems(paths);
    if (problems.length === 0) return;
    throw new InputError(
      `'${this.#name}' cannot be taken as it is: ${problems
        .slice(0, NAMES_SHOWN)
        .map(({ message }) => message)
        .join('; ')}`,
    );
  }

  #tooMuch(): never {
    const { files, bytes } = this.#named.limits;
    throw new InputError(
      `'${
        this.#name
      }' holds more than ${files} files or ${bytes} bytes of what is asked for; name a smaller folder, or the files that are needed`,
    );
  }
}

interface Selectors {
  isNamed(path: string): boolean;
  isAround(path: string): boolean;
}

/** Names that no honest archive holds, whether they are asked for or not. */
function isDishonest(path: string): boolean {
  return (
    path.length > MAX_NAME_LENGTH ||
    path.startsWith('/') ||
    path.split(/[/\\]/).includes('..')
  );
}
