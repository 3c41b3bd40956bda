/** A kind that health looks at, and where the API server lists it. */
export interface WatchedResource {
  kind: string;
  /** `/api/v1` or `/apis/<group>/<version>`. */
  apiPath: string;
  /** Plural, as in paths. */
  resource: string;
}

/** Every kind that says something about an entity. Nodes are not of an entity. */
export const WATCHED_RESOURCES: readonly WatchedResource[] = [
  { kind: 'Pod', apiPath: '/api/v1', resource: 'pods' },
  { kind: 'Service', apiPath: '/api/v1', resource: 'services' },
  {
    kind: 'PersistentVolumeClaim',
    apiPath: '/api/v1',
    resource: 'persistentvolumeclaims',
  },
  { kind: 'Deployment', apiPath: '/apis/apps/v1', resource: 'deployments' },
  { kind: 'ReplicaSet', apiPath: '/apis/apps/v1', resource: 'replicasets' },
  { kind: 'StatefulSet', apiPath: '/apis/apps/v1', resource: 'statefulsets' },
  { kind: 'DaemonSet', apiPath: '/apis/apps/v1', resource: 'daemonsets' },
  { kind: 'Job', apiPath: '/apis/batch/v1', resource: 'jobs' },
  { kind: 'CronJob', apiPath: '/apis/batch/v1', resource: 'cronjobs' },
  {
    kind: 'HorizontalPodAutoscaler',
    apiPath: '/apis/autoscaling/v2',
    resource: 'horizontalpodautoscalers',
  },
  {
    kind: 'EndpointSlice',
    apiPath: '/apis/discovery.k8s.io/v1',
    resource: 'endpointslices',
  },
  {
    kind: 'Ingress',
    apiPath: '/apis/networking.k8s.io/v1',
    resource: 'ingresses',
  },
];

/** Where the API server lists a resource; in all namespaces where none is named. */
export function listPath(
  { apiPath, resource }: WatchedResource,
  namespace: string | undefined,
): string {
  return namespace === undefined
    ? `${apiPath}/${resource}`
    : `${apiPath}/namespaces/${encodeURIComponent(namespace)}/${resource}`;
}
