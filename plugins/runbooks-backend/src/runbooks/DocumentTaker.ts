import { InputError } from '@backstage/errors';
import { findNameProblems } from '@backstage-runbooks/plugin-runbooks-common';
import {
  isRunbookFile,
  MAX_DOCUMENT_BYTES,
  MAX_FOLDER,
  type FolderDocuments,
} from './Repository';

/**
 * Decides for each entry below a folder, before it is read, whether it is a document, and counts what was read. Two
 * documents whose names collide are both left out, with a problem that names both.
 */
export class DocumentTaker {
  readonly #folder: string;
  readonly #names: string[] = [];
  readonly #texts = new Map<string, string>();
  readonly #tooLarge = new Map<string, number>();
  #bytes = 0;
  #isOver = false;

  constructor(folder: string) {
    this.#folder = folder;
  }

  /** Whether an entry is to be read. Never throws: readers call it from their streams. */
  admits(path: string, sizeBytes = 0): boolean {
    if (this.#isOver || !isRunbookFile(path) || !this.#isBelow(path)) {
      return false;
    }
    if (this.#names.length >= MAX_FOLDER.files) {
      this.#isOver = true;
      return false;
    }
    this.#names.push(path);
    if (sizeBytes > MAX_DOCUMENT_BYTES) {
      this.#tooLarge.set(path, sizeBytes);
      return false;
    }
    return true;
  }

  /** Adds what was read of an admitted document. False where nothing more is wanted. */
  add(path: string, content: Buffer): boolean {
    if (content.length > MAX_DOCUMENT_BYTES) {
      this.#tooLarge.set(path, content.length);
      return true;
    }
    this.#bytes += content.length;
    if (this.#bytes > MAX_FOLDER.bytes) this.#isOver = true;
    else this.#texts.set(path, content.toString('utf8'));
    return !this.#isOver;
  }

  /** @throws InputError where there is more than is read. */
  result(): FolderDocuments {
    if (this.#isOver) {
      throw new InputError(
        `Below '${this.#folder || '.'}' are more than ${
          MAX_FOLDER.files
        } documents or ${
          MAX_FOLDER.bytes
        } bytes of them; name a smaller folder or the documents`,
      );
    }
    const collisions = findNameProblems(this.#names);
    const left = new Set(collisions.flatMap(({ paths }) => paths));
    return {
      documents: [...this.#texts]
        .filter(([path]) => !left.has(path))
        .map(([path, text]) => ({ path, text }))
        .sort((a, b) => (a.path < b.path ? -1 : 1)),
      problems: [
        ...collisions.map(({ message }) => ({ message })),
        ...[...this.#tooLarge].map(([path, bytes]) => ({
          path,
          message: tooLargeMessage(path, bytes),
        })),
      ],
    };
  }

  #isBelow(path: string): boolean {
    return this.#folder === '' || path.startsWith(`${this.#folder}/`);
  }
}

/** Says how large a document is and how large it may be. */
export function tooLargeMessage(path: string, bytes: number): string {
  return `'${path}' has ${bytes} bytes; a document may have at most ${MAX_DOCUMENT_BYTES}`;
}
