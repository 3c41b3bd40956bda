import { segmentsOf } from './changedTree';
import type { JsonPatchOperation } from './requestBody';
import { isTree, type Tree } from './trees';

/**
 * What a change takes out of an object, or may.
 *
 * - `gone`: a value is removed, or a list is emptied.
 * - `replaced`: a section takes the place of the one that is there, and what that has besides is gone.
 * - `list`: a list takes the place of the one that is there; what it does not name is gone.
 * - `beside`: a section is put at a number, which inserts it in a list, and in a map replaces what has that key.
 * - `copied`: what the object holds elsewhere takes the place of what is there; only the API server knows what that is.
 * - `flat`: a plain value takes the place of what stands at the root, which may have been a section.
 */
export interface Removal {
  how: 'gone' | 'replaced' | 'list' | 'beside' | 'copied' | 'flat';
  /** Keys from the object's root; a number for an entry of a list whose place is known, `-` for any. */
  place: readonly string[];
}

/** What kubectl says of the order of a list, which takes nothing out. */
const ORDER = '$setElementOrder/';
const NAMES_OF_KIND = new Set(['apiVersion', 'kind']);
const OF_PRIMITIVES = '$deleteFromPrimitiveList/';

/**
 * What a merge patch takes out: `null`, an empty list, a list in the place of another, and every directive, for those
 * that are not about an order drop what they do not name.
 */
export function removalsOf(part: Tree): Removal[] {
  return removedIn(part, []);
}

/**
 * What one operation of a JSON patch takes out; nothing where it only says another value.
 */
export function removalsOfOperation({
  op,
  path,
  from,
  value,
}: JsonPatchOperation): Removal[] {
  const place = segmentsOf(path);
  switch (op) {
    case 'test':
      return [];
    case 'remove':
      return [{ how: 'gone', place }];
    case 'add':
    case 'replace':
      return op === 'add' ? addedAt(value, place) : setAt(value, place);
    case 'move':
      return [
        { how: 'gone', place: segmentsOf(from ?? '') },
        { how: 'copied', place },
      ];
    default:
      return [{ how: 'copied', place }];
  }
}

/** In words. */
export function removalText({ how, place }: Removal): string {
  const text = place.length === 0 ? 'the whole object' : place.join('.');
  switch (how) {
    case 'gone':
      return `it removes '${text}', which nothing brings back`;
    case 'replaced':
    case 'beside':
    case 'flat':
      return `it replaces all of '${text}', and what that has besides is lost`;
    case 'copied':
      return `it puts at '${text}' what stands elsewhere, which nobody has seen`;
    default:
      return `it replaces the list '${text}', and what the new one does not name is lost`;
  }
}

function removedIn(value: unknown, place: readonly string[]): Removal[] {
  const here = setAt(value, place);
  if (Array.isArray(value))
    return [...here, ...value.flatMap(one => removedInEntry(one, place))];
  if (!isTree(value)) return here;
  // What is merged takes nothing out but by what it says inside.
  return Object.entries(value).flatMap(([key, inner]): Removal[] => {
    if (key.startsWith(ORDER)) return [];
    if (key.startsWith(OF_PRIMITIVES))
      return [
        { how: 'gone', place: [...place, key.slice(OF_PRIMITIVES.length)] },
      ];
    if (key.startsWith('$')) return [directive(key, inner, place)];
    return removedIn(inner, [...place, key]);
  });
}

function removedInEntry(entry: unknown, list: readonly string[]): Removal[] {
  return isTree(entry) ? removedIn(entry, [...list, '-']) : [];
}

function directive(
  key: string,
  value: unknown,
  place: readonly string[],
): Removal {
  return {
    how: key === '$patch' && value === 'delete' ? 'gone' : 'replaced',
    place,
  };
}

/** What is added at the end of a list, or at a place in it, takes nothing out. */
function addedAt(value: unknown, place: readonly string[]): Removal[] {
  const last = place[place.length - 1] ?? '';
  if (last === '-') return [];
  if (!/^\d+$/.test(last)) return setAt(value, place);
  return setAt(value, place).map(({ how }) => ({
    how: how === 'flat' ? how : 'beside',
    place,
  }));
}

/** What a value takes out by standing where another stood. */
function setAt(value: unknown, place: readonly string[]): Removal[] {
  if (value === null || value === undefined) return [{ how: 'gone', place }];
  if (Array.isArray(value)) {
    if (value.length === 0) return [{ how: 'gone', place }];
    return [{ how: 'list', place }];
  }
  if (isTree(value))
    return [
      { how: Object.keys(value).length > 0 ? 'replaced' : 'gone', place },
    ];
  const isOfRoot = place.length === 1 && !NAMES_OF_KIND.has(place[0]);
  return isOfRoot ? [{ how: 'flat', place }] : [];
}
