import { isTree, type Tree } from '../gateway/trees';
import type { DryRunWrite } from './DryRunWrite';

/** Objects of the API server are not nested more deeply. */
const MAX_DEPTH = 100;
/** At the end of the beginning of a generated name. */
const PLACEHOLDER = '*';

/**
 * A created object with the beginning of its generated name in place of the name, wherever that is a whole value: the
 * API server makes up another one each time, and repeats it in labels of a Job and of a Namespace.
 *
 * @param write - With the name of its object, as `withName` gives it.
 */
export function withoutGeneratedName(
  object: Tree,
  { name }: DryRunWrite,
  answered: Tree,
): Tree {
  const { metadata } = answered;
  const generated = isTree(metadata) ? metadata.name : undefined;
  if (!name.endsWith(PLACEHOLDER) || typeof generated !== 'string') {
    return object;
  }
  return replaced(object, generated, name, 0) as Tree;
}

function replaced(
  value: unknown,
  generated: string,
  name: string,
  depth: number,
): unknown {
  if (value === generated) return name;
  if (depth === MAX_DEPTH) return value;
  const inside = (one: unknown) => replaced(one, generated, name, depth + 1);
  if (Array.isArray(value)) return value.map(inside);
  if (!isTree(value)) return value;
  return Object.fromEntries(
    Object.entries(value).map(([key, one]) => [key, inside(one)]),
  );
}
