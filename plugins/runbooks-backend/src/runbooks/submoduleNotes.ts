import {
  createSelector,
  submodulesIn,
  type FileSelection,
} from '@backstage-runbooks/plugin-runbooks-common';
import type { RepositoryFile } from './Repository';

/** Where git lists the submodules of a repository. */
export const SUBMODULE_LIST = '.gitmodules';

/**
 * Says which submodules hold something of what was asked for: a host hands out none of their files. One whose files are
 * there, because somebody checked it out on the disk, is not told.
 */
export function submoduleNotes(
  list: string,
  asked: readonly FileSelection[],
  files: readonly RepositoryFile[],
): string[] {
  const selectors = asked.map(createSelector);
  return submodulesIn(list)
    .filter(
      ({ path }) =>
        selectors.some(one => one.mayHold(path) || one.isSelected(path)) &&
        !files.some(file => file.path.startsWith(`${path}/`)),
    )
    .map(
      ({ path, line }) =>
        `'${path}' is a submodule of git (${SUBMODULE_LIST}:${line}), and its files are not read: a step that needs them will not find them. Keep them in the repository itself`,
    );
}
