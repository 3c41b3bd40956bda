import type { DryRunWrite } from '../DryRunWrite';
import { kindOf } from '../kindOf';
import type { FieldPreview, ObjectPreview } from '../model';
import { placeOf, pathOf, type PlaceStep } from '../place';
import { differencesOf, nameOf, phrase } from '../previewChanged';

const NOT_SHOWN = 'which the approval did not show';

interface Told {
  /** Of the preview. */
  shown: readonly ObjectPreview[];
  /** What would change now, by places. */
  now: ReadonlyMap<string, FieldPreview>;
}

/** Why an object is not deleted. */
export function deletedWords(write: DryRunWrite): string {
  return `${nameOf(
    objectOf(write, 'delete', []),
  )} would be deleted now, ${NOT_SHOWN}`;
}

/** Why an object is not created. */
export function createdWords(
  write: DryRunWrite,
  { shown, now, isTooOften }: Told & { isTooOften: boolean },
): string {
  const object = objectOf(write, 'create', [...now.values()]);
  const name = nameOf(object);
  if (isTooOften)
    return `${name} would be created more often than the approval showed`;
  const others = shownOf(object, shown);
  const approved = others.find(({ change }) => change === 'create');
  if (!approved) {
    return others.length > 0
      ? `${name} would be created now otherwise than the approval showed`
      : `${name} would be created now, ${NOT_SHOWN}`;
  }
  const [first] = differencesOf(approved, object);
  if (first === undefined) {
    return `${name} would be created now otherwise than the approval showed`;
  }
  const known = new Set(approved.fields.map(({ path }) => path));
  const isBesides = object.fields.some(
    field =>
      !known.has(field.path) && first === `${name} would ${phrase(field)} now`,
  );
  return `${first}, ${isBesides ? NOT_SHOWN : 'as the approval showed'}`;
}

/** Why an object does not get another moment of the run. */
export function repeatedWords(write: DryRunWrite): string {
  return `${nameOf(
    objectOf(write, 'change', []),
  )} would be changed more often than the approval showed`;
}

/**
 * Why an object is not changed.
 *
 * @param places - Of what differs from what was approved, or is missing.
 */
export function changedWords(
  write: DryRunWrite,
  { shown, now, places }: Told & { places: readonly string[] },
): string {
  const object = objectOf(write, 'change', []);
  const name = nameOf(object);
  const approved = shownOf(object, shown).flatMap(({ fields }) => fields);
  const [place] = places;
  const is = now.get(place);
  const path = is?.path ?? pathOf(placeOf(JSON.parse(place) as PlaceStep[]));
  const was = approved.find(field => field.path === path);
  if (!is) {
    return was
      ? `${name} would not ${phrase(was)} now, as the approval showed`
      : `${name} would not be changed at ${path} as the approval showed`;
  }
  const field = { ...object, fields: [is] };
  const [first] = was ? differencesOf({ ...field, fields: [was] }, field) : [];
  return first === undefined
    ? `${name} would ${phrase(is)} now, ${NOT_SHOWN}`
    : `${first}, as the approval showed`;
}

function objectOf(
  write: DryRunWrite,
  change: ObjectPreview['change'],
  fields: FieldPreview[],
): ObjectPreview {
  const { group, namespace, name, before, answer } = write;
  const kind = kindOf(write, before, answer.body);
  return { change, object: { kind, group, namespace, name }, fields };
}

/** Each write of the object that was shown. */
function shownOf(
  { object }: ObjectPreview,
  shown: readonly ObjectPreview[],
): ObjectPreview[] {
  return shown.filter(
    one =>
      one.object.kind === object.kind &&
      one.object.group === object.group &&
      one.object.namespace === object.namespace &&
      one.object.name === object.name,
  );
}
