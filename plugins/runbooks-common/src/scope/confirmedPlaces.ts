import type { LabelRequirement } from '../health/labelSelector';
import { ID_LABEL, type ClaimingEntity, type FoundObject } from './claims';
import { podLabelsOf } from './objectLinks';
import { isDataKind } from './ownedKinds';

/**
 * Of the objects that the selector of a card finds, those that are its entity's and not only claimed: anybody may write
 * a selector into a card.
 *
 * - What has the id of the entity as a label.
 * - Of what has no id: what is no Secret, account or claim, where the selector names what it looks for and finds nothing
 *   that has the id of another.
 *
 * @param places - Where in the list the selector finds something.
 */
export function confirmedPlaces(
  objects: readonly FoundObject[],
  card: ClaimingEntity,
  places: readonly number[],
): number[] {
  const ids = new Map(places.map(place => [place, idsOf(objects[place])]));
  const isOwn = (id: string) =>
    id.toLowerCase() === card.id?.toLowerCase() || isNamed(card, id);
  const isOthers = (id: string) => !isOwn(id);
  const isNarrow =
    card.requirements.some(({ kind }) => kind === 'in') &&
    ![...ids.values()].some(found => found.some(isOthers));
  return places.filter(place => {
    const found = ids.get(place) ?? [];
    const { group, resource } = objects[place];
    return found.length > 0
      ? found.every(isOwn)
      : isNarrow && !(group === '' && isDataKind(resource));
  });
}

function idsOf(found: FoundObject): string[] {
  return [found.object.metadata?.labels, podLabelsOf(found)].flatMap(labels =>
    labels && Object.hasOwn(labels, ID_LABEL) ? [labels[ID_LABEL]] : [],
  );
}

function isNamed({ requirements }: ClaimingEntity, id: string): boolean {
  return requirements.some(
    (one: LabelRequirement) =>
      one.kind === 'in' && one.key === ID_LABEL && one.values.includes(id),
  );
}
