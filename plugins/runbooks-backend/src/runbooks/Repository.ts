import type { FileSelection } from '@backstage-runbooks/plugin-runbooks-common';

/** The files that a runbook lives among: one repository, or one folder of it, at its present revision. */
export interface Repository {
  /** Names it in messages: an address, or a folder as it lies below its root. */
  readonly name: string;
  /** Tells it from every other one; is never shown. */
  readonly key: string;
  /**
   * The Markdown files below a folder, sorted; README and CHANGELOG are left out. A file that cannot be read is a
   * problem and hides no other.
   *
   * @throws InputError where there are more or larger ones than are read.
   */
  readDocuments(folder: string): Promise<FolderDocuments>;
  /** @throws NotFoundError, InputError for what is too large or outside. */
  readText(path: string): Promise<string>;
  /** Where a person reads or edits the file. */
  urlOf(path: string): string | undefined;
  /**
   * Files, for planning. Limits hold while reading, not after.
   *
   * @throws InputError where names collide or lead out, or there is more than may be taken.
   */
  take(request: TakeRequest): Promise<Taken>;
}

/** Markdown files of a folder. */
export interface FolderDocuments {
  documents: Array<{ path: string; text: string }>;
  problems: Array<{ path?: string; message: string }>;
}

/** What is taken of a repository. */
export interface TakeRequest {
  /** Must be taken whole, or nothing is. */
  named: FileSelection;
  /** Is left out, with a note, where it is too much. */
  around?: FileSelection;
  /** Takes also what the taken scripts and kustomizations name themselves, for some rounds. */
  follow?: boolean;
  /** All of it lies below this folder: hosts that can hand out parts are asked for this one only. */
  within?: string;
}

/** What was taken, sorted by path. */
export interface Taken {
  files: RepositoryFile[];
  /** What is missing and may be missed. */
  notes: string[];
}

/** One file of a repository. */
export interface RepositoryFile {
  path: string;
  content: Buffer;
  executable: boolean;
}

/** A document may have this many bytes; the reader refuses more. */
export const MAX_DOCUMENT_BYTES = 1024 * 1024;

/** The documents of one folder may be this many and have this many bytes. */
export const MAX_FOLDER = { files: 1_000, bytes: 20 * 1024 * 1024 };

/** What is taken for planning may be this many files and have this many bytes. */
export const MAX_TAKEN = { files: 10_000, bytes: 20 * 1024 * 1024 };

/** What is taken because nobody knows which files are needed may be this much. */
export const MAX_AROUND = { files: 2_000, bytes: 5 * 1024 * 1024 };

/** True for Markdown files that are documents of their own. */
export function isRunbookFile(path: string): boolean {
  const name = path.slice(path.lastIndexOf('/') + 1);
  return (
    /\.(md|markdown)$/i.test(name) &&
    !/^(readme|changelog)\.(md|markdown)$/i.test(name)
  );
}
