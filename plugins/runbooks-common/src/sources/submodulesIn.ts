/** A folder that git takes from another repository: of it, a repository has the name alone. @public */
export interface Submodule {
  path: string;
  /** Of `.gitmodules`. */
  line: number;
}

/** More are no list that somebody wrote. */
const MAX_SUBMODULES = 1_000;

/**
 * The submodules that a `.gitmodules` lists, in its order. Never throws: a line that is not understood is no submodule.
 *
 * @public
 */
export function submodulesIn(gitmodules: string): Submodule[] {
  const found: Submodule[] = [];
  for (const [index, text] of gitmodules.split(/\r?\n/).entries()) {
    const path = /^[ \t]*path[ \t]*=(.*)$/i.exec(text)?.[1].trim() ?? '';
    const plain = path.replace(/^"(.*)"$/, '$1').replace(/\/$/, '');
    if (plain !== '') found.push({ path: plain, line: index + 1 });
    if (found.length === MAX_SUBMODULES) break;
  }
  return found;
}
