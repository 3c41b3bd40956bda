import { requirementsOf } from '../health/labelSelector';
import type {
  EntityInNamespace,
  ObjectThere,
  OwnedObject,
} from '../plan/entitiesWritten';
import {
  ID_LABEL,
  type ClaimingEntity,
  type FoundObject,
  type NamespaceFacts,
} from './claims';
import { confirmedPlaces } from './confirmedPlaces';
import { foreignTo } from './foreignTo';
import { idsOf } from './idsOf';
import { LabelIndex } from './LabelIndex';
import { nameOfRef } from './namedByObjects';
import {
  claimTemplatesOf,
  factsOf,
  givesData,
  objectLinks,
  referredBy,
  surelyNamedBy,
} from './objectLinks';
import { ACTING_UPON_ALL } from './ownedKinds';
import { reached } from './reached';

/**
 * Says what each entity has in a namespace: the objects that its selector, its id or its name finds, by their own labels
 * or those of their pods, and what belongs to them (see `objectLinks`). An entity that has nothing there is left out. Of
 * a kind that could not be read, and of kinds that act upon everybody, each has `*`.
 *
 * A selector finds no object of somebody else: one that names, by its label `backstage.io/kubernetes-id`, an entity to
 * which the operator gave the namespace by its name, and which finds the object too. It is that entity's, and of what
 * that entity says it is a part of.
 *
 * What is confirmed (`isConfirmed`) follows from what has the entity's name as its id or is found by a narrow selector
 * (`confirmedPlaces`) along links that nobody makes alone; the rest is only claimed.
 *
 * @public
 */
export function claimObjects(facts: NamespaceFacts): EntityInNamespace[] {
  const { namespace, entities, objects } = facts;
  const links = objectLinks(objects);
  const labels = new LabelIndex(objects);
  const there = new Set(objects.map(nameOf));
  const ofAnybody = [...facts.unread, ...ACTING_UPON_ALL].map(kind => ({
    ...kind,
    namespace,
    name: '*',
  }));
  const matching = entities.map(card => placesOf(card, labels));
  const isOfOthers = foreignTo(facts, matching, links.all);
  const byId = placesById(objects);
  const claims = entities.flatMap((card, at): EntityInNamespace[] => {
    const isOwn = (place: number) => !isOfOthers(card.entityRef, place);
    const byName = byId.get(nameOfRef(card.entityRef)) ?? [];
    const found = [...new Set([...matching[at], ...byName])];
    const claimed = reached(found.filter(isOwn), links.all);
    if (claimed.size === 0) return [];
    const confirmed = reached(
      confirmedPlaces(objects, card, found).filter(isOwn),
      links.sure,
    );
    const named = [...claimed].map(place => ({
      ...thereAs(objects[place], namespace),
      ...factsOf(objects[place]),
      ...(confirmed.has(place) ? { isConfirmed: true as const } : {}),
    }));
    const of = (all: ReadonlySet<number>) =>
      [...all].map(place => objects[place]);
    return [
      {
        entityRef: card.entityRef,
        namespace,
        objects: [
          ...named,
          ...awaitedIn(namespace, there, of(claimed), of(confirmed)),
          ...ofAnybody,
        ],
      },
    ];
  });
  if (claims.length > 0)
    claims[0].there = objects.map(one => foundThere(one, namespace));
  return claims;
}

/** What has an id, in lower case, as its label or that of its pods. */
function placesById(objects: readonly FoundObject[]): Map<string, number[]> {
  const places = new Map<string, number[]>();
  objects.forEach((one, place) => {
    for (const id of new Set(idsOf(one)))
      if (!places.get(id)?.push(place)) places.set(id, [place]);
  });
  return places;
}

/** Found by the selector of a card, or by its id. */
function placesOf(
  { requirements, id }: ClaimingEntity,
  labels: LabelIndex,
): number[] {
  const byId =
    id === undefined ? [] : labels.matching(requirementsOf({ [ID_LABEL]: id }));
  return [...new Set([...labels.matching(requirements), ...byId])];
}

function nameOf({ resource, object }: FoundObject): string {
  return `${resource}/${object.metadata?.name}`;
}

function thereAs(
  { group, resource, object }: FoundObject,
  namespace: string,
): OwnedObject {
  return { group, resource, namespace, name: object.metadata?.name ?? '*' };
}

function foundThere(found: FoundObject, namespace: string): ObjectThere {
  const claimTemplates = claimTemplatesOf(found);
  return {
    ...thereAs(found, namespace),
    ...(givesData(found) ? { givesData: true } : {}),
    ...(claimTemplates ? { claimTemplates } : {}),
  };
}

/** Whoever refers to what is not there yet has it as soon as somebody makes it. */
function awaitedIn(
  namespace: string,
  there: ReadonlySet<string>,
  claimed: readonly FoundObject[],
  confirmed: readonly FoundObject[],
): OwnedObject[] {
  const missing = new Set(
    claimed.flatMap(referredBy).filter(one => !there.has(one)),
  );
  const sure = new Set(confirmed.flatMap(surelyNamedBy));
  return [...missing].map(one => {
    const [resource, name] = one.split('/');
    return {
      group: '',
      resource,
      namespace,
      name,
      ...(sure.has(one) ? { isConfirmed: true as const } : {}),
    };
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
