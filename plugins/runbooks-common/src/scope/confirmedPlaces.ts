import type { ClaimingEntity, FoundObject } from './claims';
import { idsOf } from './idsOf';
import { nameOfRef } from './namedByObjects';
import { isDataKind } from './ownedKinds';

/**
 * Of the objects that an entity's name or card finds, those that are the entity's and not only claimed: anybody may
 * write a selector, and any id, into a card.
 *
 * - What has the name of the entity as its id. Entities that share a name each have it so.
 * - What has the id of the card of an entity that a rule names, where it is no Secret, account or claim itself: of
 *   several that the rule names, one could take an id that nobody has.
 * - Of what has no id: what is no Secret, account or claim, where the selector names what it looks for and finds nothing
 *   that has an id which does not confirm it.
 *
 * @param places - Where in the list the name or the card finds something.
 */
export function confirmedPlaces(
  objects: readonly FoundObject[],
  card: ClaimingEntity,
  places: readonly number[],
): number[] {
  const ids = new Map(places.map(place => [place, idsOf(objects[place])]));
  const name = nameOfRef(card.entityRef);
  const vouchedId = card.isNamed ? card.id?.toLowerCase() : undefined;
  const isVouched = (id: string) => id === name || id === vouchedId;
  const isNarrow =
    card.requirements.some(({ kind }) => kind === 'in') &&
    [...ids.values()].flat().every(isVouched);
  return places.filter(place => {
    const found = ids.get(place) ?? [];
    const { group, resource } = objects[place];
    const isData = group === '' && isDataKind(resource);
    if (isData) return found.length > 0 && found.every(id => id === name);
    return found.length > 0 ? found.every(isVouched) : isNarrow;
  });
}
