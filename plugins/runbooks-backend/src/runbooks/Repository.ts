/** The files that a runbook lives among: one repository, or one folder of it, at its present revision. */
export interface Repository {
  /** Names it in messages and caches: a folder or an address. */
  readonly name: string;
  /** Paths of the Markdown files below a folder, sorted; README and CHANGELOG are left out. */
  listMarkdown(folder: string): Promise<string[]>;
  /** @throws NotFoundError, InputError for what is too large or outside. */
  readText(path: string): Promise<string>;
  /** Where a person reads or edits the file. */
  urlOf(path: string): string | undefined;
  /** All files, for planning. Paths are relative with `/`; links out of the repository are refused. */
  readAll(): Promise<RepositoryFile[]>;
}

/** One file of a repository. */
export interface RepositoryFile {
  path: string;
  content: Buffer;
  executable: boolean;
}

/** A document may have this many bytes; the reader refuses more. */
export const MAX_DOCUMENT_BYTES = 1024 * 1024;

/** A repository may have this many bytes when it is planned. */
export const MAX_REPOSITORY_BYTES = 20 * 1024 * 1024;

/** True for Markdown files that are documents of their own. */
export function isRunbookFile(path: string): boolean {
  const name = path.slice(path.lastIndexOf('/') + 1);
  return (
    /\.(md|markdown)$/i.test(name) &&
    !/^(readme|changelog)\.(md|markdown)$/i.test(name)
  );
}
