import type { EntityRef } from '../time';
import type { FoundObject } from './claims';
import { idsOf } from './idsOf';

/**
 * Of each object the names of entities that its own label gives, that of its pods, or that of the controllers that made
 * it; in lower case.
 */
export function namedByObjects(objects: readonly FoundObject[]): string[][] {
  const byUid = new Map(
    objects.flatMap(one =>
      one.object.metadata?.uid ? [[one.object.metadata.uid, one] as const] : [],
    ),
  );
  return objects.map(one => {
    const chain = new Set([one]);
    // A set that grows while it is walked: whoever made it, and whoever made those.
    for (const { object } of chain)
      for (const { uid } of object.metadata?.ownerReferences ?? []) {
        const owner = uid === undefined ? undefined : byUid.get(uid);
        if (owner) chain.add(owner);
      }
    return [...new Set([...chain].flatMap(idsOf))];
  });
}

/** The name in a reference: `payments` of `component:default/payments`. */
export function nameOfRef(entityRef: EntityRef): string {
  return entityRef.slice(entityRef.lastIndexOf('/') + 1).toLowerCase();
}
