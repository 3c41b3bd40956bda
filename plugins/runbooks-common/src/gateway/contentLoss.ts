import { segmentsOf } from './changedTree';
import { ORDINARY_KINDS } from './ordinaryKinds';
import type { JsonPatchOperation } from './requestBody';

type Tree = Readonly<Record<string, unknown>>;

/** Kinds whose specification says where pods may go and nothing that would be lost. */
const OF_NODES = '/nodes';

/**
 * Whether it is known what an object of a kind holds. Of any other, a custom resource above all, every field may be
 * the only copy of what somebody wrote.
 *
 * @param kind - Group and resource.
 */
export function isKnownContent(kind: string): boolean {
  return Object.hasOwn(ORDINARY_KINDS, kind) || kind === OF_NODES;
}

/**
 * What a merge patch takes out of an object whose content is not known, in words; undefined where it only says other
 * values. Labels and annotations, and the rest of the metadata, are no content.
 */
export function contentLoss(part: Tree): string | undefined {
  for (const [key, value] of Object.entries(part)) {
    if (key.startsWith('$')) return directive(key);
    const found = key === 'metadata' ? undefined : removedIn(value, key);
    if (found !== undefined) return found;
  }
  return undefined;
}

/** The same of one operation of a JSON patch. */
export function operationContentLoss({
  op,
  path,
  from,
  value,
}: JsonPatchOperation): string | undefined {
  if (op === 'test') return undefined;
  if (op === 'move' && isContent(from ?? '')) return removes(from ?? '');
  if (!isContent(path)) return undefined;
  if (op === 'remove') return removes(path);
  if (segmentsOf(path).length < 2)
    return `it replaces all of '${
      path || 'the object'
    }', and what that has besides is lost`;
  return op !== 'copy' && op !== 'move' && isNothing(value)
    ? removes(path)
    : undefined;
}

/** In a merge patch `null` removes, and a list takes the place of the one that is there. */
function removedIn(value: unknown, place: string): string | undefined {
  if (value === null || (Array.isArray(value) && value.length === 0))
    return removes(place);
  if (typeof value !== 'object' || Array.isArray(value)) return undefined;
  for (const [key, inner] of Object.entries(value)) {
    const found = key.startsWith('$')
      ? directive(key)
      : removedIn(inner, `${place}.${key}`);
    if (found !== undefined) return found;
  }
  return undefined;
}

function isContent(pointer: string): boolean {
  return segmentsOf(pointer)[0] !== 'metadata';
}

function isNothing(value: unknown): boolean {
  return (
    value === undefined ||
    value === null ||
    (typeof value === 'object' && Object.keys(value).length === 0)
  );
}

function removes(place: string): string {
  return `it removes '${
    place || 'the whole object'
  }', which nothing brings back`;
}

function directive(key: string): string {
  return `the directive '${key}' removes what it does not name`;
}
