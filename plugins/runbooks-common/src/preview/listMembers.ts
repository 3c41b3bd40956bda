import { isTree, type Tree } from '../gateway/trees';

/** How the members of a list are told apart: by these of their fields, as the API merges them. */
const KEYS: ReadonlyArray<readonly string[]> = [
  ['mountPath'],
  ['devicePath'],
  ['containerPort', 'protocol'],
  ['name'],
  ['port', 'protocol'],
  ['ip'],
  ['topologyKey'],
  ['type'],
  ['uid'],
  ['key'],
  ['host'],
  ['path'],
  ['metadata.name'],
];
/** Fields that are as good as there where they are not. */
const DEFAULTS: Readonly<Record<string, string>> = { protocol: 'TCP' };

/** The members of two lists by their names, each in its order; undefined where they have none that tell them apart. */
export function namedMembers(
  before: readonly unknown[],
  after: readonly unknown[],
):
  | {
      before: Map<string, Tree>;
      after: Map<string, Tree>;
      by: readonly string[];
    }
  | undefined {
  if (before.length + after.length === 0) return undefined;
  for (const by of KEYS) {
    const was = membersBy(by, before);
    const is = was && membersBy(by, after);
    if (was && is) return { before: was, after: is, by };
  }
  return undefined;
}

/** What stands under a key of an object itself, and of nothing that all objects have. */
export function own(tree: Tree | undefined, key: string): unknown {
  return tree && Object.hasOwn(tree, key) ? tree[key] : undefined;
}

/** The members of one list by the same names, as far as they have them. */
export function membersNamed(
  by: readonly string[],
  list: readonly unknown[],
): Map<string, Tree> {
  const members = new Map<string, Tree>();
  for (const one of list) {
    const name = isTree(one) ? nameBy(by, one) : undefined;
    if (name !== undefined) members.set(name, one as Tree);
  }
  return members;
}

function membersBy(
  by: readonly string[],
  list: readonly unknown[],
): Map<string, Tree> | undefined {
  const members = new Map<string, Tree>();
  for (const one of list) {
    const name = isTree(one) ? nameBy(by, one) : undefined;
    if (name === undefined || members.has(name)) return undefined;
    members.set(name, one as Tree);
  }
  return members;
}

function nameBy(by: readonly string[], member: Tree): string | undefined {
  const parts: string[] = [];
  for (const field of by) {
    const value = valueOf(member, field);
    if (typeof value !== 'string' && typeof value !== 'number') {
      return undefined;
    }
    parts.push(String(value));
  }
  return parts.join('/');
}

function valueOf(member: Tree, field: string): unknown {
  if (Object.hasOwn(member, field)) return member[field];
  const { metadata } = member;
  return field === 'metadata.name' && isTree(metadata)
    ? metadata.name
    : DEFAULTS[field];
}
