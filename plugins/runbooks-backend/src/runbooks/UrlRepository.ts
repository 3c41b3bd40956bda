import type { UrlReaderService } from '@backstage/backend-plugin-api';
import { InputError, NotFoundError } from '@backstage/errors';
import type { ScmIntegrations } from '@backstage/integration';
import {
  isRunbookFile,
  MAX_DOCUMENT_BYTES,
  MAX_REPOSITORY_BYTES,
  type Repository,
  type RepositoryFile,
} from './Repository';

const TREE_KEPT_MS = 60_000;

/**
 * A repository behind an address, read whole through the UrlReader of its host and kept for a minute; after that
 * its etag decides whether it is read again.
 */
export class UrlRepository implements Repository {
  readonly name: string;
  readonly #reader: UrlReaderService;
  readonly #integrations: ScmIntegrations;
  readonly #now: () => number;
  #tree?: { etag: string; files: RepositoryFile[]; readAt: number };

  constructor(options: {
    /** Address of the repository's root. */
    url: string;
    reader: UrlReaderService;
    integrations: ScmIntegrations;
    now: () => number;
  }) {
    this.name = options.url;
    this.#reader = options.reader;
    this.#integrations = options.integrations;
    this.#now = options.now;
  }

  async listMarkdown(folder: string): Promise<string[]> {
    const below =
      folder === '' || folder === '.' ? '' : `${folder.replace(/\/$/, '')}/`;
    return (await this.readAll())
      .map(file => file.path)
      .filter(file => file.startsWith(below) && isRunbookFile(file))
      .sort();
  }

  async readText(path: string): Promise<string> {
    const file = (await this.readAll()).find(one => one.path === path);
    if (!file)
      throw new NotFoundError(`There is no '${path}' in '${this.name}'`);
    if (file.content.length > MAX_DOCUMENT_BYTES) {
      throw new InputError(
        `'${path}' has ${file.content.length} bytes; a document may have at most ${MAX_DOCUMENT_BYTES}`,
      );
    }
    return file.content.toString('utf8');
  }

  urlOf(path: string): string {
    return this.#integrations.resolveUrl({ url: `/${path}`, base: this.name });
  }

  async readAll(): Promise<RepositoryFile[]> {
    const now = this.#now();
    if (this.#tree && now - this.#tree.readAt < TREE_KEPT_MS)
      return this.#tree.files;
    try {
      const response = await this.#reader.readTree(this.name, {
        ...(this.#tree ? { etag: this.#tree.etag } : {}),
      });
      const files = await contentsOf(await response.files(), this.name);
      this.#tree = { etag: response.etag, files, readAt: now };
    } catch (error) {
      if (!this.#tree || (error as Error).name !== 'NotModifiedError')
        throw error;
      this.#tree = { ...this.#tree, readAt: now };
    }
    return this.#tree.files;
  }
}

async function contentsOf(
  entries: Array<{ path: string; content(): Promise<Buffer> }>,
  name: string,
): Promise<RepositoryFile[]> {
  const files: RepositoryFile[] = [];
  let bytes = 0;
  for (const entry of entries) {
    if (entry.path.split('/').includes('..')) {
      throw new InputError(`'${entry.path}' leads out of '${name}'`);
    }
    const content = await entry.content();
    bytes += content.length;
    if (bytes > MAX_REPOSITORY_BYTES) {
      throw new InputError(
        `'${name}' has more than ${MAX_REPOSITORY_BYTES} bytes; runbooks are read from smaller repositories`,
      );
    }
    // Archives of source hosts do not carry modes through the UrlReader; scripts are told by their first bytes.
    files.push({
      path: entry.path,
      content,
      executable: content.subarray(0, 2).toString() === '#!',
    });
  }
  return files;
}
