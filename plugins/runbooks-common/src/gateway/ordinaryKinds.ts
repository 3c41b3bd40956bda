import { podSpecProblem } from './podSpecProblem';
import { isNone, isTree, type Tree } from './trees';

const SERVICE_FIELDS = new Set([
  'ports',
  'selector',
  'type',
  'clusterIP',
  'clusterIPs',
  'sessionAffinity',
  'sessionAffinityConfig',
  'ipFamilies',
  'ipFamilyPolicy',
  'internalTrafficPolicy',
  'externalTrafficPolicy',
  'publishNotReadyAddresses',
]);

/** What judges the specification of a kind; the kinds themselves are the list of what is understood. */
export const ORDINARY_KINDS: Readonly<
  Record<string, (spec: Tree) => string | undefined>
> = {
  '/configmaps': () => undefined,
  '/secrets': () => undefined,
  '/events': () => undefined,
  '/serviceaccounts': () => undefined,
  '/services': serviceProblem,
  '/persistentvolumeclaims': () => undefined,
  '/pods': podSpecProblem,
  '/replicationcontrollers': workloadProblem,
  'apps/deployments': workloadProblem,
  'apps/replicasets': workloadProblem,
  'apps/statefulsets': workloadProblem,
  'apps/daemonsets': workloadProblem,
  'batch/jobs': jobProblem,
  'batch/cronjobs': spec => jobProblem(specOf(spec.jobTemplate)),
  'autoscaling/horizontalpodautoscalers': spec =>
    isNone(spec.minReplicas) ? 'it lets an autoscaler go to zero' : undefined,
  'policy/poddisruptionbudgets': () => undefined,
  'networking.k8s.io/ingresses': () => undefined,
  'networking.k8s.io/networkpolicies': () => undefined,
  'coordination.k8s.io/leases': () => undefined,
  'events.k8s.io/events': () => undefined,
  'authorization.k8s.io/localsubjectaccessreviews': () => undefined,
};

/**
 * Kinds of which nobody waits for the end: replacing one whole cannot drop a finalizer that matters. A DaemonSet is
 * none: without its tolerations it leaves nodes.
 */
export const REPLACEABLE_KINDS = new Set([
  '/configmaps',
  '/secrets',
  'apps/deployments',
  'apps/statefulsets',
  'batch/cronjobs',
  'autoscaling/horizontalpodautoscalers',
  'coordination.k8s.io/leases',
]);

function workloadProblem(spec: Tree): string | undefined {
  if (isNone(spec.replicas)) return 'it scales to zero';
  const retention = spec.persistentVolumeClaimRetentionPolicy;
  if (retention !== undefined && JSON.stringify(retention).includes('Delete')) {
    return 'it lets volumes be deleted with their pods';
  }
  return podSpecProblem(specOf(spec.template));
}

function jobProblem(spec: Tree): string | undefined {
  if (isNone(spec.parallelism)) return 'it stops a job';
  if (spec.suspend === true) return 'it suspends a job';
  return podSpecProblem(specOf(spec.template));
}

/** With addresses of its own choice a service takes the traffic of others. */
function serviceProblem(spec: Tree): string | undefined {
  const odd = Object.keys(spec).find(
    key => !SERVICE_FIELDS.has(key) && !key.startsWith('$'),
  );
  return odd === undefined
    ? undefined
    : `'${odd}' of a service is not among the ordinary fields`;
}

function specOf(value: unknown): Tree {
  const spec = isTree(value) ? value.spec : undefined;
  return isTree(spec) ? spec : {};
}
