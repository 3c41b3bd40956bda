import { isDeclaring } from './bashTable';
import {
  childrenOf,
  type ShellNode,
  type ShellScript,
  type SimpleCommand,
} from './parse';
import { literalOf } from './variables';

/** A script is judged once for each call of its functions. */
const KNOWN = new WeakMap<ShellScript, ReadonlySet<string>>();

/**
 * The variables that a text gives its programs, wherever in it: `export NAME`, `declare -x NAME`, and all that it binds
 * where it exports those (`set -a`). Names that cannot be told from the text are not among them: binding those is
 * judged by itself.
 */
export function exportedNames(script: ShellScript): ReadonlySet<string> {
  const known = KNOWN.get(script);
  if (known) return known;
  const found = exportedIn(script);
  KNOWN.set(script, found);
  return found;
}

function exportedIn(script: ShellScript): ReadonlySet<string> {
  const names = new Set<string>();
  const bound = new Set<string>();
  let exportsAll = false;
  const visit = (node: ShellNode, depth: number) => {
    if (depth > 200) return;
    if (node.type === 'Assignment') bound.add(node.name);
    if (node.type === 'For') bound.add(node.name.value);
    if (node.type === 'Command') {
      const words = wordsOf(node);
      exportsAll ||= isExportingAll(words);
      for (const name of exportedBy(words)) names.add(name);
    }
    for (const child of childrenOf(node)) visit(child, depth + 1);
  };
  visit(script, 0);
  return exportsAll ? new Set([...names, ...bound]) : names;
}

/** The variables that stand in front of a command. */
export function prefixNames(node: SimpleCommand): string[] {
  return node.prefix.flatMap(one =>
    one.type === 'Assignment' ? [one.name] : [],
  );
}

function wordsOf({ name, args }: SimpleCommand): string[] {
  return [...(name ? [name] : []), ...args].map(one =>
    one.type === 'Assignment' ? one.text : literalOf(one) ?? one.text,
  );
}

function isExportingAll(words: readonly string[]): boolean {
  return (
    words.includes('allexport') ||
    (words.includes('set') && words.some(word => /^-\w*a/.test(word)))
  );
}

//   export NAME    declare -gx NAME=value    builtin export NAME
function exportedBy(words: readonly string[]): string[] {
  const at = words.findIndex(isDeclaring);
  if (at < 0) return [];
  const rest = words.slice(at + 1);
  const exports =
    words[at] === 'export' || rest.some(word => /^-\w*x/.test(word));
  return exports
    ? rest.flatMap(word => /^[A-Za-z_]\w*/.exec(word)?.[0] ?? [])
    : [];
}
