import type { EntityRef } from '../time';
import type { NamespaceFacts } from './claims';
import { namedByObjects, nameOfRef } from './namedByObjects';
import { reached } from './reached';

/** Tells whether an object is of others than an entity by its own label. */
export function foreignTo(
  { entities, objects }: NamespaceFacts,
  matching: readonly number[][],
  links: readonly number[][],
): (entityRef: EntityRef, place: number) => boolean {
  const byName = new Map<
    string,
    Array<{ ref: EntityRef; has: ReadonlySet<number> }>
  >();
  entities.forEach(({ entityRef, isNamed }, at) => {
    if (!isNamed) return;
    const name = nameOfRef(entityRef);
    const has = reached(matching[at], links);
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
