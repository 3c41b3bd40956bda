import type { EntityInNamespace } from '../plan/entitiesWritten';
import type { EntityRef } from '../time';
import type { FoundObject, NamespaceFacts } from './claims';
import { LabelIndex } from './LabelIndex';
import { namedByObjects, nameOfRef } from './namedByObjects';
import {
  factsOf,
  objectLinks,
  referredBy,
  type ObjectLinks,
} from './objectLinks';
import { ACTING_UPON_ALL } from './ownedKinds';

/**
 * Says what each entity has in a namespace: the objects that its selector finds, by their own labels or those of their
 * pods, and what belongs to them (see `objectLinks`). An entity that has nothing there is left out. Of a kind that
 * could not be read, and of kinds that act upon everybody, each has `*`.
 *
 * A selector finds no object of somebody else: one that names, by its label `backstage.io/kubernetes-id`, an entity to
 * which the operator gave the namespace by its name, and which finds the object too. It is that entity's, and of what
 * that entity says it is a part of.
 *
 * @public
 */
export function claimObjects(facts: NamespaceFacts): EntityInNamespace[] {
  const { namespace, entities, objects } = facts;
  const links = objectLinks(objects);
  const labels = new LabelIndex(objects);
  const matching = entities.map(one => labels.matching(one.requirements));
  const isOfOthers = foreignTo(facts, matching, links);
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
  return entities.flatMap(({ entityRef }, at) => {
    const own = matching[at].filter(place => !isOfOthers(entityRef, place));
    if (own.length === 0) return [];
    const claimed = reachedFrom(own, links);
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

/** A set that grows while it is walked: everything that can be reached. */
function reachedFrom(places: readonly number[], links: ObjectLinks) {
  const reached = new Set(places);
  for (const place of reached) {
    links[place].forEach(other => reached.add(other));
  }
  return reached;
}

/** Tells whether an object is of others than an entity by its own label. */
function foreignTo(
  { entities, objects }: NamespaceFacts,
  matching: readonly number[][],
  links: ObjectLinks,
): (entityRef: EntityRef, place: number) => boolean {
  const byName = new Map<string, Array<{ ref: EntityRef; has: Set<number> }>>();
  entities.forEach(({ entityRef, isNamed }, at) => {
    if (!isNamed) return;
    const name = nameOfRef(entityRef);
    const has = reachedFrom(matching[at], links);
    byName.set(name, [...(byName.get(name) ?? []), { ref: entityRef, has }]);
  });
  if (byName.size === 0) return () => false;
  const holders = namedByObjects(objects).map((names, place) =>
    names
      .flatMap(name => byName.get(name) ?? [])
      .flatMap(({ ref, has }) => (has.has(place) ? ref : [])),
  );
  const wholes = new Map(
    [...byName.values()]
      .flat()
      .map(({ ref }) => [ref, wholesOf(ref, entities)]),
  );
  return (entityRef, place) =>
    holders[place].length > 0 &&
    !holders[place].some(ref => wholes.get(ref)?.has(entityRef));
}

/** An entity and all that it says it is a part of, as far as they are there. */
function wholesOf(
  entityRef: EntityRef,
  entities: NamespaceFacts['entities'],
): Set<EntityRef> {
  const wholes = new Set([entityRef]);
  for (const one of wholes)
    for (const entity of entities)
      if (entity.entityRef === one)
        entity.partOf?.forEach(whole => wholes.add(whole));
  return wholes;
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
