import {
  folderOf,
  type FileSelection,
} from '@backstage-runbooks/plugin-runbooks-common';

/** Finds the Markdown files below an address. */
export const MARKDOWN_GLOB = '**/*.{[mM][dD],[mM][aA][rR][kK][dD][oO][wW][nN]}';

/** More patterns than this are slower than reading everything. */
const MAX_PATTERNS = 300;

/** Names that are no patterns themselves. */
const PLAIN = /^[^*?[\]{}()!+@,\\#%]*$/;

/**
 * A pattern that finds at least what the selections hold, where they hold less than everything; undefined where
 * there is none worth using.
 */
export function globOf(selections: FileSelection[]): string | undefined {
  const trees = [...new Set(selections.flatMap(one => one.trees))];
  if (trees.includes('')) return undefined;
  const folders = new Set(
    selections.flatMap(one => [...one.folders, ...one.files.map(folderOf)]),
  );
  const patterns = [
    // Two at least, because braces around one are taken as they are.
    '.*',
    '*',
    ...[...folders].flatMap(folder =>
      folder === '' ? [] : [`${folder}/*`, `${folder}/.*`],
    ),
    ...trees.flatMap(tree => [tree, `${tree}/**/*`, `${tree}/**/.*`]),
  ];
  const plain = [...trees, ...folders].every(one => PLAIN.test(one));
  return plain && patterns.length <= MAX_PATTERNS
    ? `{${patterns.join(',')}}`
    : undefined;
}
