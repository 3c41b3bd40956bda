import path from 'node:path';

/** Behind these a path names a revision: of a repository as a whole, hosts serve the commits of its forks too. */
const REVISIONS = ['-', '_git', 'blob', 'browse', 'edit', 'raw', 'src', 'tree'];
/** What could lead out of a path, or hide what it leads to. */
const STRANGE = /\\|%2e|%2f|%5c|\/\.{1,2}(\/|$)/i;

/** A place and everything below it. */
export interface OriginPrefix {
  /** Whether a location of the catalog (`url:https://...`, `file:/...`) is there. */
  holds(origin: string): boolean;
}

/**
 * Reads `https://github.com/acme/org/blob/main/`, or `file:` and a folder, relative to the working directory. Paths are
 * compared by whole segments, as written; `*` as the last one stands for exactly one. An address that names no
 * revision holds no file of a repository, and one with a query nothing but itself.
 *
 * @throws with the key, the value and what is expected.
 */
export function readOriginPrefix(text: string, key: string): OriginPrefix {
  if (text.startsWith('file:')) return folder(path.resolve(text.slice(5)));
  const address = text.replace(/^url:/, '');
  const url = parseAddress(address);
  if (!url) {
    throw new Error(
      `The configuration has '${text}' as '${key}'; expected an address such as https://github.com/acme/org/blob/main/, or 'file:' and a folder`,
    );
  }
  return url.search ? exactly(`url:${address}`) : below(url);
}

function exactly(allowed: string): OriginPrefix {
  return { holds: origin => origin === allowed };
}

function folder(allowed: string): OriginPrefix {
  return {
    holds: origin => {
      if (!origin.startsWith('file:')) return false;
      const relative = path.relative(allowed, path.resolve(origin.slice(5)));
      return !path.isAbsolute(relative) && relative.split(path.sep)[0] !== '..';
    },
  };
}

function below(allowed: URL): OriginPrefix {
  const segments = segmentsOf(allowed);
  const isOneMore = segments.at(-1) === '*';
  const fixed = isOneMore ? segments.slice(0, -1) : segments;
  const namesRevision = fixed.some(isRevision);
  return {
    holds: origin => {
      if (!origin.startsWith('url:')) return false;
      const url = parseAddress(origin.slice(4));
      if (!url || url.origin !== allowed.origin || url.search) return false;
      const given = segmentsOf(url);
      const rest = given.slice(fixed.length);
      return (
        fixed.every((segment, n) => given[n] === segment) &&
        (!isOneMore || rest.length === 1) &&
        (namesRevision || !rest.some(isRevision))
      );
    },
  };
}

function parseAddress(text: string): URL | undefined {
  if (STRANGE.test(text) || !URL.canParse(text)) return undefined;
  const url = new URL(text);
  return /^https?:$/.test(url.protocol) && !url.username && !url.password
    ? url
    : undefined;
}

function segmentsOf({ pathname }: URL): string[] {
  return pathname.split('/').filter(Boolean);
}

function isRevision(segment: string): boolean {
  return REVISIONS.includes(segment.toLowerCase());
}
