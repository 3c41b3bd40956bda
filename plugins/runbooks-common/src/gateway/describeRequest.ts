import type {
  QueryPairs,
  RequestInfo,
  ResourceRequest,
  ResourceVerb,
} from './RequestInfo';

/** On the wire these are GETs or upgrades; they are never reads. */
const CONNECT_SUBRESOURCES = new Set([
  'exec',
  'attach',
  'portforward',
  'proxy',
]);

const VERB_OF_METHOD: Readonly<Record<string, ResourceVerb>> = {
  GET: 'get',
  HEAD: 'get',
  POST: 'create',
  PUT: 'update',
  PATCH: 'patch',
  DELETE: 'delete',
};

/** The API server decodes `%2F` before it routes and cleans `//` and `..`: such paths could be read in two ways. */
const UNREADABLE_PATH = /^[^/]|[^A-Za-z0-9._:~@$*/-]|\/\/|\/\.{1,2}(\/|$)/;

/**
 * Tells what a request does, as the API server would.
 *
 * ```text
 * PATCH /apis/apps/v1/namespaces/demo/deployments/web/scale?dryRun=All
 *             ^group              ^ns  ^resource   ^name ^subresource
 * ```
 *
 * Never throws: what cannot be told is `unreadable`, with the problem.
 *
 * @param method - HTTP method.
 * @param url - Path and query as received.
 *
 * @public
 */
export function describeRequest(method: string, url: string): RequestInfo {
  const mark = url.indexOf('?');
  const rawPath = mark < 0 ? url : url.slice(0, mark);
  const query: QueryPairs = [
    ...new URLSearchParams(mark < 0 ? '' : url.slice(mark + 1)),
  ];
  const verb = Object.hasOwn(VERB_OF_METHOD, method)
    ? VERB_OF_METHOD[method]
    : undefined;
  if (!verb) {
    return unreadable(method, rawPath, `the method ${method} is not known`);
  }
  if (rawPath === '' || UNREADABLE_PATH.test(rawPath)) {
    return unreadable(verb, rawPath, 'its path could be read in two ways');
  }
  const parts = rawPath.split('/').filter(part => part !== '');
  const path = `/${parts.join('/')}${
    rawPath.endsWith('/') && parts.length > 0 ? '/' : ''
  }`;
  const [prefix] = parts;
  const prefixLength = prefix === 'apis' ? 3 : 2;
  const isResource = prefix === 'api' || prefix === 'apis';
  if (!isResource || parts.length <= prefixLength) {
    return { kind: 'non-resource', verb, path, query };
  }
  return describeResource({
    verb,
    group: prefix === 'apis' ? parts[1] : '',
    tail: parts.slice(prefixLength),
    path,
    query,
  });
}

interface ResourceParts {
  verb: ResourceVerb;
  group: string;
  /** What follows the version. */
  tail: string[];
  path: string;
  query: QueryPairs;
}

function describeResource(parts: ResourceParts): RequestInfo {
  const { verb, group, path, query } = parts;
  const isOldWatch = parts.tail[0] === 'watch';
  const tail = isOldWatch ? parts.tail.slice(1) : parts.tail;
  if (tail[0] === 'proxy') {
    return unreadable('connect', path, 'it uses the old proxy prefix');
  }
  if (isOldWatch && (verb !== 'get' || tail.length === 0)) {
    return unreadable(verb, path, 'it uses the old watch prefix');
  }
  const isInNamespace =
    tail[0] === 'namespaces' &&
    tail.length > 2 &&
    !['status', 'finalize'].includes(tail[2]);
  const [resource, name = '', subresource = '', ...more] = isInNamespace
    ? tail.slice(2)
    : tail;
  const info: ResourceRequest = {
    kind: 'resource',
    verb,
    group,
    resource,
    subresource,
    namespace: isInNamespace ? tail[1] : '',
    name,
    path,
    query,
  };
  const repeated = repeatedIn(query, subresource);
  if (repeated !== undefined) {
    return unreadable(
      verb,
      path,
      `it gives the query parameter '${repeated}' more than once, which could be read in two ways`,
    );
  }
  if (CONNECT_SUBRESOURCES.has(subresource)) {
    return { ...info, verb: 'connect' };
  }
  if (more.length > 0) {
    return unreadable(verb, path, 'its path goes on behind a subresource');
  }
  return collectionVerb(info, isOldWatch);
}

/** The command of an exec is a list of words; of any other parameter the API server takes one. */
function repeatedIn(
  query: QueryPairs,
  subresource: string,
): string | undefined {
  const seen = new Set<string>();
  for (const [key] of query) {
    const isList = key === 'command' && subresource === 'exec';
    if (seen.has(key) && !isList) return key;
    seen.add(key);
  }
  return undefined;
}

function collectionVerb(
  info: ResourceRequest,
  isOldWatch: boolean,
): ResourceRequest {
  if (isOldWatch) return { ...info, verb: 'watch' };
  if (info.name !== '') return info;
  if (info.verb === 'delete') return { ...info, verb: 'deletecollection' };
  if (info.verb !== 'get') return info;
  const isWatch = info.query.some(
    ([key, value]) => key === 'watch' && value !== 'false' && value !== '0',
  );
  return {
    ...info,
    verb: isWatch ? 'watch' : 'list',
    name: nameInFieldSelector(info.query),
  };
}

function nameInFieldSelector(query: QueryPairs): string {
  const selector = query.find(([key]) => key === 'fieldSelector')?.[1] ?? '';
  return /^metadata\.name=([^,]+)$/.exec(selector)?.[1] ?? '';
}

function unreadable(verb: string, path: string, problem: string): RequestInfo {
  return { kind: 'unreadable', verb, path, problem };
}
