import type { UrlReaderService } from '@backstage/backend-plugin-api';
import { NotFoundError, NotModifiedError } from '@backstage/errors';

/**
 * Stands for the source hosts: repositories by the address of their root, each a list of archive entries, which may
 * hold what no honest archive does. It counts what is asked for.
 */
export class FakeUrlReader implements UrlReaderService {
  /** Addresses that were asked for, with what was answered from them. */
  readonly asked: Array<{ call: string; url: string; notModified: boolean }> =
    [];
  /** Files whose content was handed out. */
  readonly handedOut: string[] = [];
  readonly repositories = new Map<
    string,
    { etag: string; entries: Array<{ path: string; content: string }> }
  >();
  failure: Error | undefined;
  /** Called before an archive is read: the moment in which a repository can change. */
  beforeTree: () => void = () => {};

  put(
    root: string,
    etag: string,
    entries: Array<[path: string, content: string]>,
  ): void {
    this.repositories.set(root, {
      etag,
      entries: entries.map(([path, content]) => ({ path, content })),
    });
  }

  readUrl: UrlReaderService['readUrl'] = async (url, options) => {
    const { repository, path } = this.#find('readUrl', url, options?.etag);
    const entry = repository.entries.find(one => one.path === path);
    if (!entry) throw new NotFoundError(`${url} is not there`);
    this.handedOut.push(path);
    return {
      etag: repository.etag,
      buffer: async () => Buffer.from(entry.content),
    };
  };

  readTree: UrlReaderService['readTree'] = async (url, options) => {
    this.beforeTree();
    const { repository, path } = this.#find('readTree', url, options?.etag);
    const below = path === '' ? '' : `${path}/`;
    const files = repository.entries
      .filter(entry => entry.path.startsWith(below))
      .map(entry => ({ ...entry, path: entry.path.slice(below.length) }))
      .filter(
        entry =>
          options?.filter?.(entry.path, { size: entry.content.length }) ?? true,
      );
    return {
      etag: repository.etag,
      files: async () =>
        files.map(entry => ({
          path: entry.path,
          content: async () => {
            this.handedOut.push(`${below}${entry.path}`);
            return Buffer.from(entry.content);
          },
        })),
      archive: () => Promise.reject(new Error('nobody asks for archives')),
      dir: () => Promise.reject(new Error('nobody asks for folders')),
    };
  };

  search: UrlReaderService['search'] = async url => {
    throw new Error(`No search is expected here: ${url}`);
  };

  #find(call: string, url: string, etag: string | undefined) {
    const [root, repository] =
      [...this.repositories].find(
        ([one]) => url === one || url.startsWith(`${one}/`),
      ) ?? [];
    const notModified = repository !== undefined && etag === repository.etag;
    this.asked.push({ call, url, notModified });
    if (this.failure) throw this.failure;
    if (!repository || root === undefined) {
      throw new NotFoundError(`${url} is not there`);
    }
    if (notModified) throw new NotModifiedError();
    return {
      repository,
      path: decodeURIComponent(url.slice(root.length + 1)),
    };
  }
}
