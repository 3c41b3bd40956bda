import { plainSegment } from './plainPath';

/**
 * A host of source code that the portal has an integration for.
 *
 * @public
 */
export interface SourceHost {
  /** The integration's type: `github`, `gitlab`, `bitbucketCloud`, `bitbucketServer`, `azure` or `gitea`. */
  type: string;
  /** Path below which the host lives, such as `/gitlab`; '' for most. */
  basePath: string;
}

/**
 * A place in a repository: which host, which repository, which branch, which path.
 *
 * @public
 */
export interface RepositoryAddress {
  host: SourceHost;
  /** Scheme and host, as the browser's origin. */
  origin: string;
  /** What names the repository on its host: owner and name, or more. */
  repository: string[];
  /** Branch or tag, as this host writes it; undefined for what the host calls the default. */
  ref?: string;
  /** Relative to the repository, '' for its root. */
  path: string;
}

interface Located {
  repository: string[];
  ref?: string;
  path: string[];
}

/** How each type of host writes where something is. A type that is not here is not read from. */
const READERS: Record<
  string,
  (segments: string[], query: URLSearchParams) => Located | undefined
> = {
  github: segments => locate(segments, 2, ['blob', 'tree', 'raw', 'edit']),
  gitlab: locateGitlab,
  bitbucketCloud: segments => locate(segments, 2, ['src', 'raw']),
  bitbucketServer: locateBitbucketServer,
  azure: locateAzure,
  gitea: locateGitea,
};

/**
 * Reads the address of a file, folder or repository on a host of source code. What could be read in two ways is a
 * problem: user names, `..`, encoded slashes and dots, back slashes, double slashes. Names are compared as written:
 * `ACME/shop` is not `acme/shop`, although a host may think so. A branch with a slash in its name cannot be told from
 * a path; the host's first segment counts, as everywhere in the portal.
 *
 * @public
 */
export function readRepositoryAddress(
  text: string,
  host: SourceHost,
): { address: RepositoryAddress } | { problem: string } {
  const reader = Object.hasOwn(READERS, host.type)
    ? READERS[host.type]
    : undefined;
  if (!reader) {
    return {
      problem: `'${text}' is on a host of type '${
        host.type
      }'; runbooks are read from ${Object.keys(READERS).join(', ')}`,
    };
  }
  const parts = plainAddress(text);
  const segments = parts && belowBase(parts.segments, host.basePath);
  const located = parts && segments && reader(segments, parts.query);
  if (
    !located ||
    located.path.some(isDots) ||
    located.repository.some(isDots)
  ) {
    return {
      problem: `'${text}' is not the plain address of a file or folder in a repository; expected one like 'https://github.com/acme/shop/tree/main/runbooks', without user names, '..' and encoded slashes`,
    };
  }
  return {
    address: {
      host,
      origin: parts.origin,
      repository: located.repository,
      path: located.path.join('/'),
      ...(located.ref === undefined ? {} : { ref: located.ref }),
    },
  };
}

/** Scheme and host, and segments with their encoding undone; undefined for an address that is not plain. */
export function plainAddress(
  text: string,
): { origin: string; segments: string[]; query: URLSearchParams } | undefined {
  // What the URL parser would mend silently is looked for in the text itself.
  if (/[\s\\\p{Cc}]/u.test(text)) return undefined;
  if (/(^|[/=])(\.|%2e){1,2}($|[/?#&])/i.test(text)) return undefined;
  let url: URL;
  try {
    url = new URL(text);
  } catch {
    return undefined;
  }
  if (!/^https?:$/.test(url.protocol)) return undefined;
  if (
    url.username !== '' ||
    url.password !== '' ||
    /^[^/]*\/\/[^/]*@/.test(text)
  ) {
    return undefined;
  }
  const written = url.pathname.replace(/^\/|\/$/g, '');
  const segments: string[] = [];
  for (const one of written === '' ? [] : written.split('/')) {
    const segment = plainSegment(one);
    if (segment === undefined) return undefined;
    segments.push(segment);
  }
  return { origin: url.origin, segments, query: url.searchParams };
}

function belowBase(segments: string[], basePath: string): string[] | undefined {
  const base = basePath.split('/').filter(one => one !== '');
  return base.every((one, index) => segments[index] === one)
    ? segments.slice(base.length)
    : undefined;
}

/** `owner/name/tree/main/path`, `count` segments naming the repository. */
function locate(
  segments: string[],
  count: number,
  markers: string[],
): Located | undefined {
  if (segments.length < count) return undefined;
  const repository = segments.slice(0, count);
  const [marker, ref, ...path] = segments.slice(count);
  if (marker === undefined) return { repository, path: [] };
  if (!markers.includes(marker) || ref === undefined) return undefined;
  return { repository, ref, path };
}

/** `group/subgroup/project/-/tree/main/path`; older addresses have no dash. */
function locateGitlab(segments: string[]): Located | undefined {
  const markers = ['blob', 'tree', 'raw', 'edit'];
  const dash = segments.indexOf('-');
  const at =
    dash >= 0
      ? dash
      : segments.findIndex((one, index) => index >= 2 && markers.includes(one));
  const count = at < 0 ? segments.length : at;
  if (count < 2) return undefined;
  const rest = segments.slice(dash >= 0 ? count + 1 : count);
  if (dash >= 0 && rest.length === 0) return undefined;
  return locate([...segments.slice(0, count), ...rest], count, markers);
}

/** `projects/KEY/repos/name/browse/path?at=main`. */
function locateBitbucketServer(
  [kind, key, repos, name, marker, ...path]: string[],
  query: URLSearchParams,
): Located | undefined {
  if (!['projects', 'users'].includes(kind) || repos !== 'repos' || !name) {
    return undefined;
  }
  if (marker !== undefined && !['browse', 'raw'].includes(marker)) {
    return undefined;
  }
  const at = onlyOne(query, 'at');
  if (at === null) return undefined;
  return {
    repository: [kind, key, repos, name],
    path,
    ...(at === undefined ? {} : { ref: at.replace(/^refs\/heads\//, '') }),
  };
}

/** `organization/project/_git/name?path=/folder&version=GBmain`. */
function locateAzure(
  segments: string[],
  query: URLSearchParams,
): Located | undefined {
  const git = segments.indexOf('_git');
  if (git < 1 || segments.length !== git + 2) return undefined;
  const path = onlyOne(query, 'path');
  const version = onlyOne(query, 'version');
  if (path === null || version === null) return undefined;
  if (version !== undefined && !/^G[BT]./.test(version)) return undefined;
  const below = (path ?? '').replace(/^\/|\/$/g, '');
  const plain = below === '' ? [] : below.split('/').map(encodeURIComponent);
  const names = plain.map(plainSegment);
  if (names.includes(undefined)) return undefined;
  return {
    repository: segments,
    path: names as string[],
    ...(version === undefined ? {} : { ref: version }),
  };
}

/** `owner/name/src/branch/main/path`. */
function locateGitea(segments: string[]): Located | undefined {
  const [owner, name, marker, kind, ref, ...path] = segments;
  if (!name) return undefined;
  if (marker === undefined) return { repository: [owner, name], path: [] };
  if (!['src', 'raw'].includes(marker) || ref === undefined) return undefined;
  if (!['branch', 'tag', 'commit'].includes(kind)) return undefined;
  return { repository: [owner, name], ref: `${kind}/${ref}`, path };
}

/** null where it is given twice: the portal and the host might take different ones. */
function onlyOne(
  query: URLSearchParams,
  name: string,
): string | undefined | null {
  const all = query.getAll(name);
  return all.length > 1 ? null : all[0];
}

function isDots(segment: string): boolean {
  return segment === '.' || segment === '..';
}
