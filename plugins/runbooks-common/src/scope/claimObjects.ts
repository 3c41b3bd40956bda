import type { EntityInNamespace } from '../plan/entitiesWritten';
import type { FoundObject, NamespaceFacts } from './claims';
import { LabelIndex } from './LabelIndex';
import { factsOf, objectLinks, referredBy } from './objectLinks';
import { ACTING_UPON_ALL } from './ownedKinds';

/**
 * Says what each entity has in a namespace: the objects that its selector finds, by their own labels or those of their
 * pods, and what belongs to them (see `objectLinks`). An entity that has nothing there is left out. Of a kind that
 * could not be read, and of kinds that act upon everybody, each has `*`.
 *
 * @public
 */
export function claimObjects(facts: NamespaceFacts): EntityInNamespace[] {
  const { namespace, entities, objects } = facts;
  const links = objectLinks(objects);
  const labels = new LabelIndex(objects);
  const there = new Set(
    objects.map(
      ({ resource, object }) => `${resource}/${object.metadata?.name}`,
    ),
  );
  const ofAnybody = [...facts.unread, ...ACTING_UPON_ALL].map(kind => ({
    ...kind,
    namespace,
    name: '*',
  }));
  return entities.flatMap(({ entityRef, requirements }) => {
    const claimed = new Set(labels.matching(requirements));
    if (claimed.size === 0) return [];
    // A set that grows while it is walked: everything that can be reached.
    for (const place of claimed) {
      links[place].forEach(other => claimed.add(other));
    }
    const named = [...claimed].map(place => {
      const { group, resource, object } = objects[place];
      const name = object.metadata?.name ?? '*';
      return { group, resource, namespace, name, ...factsOf(objects[place]) };
    });
    return [
      {
        entityRef,
        namespace,
        objects: [
          ...named,
          ...awaitedIn(
            namespace,
            there,
            [...claimed].map(place => objects[place]),
          ),
          ...ofAnybody,
        ],
      },
    ];
  });
}

/** Whoever refers to what is not there yet has it as soon as somebody makes it. */
function awaitedIn(
  namespace: string,
  there: ReadonlySet<string>,
  claimed: readonly FoundObject[],
) {
  const missing = new Set(
    claimed.flatMap(referredBy).filter(one => !there.has(one)),
  );
  return [...missing].map(one => {
    const [resource, name] = one.split('/');
    return { group: '', resource, namespace, name };
  });
}

/**
 * What is said of a namespace that could not be read: everything there may belong to each entity whose card names it.
 *
 * @public
 */
export function claimEverything(
  namespace: string,
  entityRefs: string[],
): EntityInNamespace[] {
  return entityRefs.map(entityRef => ({
    entityRef,
    namespace,
    objects: [{ group: '*', resource: '*', namespace, name: '*' }],
  }));
}
