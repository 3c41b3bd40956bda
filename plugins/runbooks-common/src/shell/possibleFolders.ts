import { climbsFromLink, type IsLink } from './climbsFromLink';
import { joinPaths } from './joinPaths';
import {
  childrenOf,
  type ShellNode,
  type ShellScript,
  type ShellWord,
} from './parse';
import { literalOf } from './variables';
import { workspacePath } from './workspacePath';

/** More folders than these are not followed. */
const MAX_FOLDERS = 64;
/**
 * The folders that commands of a script may run in, from the root of the workspace: where it begins, and what each
 * `cd` of it makes of them, since any of those may be skipped, repeated or fail. Undefined where that cannot be told.
 *
 * @param from - Where it may begin.
 * @param placeOf - The path from the root of the workspace that a word surely means.
 */
export function possibleFolders(
  script: ShellScript,
  text: string,
  from: readonly string[] | undefined,
  placeOf: (word: ShellWord) => string | undefined = () => undefined,
  isLink?: IsLink,
): readonly string[] | undefined {
  if (!from) return undefined;
  if (!/\b(?:cd|pushd|popd)\b/.test(text)) return from;
  const targets = targetsOf(script, placeOf);
  const written = text.match(/\b(?:cd|pushd|popd)\b/g) ?? [];
  // One that stands in other text (`eval`, `bash -c`, a comment) is not followed.
  if (targets.length !== written.length) return undefined;
  const found = new Set(from);
  // What stands in a loop or a function may happen again after what follows it.
  const rounds = /\b(?:for|while|until|function)\b|\(\s*\)/.test(text) ? 2 : 1;
  for (const target of Array(rounds).fill(targets).flat()) {
    for (const folder of [...found]) {
      const next = target && folderAfter(folder, target, isLink);
      if (next === undefined) return undefined;
      found.add(next);
      if (found.size > MAX_FOLDERS) return undefined;
    }
  }
  return [...found];
}

type Target = { literal: string } | { fromRoot: string } | undefined;

function targetsOf(
  script: ShellScript,
  placeOf: (word: ShellWord) => string | undefined,
): Target[] {
  const found: Target[] = [];
  const visit = (node: ShellNode, depth: number) => {
    if (depth > 100) return;
    if (
      node.type === 'Command' &&
      /^(?:cd|pushd|popd)$/.test(node.name?.value ?? '')
    )
      found.push(targetOf(node, placeOf));
    for (const child of childrenOf(node)) visit(child, depth + 1);
  };
  visit(script, 0);
  return found;
}

function targetOf(
  node: Extract<ShellNode, { type: 'Command' }>,
  placeOf: (word: ShellWord) => string | undefined,
): Target {
  const [first, ...more] = node.args.filter(
    one => one.text !== '--' && one.text !== '-P',
  );
  if (!first || first.type !== 'Word' || more.length > 0) return undefined;
  const fromRoot = placeOf(first);
  if (fromRoot !== undefined) return { fromRoot };
  const literal = literalOf(first);
  const absolute = literal === undefined ? undefined : workspacePath(literal);
  if (absolute !== undefined) return { fromRoot: absolute };
  return literal === undefined || /^[-~/+]/.test(literal)
    ? undefined
    : { literal };
}

function folderAfter(
  folder: string,
  target: NonNullable<Target>,
  isLink: IsLink | undefined,
): string | undefined {
  if ('fromRoot' in target) return target.fromRoot;
  return climbsFromLink(folder, target.literal, isLink)
    ? undefined
    : joinPaths(folder, target.literal);
}
