import { ORDINARY_KINDS } from './ordinaryKinds';
import type { Removal } from './removals';

/** What an earlier revision brings back. The limit of revisions stands beside it, not in it. */
const TEMPLATE = 'spec.template';
/** How it is rolled out, which stops nothing that runs. */
const ROLLOUT = ['spec.strategy', 'spec.updateStrategy', 'spec.paused'];
const WITH_REVISIONS = [TEMPLATE, ...ROLLOUT];

/**
 * Where an ordinary change may take something out, by kind: what is kept elsewhere, a switch whose absence means "off",
 * or a section that is one setting as a whole. Every place stands for what is below it too. Nothing else may go.
 */
const PLACES: Readonly<Record<string, readonly string[]>> = {
  'apps/deployments': WITH_REVISIONS,
  'apps/statefulsets': WITH_REVISIONS,
  'apps/daemonsets': WITH_REVISIONS,
  'batch/cronjobs': ['spec.suspend'],
  'autoscaling/horizontalpodautoscalers': ['spec.metrics', 'spec.behavior'],
  '/nodes': ['spec.unschedulable', 'spec.taints'],
  // What holds a lease writes it whole, and lets it go by emptying it.
  'coordination.k8s.io/leases': ['spec'],
  '/events': [''],
  'events.k8s.io/events': [''],
};

/** Notes of an object, which do not say what it does; and what the API server keeps by itself. */
const METADATA = [
  'metadata.annotations',
  'metadata.creationTimestamp',
  'metadata.generation',
  'metadata.resourceVersion',
  'metadata.selfLink',
  'metadata.uid',
];

/**
 * Kinds whose labels may change as an ordinary change. By the labels of others they are found: a pod with another
 * label is lost to its Service and its workload, and one is made in its place; a node with another loses pods; an
 * operator drops a custom resource that it does not find any more.
 */
const WITH_PLAIN_LABELS = new Set([
  '/configmaps',
  '/events',
  '/persistentvolumeclaims',
  '/serviceaccounts',
  '/services',
  'apps/daemonsets',
  'apps/deployments',
  'apps/statefulsets',
  'autoscaling/horizontalpodautoscalers',
  'batch/cronjobs',
  'batch/jobs',
  'coordination.k8s.io/leases',
  'networking.k8s.io/ingresses',
  'networking.k8s.io/networkpolicies',
  'policy/poddisruptionbudgets',
]);

/** Lists whose entries a strategic patch puts beside those that are there, by the key that tells them apart. */
const MERGED_LISTS = new Set([
  'containers',
  'env',
  'imagePullSecrets',
  'initContainers',
  'ports',
  'secrets',
  'volumeDevices',
  'volumeMounts',
  'volumes',
]);

/** Whether labels of a kind may be set and taken off as an ordinary change. */
export function hasPlainLabels(kind: string): boolean {
  return WITH_PLAIN_LABELS.has(kind);
}

/** Whether what is taken out of the template of a kind's pods is kept as an earlier revision. */
export function keepsTemplates(kind: string): boolean {
  return placesOf(kind).includes(TEMPLATE);
}

/**
 * Whether what a change takes out of an object that is there can be had back. This is a list of what may go:
 * everything else is lost.
 *
 * @param kind - Group and resource of the object.
 * @param isStrategic - Entries of some lists are put beside those that are there.
 */
export function isOrdinaryRemoval(
  kind: string,
  { how, place }: Removal,
  isStrategic: boolean,
): boolean {
  // A value that is not known may give an account rights, or let pods reach their node.
  if (how === 'copied') return false;
  if (place[0] === 'metadata')
    return (
      isIn(place, METADATA) || (place[1] === 'labels' && hasPlainLabels(kind))
    );
  if (isIn(place, placesOf(kind))) return true;
  if (!isKnownContent(kind)) return false;
  const isMerged =
    isStrategic && MERGED_LISTS.has(place[place.length - 1] ?? '');
  return (
    place[0] === 'status' ||
    how === 'beside' ||
    how === 'flat' ||
    (how === 'list' && isMerged)
  );
}

/** Whether it is known what an object of a kind holds; of any other every field may be the only copy. */
function isKnownContent(kind: string): boolean {
  return Object.hasOwn(ORDINARY_KINDS, kind) || Object.hasOwn(PLACES, kind);
}

function placesOf(kind: string): readonly string[] {
  return Object.hasOwn(PLACES, kind) ? PLACES[kind] : [];
}

/** Every place stands for what is below it too. */
function isIn(place: readonly string[], places: readonly string[]): boolean {
  return places.some(one => {
    const keys = one === '' ? [] : one.split('.');
    return keys.every((key, index) => place[index] === key);
  });
}
