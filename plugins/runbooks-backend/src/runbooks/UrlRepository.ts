import type { UrlReaderService } from '@backstage/backend-plugin-api';
import { InputError } from '@backstage/errors';
import {
  addressText,
  repositoryText,
  sha256Hex,
  type RepositoryAddress,
} from '@backstage-runbooks/plugin-runbooks-common';
import { DocumentTaker, tooLargeMessage } from './DocumentTaker';
import { bodyOf } from './bodyOf';
import { globOf, MARKDOWN_GLOB } from './globOf';
import type { ReadCache } from './ReadCache';
import {
  MAX_DOCUMENT_BYTES,
  type FolderDocuments,
  type Repository,
  type Taken,
  type TakeRequest,
} from './Repository';
import { takeInRounds } from './takeInRounds';

/** A host that does not answer holds nobody up for longer. */
const READ_TIMEOUT_MS = 120_000;

/** Files that are asked for one by one are asked for this many at once. */
const AT_ONCE = 8;

/** Said by the host when nothing changed since what is kept. */
class NothingNew extends Error {}

/** Words in a path that the readers of these hosts take for parts of the address before it. */
const MISREAD: Record<string, string[] | undefined> = {
  github: ['-'],
  bitbucketCloud: ['-', 'blob', 'tree', 'commit', 'issues'],
};

interface Entry {
  path: string;
  content(): Promise<Buffer>;
}

/**
 * A repository behind an address, at one branch, read through the UrlReader of its host.
 *
 * Only what is asked for is read: a document by itself, of folders the Markdown files, for planning the files that are
 * named. From GitHub single files are fetched; other hosts send an archive, of a folder where they can, of which
 * everything else is skipped while it arrives. What was read is kept, and asked for again by its etag.
 *
 * Not checked, because the UrlReader does not hand it out: git's object ids of files, their modes (a file is executable
 * that begins with `#!`), and links, which come as empty files or not at all. Nothing is ever followed.
 */
export class UrlRepository implements Repository {
  readonly name: string;
  readonly key: string;
  readonly #address: RepositoryAddress;
  readonly #reader: UrlReaderService;
  readonly #cache: ReadCache;

  constructor(options: {
    /** Its path is not looked at. */
    address: RepositoryAddress;
    reader: UrlReaderService;
    cache: ReadCache;
  }) {
    this.#address = { ...options.address, path: '' };
    this.name = repositoryText(this.#address);
    this.key = this.name;
    this.#reader = options.reader;
    this.#cache = options.cache;
  }

  readDocuments(folder: string): Promise<FolderDocuments> {
    const key = `documents ${this.#urlOf(folder)}`;
    return this.#cache.read(key, async (etag, stop) => {
      const taker = new DocumentTaker(folder);
      const read = await this.#entries({
        within: folder,
        glob: MARKDOWN_GLOB,
        admits: (path, size) => taker.admits(path, size),
        etag,
        stop,
      });
      if (read === 'not-modified') return read;
      await eachOf(read.entries, (path, content) => taker.add(path, content));
      const value = taker.result();
      return {
        value,
        etag: read.etag,
        bytes: value.documents.reduce((sum, { text }) => sum + text.length, 0),
      };
    });
  }

  readText(path: string): Promise<string> {
    const url = this.#urlOf(path);
    return this.#cache.read(`text ${url}`, (etag, stop) =>
      unlessNotModified(async () => {
        const response = await this.#reader.readUrl(url, {
          ...(etag === undefined ? {} : { etag }),
          signal: untilLate(stop),
        });
        const content = await bodyOf(response, MAX_DOCUMENT_BYTES);
        if (content.length > MAX_DOCUMENT_BYTES) {
          throw new InputError(tooLargeMessage(path, content.length));
        }
        return {
          value: content.toString('utf8'),
          bytes: content.length,
          ...(response.etag ? { etag: response.etag } : {}),
        };
      }),
    );
  }

  urlOf(path: string): string {
    return addressText(this.#address, path);
  }

  take(request: TakeRequest): Promise<Taken> {
    const key = `files ${this.#urlOf(request.within ?? '')} ${sha256Hex(
      JSON.stringify(request),
    )}`;
    return this.#cache.read(key, async (known, stop) => {
      let isModified = known === undefined;
      const taken = await takeInRounds(
        this.name,
        request,
        async (taker, { named, around }) => {
          const read = await this.#entries({
            within: request.within ?? '',
            glob: globOf([named, ...(around ? [around] : [])]),
            admits: (path, size) => taker.admits(path, size),
            // Only the first question may be answered by "not modified".
            etag: isModified ? undefined : known,
            stop,
          });
          if (read === 'not-modified') throw new NothingNew();
          isModified = true;
          await eachOf(read.entries, (path, content) =>
            taker.add({ path, content, executable: startsAsScript(content) }),
          );
          return { etag: read.etag, sawAllNames: read.sawAllNames };
        },
      ).catch((error: unknown) => {
        if (error instanceof NothingNew) return undefined;
        throw error;
      });
      if (!taken) return 'not-modified';
      const { etag, ...value } = taken;
      return {
        value,
        bytes: value.files.reduce((sum, file) => sum + file.content.length, 0),
        ...(etag ? { etag } : {}),
      };
    });
  }

  /** @throws InputError for a path that the host's reader would take for another repository. */
  #urlOf(path: string): string {
    const taken = MISREAD[this.#address.host.type] ?? [];
    const misread = path.split('/').find(segment => taken.includes(segment));
    if (misread !== undefined) {
      throw new InputError(
        `'${path}' in '${this.name}' cannot be asked for: its host's reader takes '${misread}' in an address for something else; rename the folder`,
      );
    }
    return addressText(this.#address, path);
  }

  /** Entries that `admits` lets in; their contents are read by the caller. */
  async #entries(options: {
    within: string;
    glob: string | undefined;
    admits(path: string, size?: number): boolean;
    etag?: string;
    stop: AbortSignal;
  }): Promise<
    { etag: string; entries: Entry[]; sawAllNames: boolean } | 'not-modified'
  > {
    const { within, glob, admits, etag, stop } = options;
    const url = this.#urlOf(within);
    const known = {
      ...(etag === undefined ? {} : { etag }),
      signal: untilLate(stop),
    };
    const isPlain = !/[*?[\]{}()!+@,\\]/.test(within);
    return unlessNotModified(async () => {
      if (this.#address.host.type === 'github' && glob && isPlain) {
        const found = await this.#reader.search(`${url}/${glob}`, known);
        const root = segmentsOf(addressText(this.#address)).length;
        return {
          etag: found.etag,
          sawAllNames: false,
          entries: found.files.flatMap(file => {
            const path = segmentsOf(file.url).slice(root).join('/');
            return admits(path) ? [{ path, content: file.content }] : [];
          }),
        };
      }
      const below = within === '' ? '' : `${within}/`;
      const tree = await this.#reader.readTree(url, {
        ...known,
        filter: (path, info) => admits(`${below}${path}`, info?.size),
      });
      const entries = (await tree.files()).map(({ path, content }) => ({
        path: `${below}${path}`,
        content,
      }));
      return { etag: tree.etag, entries, sawAllNames: within === '' };
    });
  }
}

function untilLate(stop: AbortSignal): AbortSignal {
  return AbortSignal.any([stop, AbortSignal.timeout(READ_TIMEOUT_MS)]);
}

async function unlessNotModified<T>(
  read: () => Promise<T>,
): Promise<T | 'not-modified'> {
  try {
    return await read();
  } catch (error) {
    if ((error as Error).name === 'NotModifiedError') return 'not-modified';
    throw error;
  }
}

/** Reads contents until one is not wanted any more. */
async function eachOf(
  entries: Entry[],
  add: (path: string, content: Buffer) => boolean,
): Promise<void> {
  for (let at = 0; at < entries.length; at += AT_ONCE) {
    const some = entries.slice(at, at + AT_ONCE);
    const contents = await Promise.all(some.map(({ content }) => content()));
    if (!some.every(({ path }, index) => add(path, contents[index]))) return;
  }
}

function startsAsScript(content: Buffer): boolean {
  return content.subarray(0, 2).toString() === '#!';
}

/** The segments of an address, as far as they can be decoded. */
function segmentsOf(url: string): string[] {
  return new URL(url).pathname
    .split('/')
    .slice(1)
    .map(segment => {
      try {
        return decodeURIComponent(segment);
      } catch {
        return segment;
      }
    });
}
