import { lstatSync, readlinkSync } from 'node:fs';
import type { SystemFolder } from './sandboxArguments';

const TOP_FOLDERS = ['/bin', '/sbin', '/lib', '/lib64', '/lib32'];

/** How the top folders of this machine are laid out: links into /usr on most, folders of their own on some. */
export function systemFolders(): SystemFolder[] {
  return TOP_FOLDERS.flatMap((path): SystemFolder[] => {
    const stat = lstatSync(path, { throwIfNoEntry: false });
    if (!stat) return [];
    return stat.isSymbolicLink()
      ? [{ kind: 'link', path, target: readlinkSync(path) }]
      : [{ kind: 'folder', path }];
  });
}
