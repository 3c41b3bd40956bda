/** A kind of which it is read whose objects are. @public */
export interface OwnedKind {
  group: string;
  resource: string;
  version: string;
  /** Only metadata is read: labels, owners and names are enough, and Secrets hold what nobody here may see. */
  only?: 'metadata';
  /** Without it nobody can tell who is there. */
  isNeeded?: boolean;
}

/**
 * The kinds that are read to say whose an object is. An object of any other kind may be anybody's in its namespace.
 *
 * @public
 */
// prettier-ignore
export const OWNED_KINDS: readonly OwnedKind[] = [
  { group: '', version: 'v1', resource: 'pods', isNeeded: true },
  { group: 'apps', version: 'v1', resource: 'deployments', isNeeded: true },
  { group: 'apps', version: 'v1', resource: 'statefulsets', isNeeded: true },
  { group: 'apps', version: 'v1', resource: 'daemonsets', isNeeded: true },
  { group: 'batch', version: 'v1', resource: 'jobs', isNeeded: true },
  { group: 'batch', version: 'v1', resource: 'cronjobs', isNeeded: true },
  { group: 'apps', version: 'v1', resource: 'replicasets', only: 'metadata' },
  { group: '', version: 'v1', resource: 'services' },
  { group: 'networking.k8s.io', version: 'v1', resource: 'ingresses' },
  { group: 'autoscaling', version: 'v2', resource: 'horizontalpodautoscalers' },
  { group: 'discovery.k8s.io', version: 'v1', resource: 'endpointslices', only: 'metadata' },
  { group: '', version: 'v1', resource: 'persistentvolumeclaims', only: 'metadata' },
  { group: '', version: 'v1', resource: 'configmaps', only: 'metadata' },
  { group: '', version: 'v1', resource: 'secrets', only: 'metadata' },
  { group: '', version: 'v1', resource: 'serviceaccounts', only: 'metadata' },
];

/** Kinds that are of each who is there. */
export const ACTING_UPON_ALL = [
  { group: 'networking.k8s.io', resource: 'networkpolicies' },
  { group: 'policy', resource: 'poddisruptionbudgets' },
  { group: '', resource: 'resourcequotas' },
  { group: '', resource: 'limitranges' },
];

const DATA_KINDS = new Set([
  'secrets',
  'serviceaccounts',
  'persistentvolumeclaims',
]);

/** Whether objects of a kind of the core group give data to whoever may name them. */
export function isDataKind(resource: string): boolean {
  return DATA_KINDS.has(resource);
}

const KNOWN = new Set(
  [...OWNED_KINDS, ...ACTING_UPON_ALL].map(
    ({ group, resource }) => `${group}/${resource}`,
  ),
);

/** Whether it is known whose the objects of a kind are. */
export function isOwnedKind({
  group,
  resource,
}: {
  group: string;
  resource: string;
}): boolean {
  return KNOWN.has(`${group}/${resource}`);
}
