import type { ClusterObject } from './kubernetesObjects';

/** Objects by kind and by uid, with the way up to their owners. */
export class ObjectIndex {
  readonly all: ClusterObject[];
  readonly byKind: Map<string, ClusterObject[]>;
  readonly #byUid: Map<string, ClusterObject>;

  constructor(objects: Iterable<ClusterObject>) {
    this.all = [...objects];
    this.byKind = groupBy(this.all, object => object.kind ?? '');
    this.#byUid = new Map(
      this.all.map(object => [object.metadata?.uid ?? '', object]),
    );
  }

  /** The outermost controller that is known; the object itself where none is. */
  topOf(object: ClusterObject): ClusterObject {
    const owner = this.ownerOf(object);
    // Owners form no cycle in a cluster, yet a wrong one must not hang us: the way up is at most three steps long.
    const above = owner && this.ownerOf(owner);
    return (above && this.ownerOf(above)) ?? above ?? owner ?? object;
  }

  ownerOf(object: ClusterObject): ClusterObject | undefined {
    const controller = object.metadata?.ownerReferences?.find(
      reference => reference.controller,
    );
    return controller?.uid ? this.#byUid.get(controller.uid) : undefined;
  }
}

/** Values in groups of the same key, in their order. */
export function groupBy<T, K>(
  values: T[],
  keyOfValue: (value: T) => K,
): Map<K, T[]> {
  const groups = new Map<K, T[]>();
  for (const value of values) {
    const key = keyOfValue(value);
    const group = groups.get(key);
    if (group) group.push(value);
    else groups.set(key, [value]);
  }
  return groups;
}
