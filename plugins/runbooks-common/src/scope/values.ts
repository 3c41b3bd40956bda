import { isTree } from '../gateway/trees';

/** What stands under a key of a section; undefined where there is no such section or key. */
export function valueAt(value: unknown, key: string): unknown {
  return isTree(value) && Object.hasOwn(value, key) ? value[key] : undefined;
}

/** The list under a key; an empty one where there is none. */
export function listAt(value: unknown, key: string): unknown[] {
  const list = valueAt(value, key);
  return Array.isArray(list) ? list : [];
}

/** `configmaps/settings`; nothing where the name is no text. */
export function references(resource: string, name: unknown): string[] {
  return typeof name === 'string' ? [`${resource}/${name}`] : [];
}
