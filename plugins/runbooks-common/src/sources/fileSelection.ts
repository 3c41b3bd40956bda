import { SortedTexts } from '../text/SortedTexts';

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
 * Answers for a selection, quickly also where it names thousands of files: in time in proportion to the length of the
 * path, however deep it is.
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
  const takesAll = selection.trees.includes('');
  const trees = closed(selection.trees);
  const looked = [
    ...selection.files.map(folderOf),
    ...selection.folders,
    ...selection.trees,
  ];
  const places = new Set(looked);
  const onTheWay = closed(places);
  const isInTree = (path: string) =>
    takesAll || trees.longestBeginningOf(`${path}/`) !== undefined;
  return {
    isSelected: path =>
      files.has(path) || folders.has(folderOf(path)) || isInTree(path),
    mayHold: folder =>
      folder === ''
        ? looked.length > 0
        : places.has(folder) ||
          onTheWay.hasLonger(`${folder}/`) ||
          isInTree(folder),
  };
}

/** With a slash behind each, so that `a` is not taken for the beginning of `ab`. */
function closed(paths: Iterable<string>): SortedTexts {
  const sorted = new SortedTexts();
  for (const path of new Set(paths)) {
    if (path !== '') sorted.add(`${path}/`);
  }
  return sorted;
}

/** The folder of a file; '' for the root. @public */
export function folderOf(path: string): string {
  const slash = path.lastIndexOf('/');
  return slash < 0 ? '' : path.slice(0, slash);
}
