/**
 * What a Kubernetes API request does, in the words of Kubernetes authorization.
 *
 * The path is kept as it was understood, and only that is sent on: the bytes that were judged are the bytes that the
 * API server reads.
 *
 * @public
 */
export type RequestInfo =
  | UnreadableRequest
  | NonResourceRequest
  | ResourceRequest;

/** A request that cannot be told: it is refused. @public */
export interface UnreadableRequest {
  kind: 'unreadable';
  verb: string;
  path: string;
  problem: string;
}

/** A request for a URL that is no resource: discovery, version, health. @public */
export interface NonResourceRequest {
  kind: 'non-resource';
  verb: string;
  path: string;
  query: QueryPairs;
}

/** A request for a resource. @public */
export interface ResourceRequest {
  kind: 'resource';
  /** RBAC verb; `connect` for exec, attach, port-forward and proxy, whatever the HTTP method. */
  verb: ResourceVerb;
  /** '' for the core group. */
  group: string;
  resource: string;
  subresource: string;
  /** '' for cluster-scoped objects and for all namespaces. */
  namespace: string;
  /** '' for collections; for a create it stands in the body. */
  name: string;
  path: string;
  query: QueryPairs;
}

/** @public */
export type ResourceVerb =
  | 'get'
  | 'list'
  | 'watch'
  | 'create'
  | 'update'
  | 'patch'
  | 'delete'
  | 'deletecollection'
  | 'connect';

/** Query parameters, decoded, in order. @public */
export type QueryPairs = ReadonlyArray<readonly [string, string]>;

/** All values of a query parameter, in order. @public */
export function queryValues(query: QueryPairs, key: string): string[] {
  return query.filter(([name]) => name === key).map(([, value]) => value);
}

/** Path and query to send, written anew from what was understood. @public */
export function urlOf(info: { path: string; query: QueryPairs }): string {
  const search = new URLSearchParams(
    info.query.map(([key, value]): [string, string] => [key, value]),
  ).toString();
  return search ? `${info.path}?${search}` : info.path;
}

/** The command of an exec. @public */
export function commandOf(info: ResourceRequest): string[] {
  return queryValues(info.query, 'command');
}

/** The label selector of a collection; '' for none. A request that gives several is unreadable. @public */
export function selectorOf(info: ResourceRequest): string {
  return queryValues(info.query, 'labelSelector')[0] ?? '';
}

/** What is needed to tell whether a call writes: a request, or the record of one. @public */
export interface CallKind {
  verb: string;
  group?: string;
  /** Missing or '' for what is no resource. */
  resource?: string;
  subresource?: string;
}

const READ_VERBS = new Set(['get', 'list', 'watch']);

const SELF_REVIEWS = new Set([
  'authorization.k8s.io/selfsubjectaccessreviews',
  'authorization.k8s.io/selfsubjectrulesreviews',
  'authentication.k8s.io/selfsubjectreviews',
]);

/**
 * True for what may change something, or open a way to it: decisions ask here. Whether a call did so is what `callDone`
 * tells. A question about one's own rights is created to be read and is no write.
 *
 * @public
 */
export function isWrite(call: CallKind): boolean {
  return (
    call.resource !== undefined &&
    call.resource !== '' &&
    !READ_VERBS.has(call.verb) &&
    !isSelfReview(call)
  );
}

/** True for a question about one's own rights or name, which stores nothing. @public */
export function isSelfReview(call: CallKind): boolean {
  return (
    call.verb === 'create' &&
    !call.subresource &&
    SELF_REVIEWS.has(`${call.group}/${call.resource}`)
  );
}

/** True for Secrets themselves. @public */
export function isAboutSecrets(call: CallKind): boolean {
  return call.group === '' && call.resource === 'secrets';
}
