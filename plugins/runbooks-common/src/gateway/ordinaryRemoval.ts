import { assertNever } from '../assertNever';
import { ORDINARY_KINDS } from './ordinaryKinds';
import type { Removal } from './removals';

/**
 * A kind whose template is kept as revisions: whatever is taken out of it, an earlier revision brings back. The limit of
 * revisions stands beside it, not in it.
 */
const WITH_REVISIONS = [
  'spec.template',
  'spec.strategy',
  'spec.updateStrategy',
  'spec.paused',
];

/** What Services and workloads find by its labels: without one it stands alone, and another is made in its place. */
const FOUND_BY_LABEL = new Set(['/pods', 'apps/replicasets']);

/**
 * Where an ordinary change may take something out, by kind: a switch whose absence means "off", or what is kept
 * elsewhere. Every place stands for what is below it too. Of a kind that is not in this list nothing but labels and
 * annotations may go.
 */
const PLACES: Readonly<Record<string, readonly string[]>> = {
  'apps/deployments': WITH_REVISIONS,
  'apps/statefulsets': WITH_REVISIONS,
  'apps/daemonsets': WITH_REVISIONS,
  'batch/cronjobs': ['spec.suspend'],
  '/nodes': ['spec.unschedulable', 'spec.taints'],
  // What holds a lease writes it whole, and lets it go by emptying it.
  'coordination.k8s.io/leases': ['spec'],
  '/events': [''],
  'events.k8s.io/events': [''],
};

/** Notes and names of an object, which say nothing of what it does; and what the API server keeps by itself. */
const METADATA = [
  'metadata.annotations',
  'metadata.labels',
  'metadata.creationTimestamp',
  'metadata.managedFields',
  'metadata.generation',
  'metadata.resourceVersion',
  'metadata.selfLink',
  'metadata.uid',
];

/** Sections that are one setting as a whole: who says another says what it shall be. */
const VALUES: Readonly<Record<string, readonly string[]>> = {
  '/services': ['spec.selector'],
  'autoscaling/horizontalpodautoscalers': [
    'spec.metrics',
    'spec.behavior',
    'spec.scaleTargetRef',
  ],
  'policy/poddisruptionbudgets': ['spec.selector'],
};

/** Lists of which each entry is somebody's way in or out, and that are always replaced whole. */
const RULES: Readonly<Record<string, readonly string[]>> = {
  'networking.k8s.io/ingresses': ['spec.rules', 'spec.tls'],
  'networking.k8s.io/networkpolicies': ['spec.ingress', 'spec.egress'],
};

/** Whether objects of a kind are found by their labels, by Services and by the workload that keeps them. */
export function isFoundByLabel(kind: string): boolean {
  return FOUND_BY_LABEL.has(kind);
}

/** Whether what is taken out of the template of a kind's pods is kept as an earlier revision. */
export function keepsTemplates(kind: string): boolean {
  return isIn(['spec', 'template'], placesOf(PLACES, kind));
}

/**
 * Whether what a change takes out of an object that is there can be had back. This is a list of what may go:
 * everything else is lost.
 *
 * @param kind - Group and resource of the object.
 */
export function isOrdinaryRemoval(
  kind: string,
  { how, place }: Removal,
): boolean {
  const isKnown = isKnownContent(kind);
  if (place[0] === 'metadata')
    return (
      isIn(place, METADATA) && !(place[1] === 'labels' && isFoundByLabel(kind))
    );
  // A value that is not known may be one that lets pods reach their node.
  if (how === 'copied') return false;
  if (isIn(place, placesOf(PLACES, kind))) return true;
  if (isKnown && place[0] === 'status') return true;
  switch (how) {
    case 'gone':
      return false;
    case 'replaced':
      return isIn(place, placesOf(VALUES, kind));
    case 'values':
    case 'sections':
      return isKnown ? !isIn(place, placesOf(RULES, kind)) : how === 'values';
    case 'flat':
      return isKnown;
    default:
      return assertNever(how);
  }
}

/** Whether it is known what an object of a kind holds; of any other every field may be the only copy. */
function isKnownContent(kind: string): boolean {
  return Object.hasOwn(ORDINARY_KINDS, kind) || Object.hasOwn(PLACES, kind);
}

function placesOf(
  places: Readonly<Record<string, readonly string[]>>,
  kind: string,
): readonly string[] {
  return Object.hasOwn(places, kind) ? places[kind] : [];
}

/** Every place stands for what is below it too. */
function isIn(place: readonly string[], places: readonly string[]): boolean {
  return places.some(one => {
    const keys = one === '' ? [] : one.split('.');
    return keys.every((key, index) => place[index] === key);
  });
}
