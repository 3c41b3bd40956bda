/**
 * Which files of a repository are taken.
 *
 * @public
 */
export interface FileSelection {
  /** Exactly these. */
  files: string[];
  /** These files, or everything below these folders; '' is the whole repository. */
  trees: string[];
  /** Everything that lies directly in these folders; '' is the root. */
  folders: string[];
}

/** Every file. @public */
export const selectAll: FileSelection = { files: [], trees: [''], folders: [] };

/**
 * Answers for a selection, quickly also where it names thousands of files.
 *
 * @public
 */
export function createSelector(selection: FileSelection): {
  isSelected(path: string): boolean;
  /** False for a folder in which nothing can be selected, so that nobody needs to look into it. */
  mayHold(folder: string): boolean;
} {
  const files = new Set(selection.files);
  const folders = new Set(selection.folders);
  const trees = new Set(selection.trees);
  const onTheWay = new Set(
    [
      ...selection.files.map(folderOf),
      ...selection.folders,
      ...selection.trees,
    ].flatMap(path => [path, ...foldersAbove(path)]),
  );
  const isInTree = (path: string) =>
    trees.has(path) || foldersAbove(path).some(folder => trees.has(folder));
  return {
    isSelected: path =>
      files.has(path) || folders.has(folderOf(path)) || isInTree(path),
    mayHold: folder => onTheWay.has(folder) || isInTree(folder),
  };
}

/** The folder of a file; '' for the root. @public */
export function folderOf(path: string): string {
  const slash = path.lastIndexOf('/');
  return slash < 0 ? '' : path.slice(0, slash);
}

/** From the nearest folder to the root. */
function foldersAbove(path: string): string[] {
  const above: string[] = [];
  for (let at = path; at !== ''; ) {
    at = folderOf(at);
    above.push(at);
  }
  return above;
}
