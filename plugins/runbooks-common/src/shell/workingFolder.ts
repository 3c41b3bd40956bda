import { placeOf } from './effects/paths';
import type { Scene } from './effects/scene';
import type { WorkingFolder } from './leaves';
import type { Argument } from './words';

/** The folder after `cd` or `pushd` with these arguments. */
export function folderAfter(
  folder: WorkingFolder,
  args: readonly Argument[],
  scene: Scene,
): WorkingFolder {
  const path = args.find(one => !/^-[LPe@]+$/.test(one.value));
  if (!path) return folder;
  if (path.fromRoot !== undefined)
    return {
      inWorkspace: true,
      depth: path.fromRoot.split('/').filter(part => part !== '').length,
    };
  if (path.value === '-') return { ...folder, inWorkspace: false };
  if (path.certainty === 'exact' && !/^[~/]/.test(path.value))
    return along(folder, path.value);
  const isTemporary = /^\/(tmp|var\/tmp)$|^(~|\$HOME|\$\{HOME\})$/.test(
    path.value,
  );
  return {
    inWorkspace: isTemporary || placeOf(path, scene) === 'workspace',
    depth: 0,
  };
}

/** Follows a relative path; above where the text began is outside. */
function along(folder: WorkingFolder, path: string): WorkingFolder {
  let { inWorkspace, depth } = folder;
  for (const part of path.split('/')) {
    if (part === '..') depth -= 1;
    else if (part !== '.' && part !== '') depth += 1;
    if (depth < 0) inWorkspace = false;
  }
  return { inWorkspace, depth };
}
