import type { EntityInNamespace } from '../plan/entitiesWritten';
import type { NamespaceFacts } from './claims';
import { LabelIndex } from './LabelIndex';
import { objectLinks } from './objectLinks';

/** Kinds whose objects act upon what they do not name: everybody who is there is hit. */
const ACTING_UPON_ALL = [
  { group: 'networking.k8s.io', resource: 'networkpolicies' },
  { group: 'policy', resource: 'poddisruptionbudgets' },
  { group: '', resource: 'resourcequotas' },
  { group: '', resource: 'limitranges' },
];

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
      return { group, resource, namespace, name: object.metadata?.name ?? '*' };
    });
    return [{ entityRef, namespace, objects: [...named, ...ofAnybody] }];
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
