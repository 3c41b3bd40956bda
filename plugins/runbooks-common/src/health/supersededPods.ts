import type { ClusterObject, Pod, StatefulSet } from './kubernetesObjects';
import type { ObjectIndex } from './ObjectIndex';

/**
 * The annotation in which the Deployment controller writes on a ReplicaSet which revision of the template it is: a
 * whole number that grows.
 *
 * @public
 */
export const REVISION_ANNOTATION = 'deployment.kubernetes.io/revision';
/** Where the StatefulSet controller writes it on a pod. */
const REVISION_HASH = 'controller-revision-hash';

/** Pods that were made of an older template than the newest of their Deployment or StatefulSet. */
export function supersededPods(
  podsByTop: ReadonlyArray<readonly [ClusterObject, readonly Pod[]]>,
  index: ObjectIndex,
): ReadonlySet<ClusterObject> {
  return new Set(
    podsByTop.flatMap(([top, pods]) => {
      if (top.kind === 'StatefulSet') return pods.filter(isOlderThan(top));
      if (top.kind !== 'Deployment') return [];
      const newest = newestRevision(top, index);
      return pods.filter(pod => revisionOf(index.ownerOf(pod)) < newest);
    }),
  );
}

function isOlderThan({ status }: StatefulSet): (pod: Pod) => boolean {
  const newest = status?.updateRevision;
  return ({ metadata }) => {
    const own = metadata?.labels?.[REVISION_HASH];
    return newest !== undefined && own !== undefined && own !== newest;
  };
}

/** That of the ReplicaSets, of which each has its own: the Deployment itself says it a moment later. */
function newestRevision(deployment: ClusterObject, index: ObjectIndex): number {
  const sets = (index.byKind.get('ReplicaSet') ?? []).filter(
    set => index.ownerOf(set) === deployment,
  );
  return Math.max(...sets.map(revisionOf).filter(Number.isFinite));
}

/** Infinite where it is not known: such a pod is no older one. */
function revisionOf(set: ClusterObject | undefined): number {
  const written = set?.metadata?.annotations?.[REVISION_ANNOTATION];
  return written !== undefined && /^\d{1,15}$/.test(written)
    ? Number(written)
    : Infinity;
}
