import type { Argument } from '../words';
import type { Scene } from './scene';
import {
  changes,
  changesFiles,
  destroys,
  isLocal,
  isUnknown,
  type Verdict,
} from './verdict';

/** Where a path lies, as far as its text tells. */
export type PathPlace =
  | 'nowhere'
  | 'workspace'
  | 'machine'
  | 'device'
  | 'unknown';

/** Tells where a path lies: the workspace of the run, its home and /tmp are its own. */
export function placeOf(path: Argument, scene: Scene): PathPlace {
  if (path.fromRoot !== undefined) return 'workspace';
  const value = startOf(path);
  if (
    /^\/dev\/(null|zero|stdin|stdout|stderr|tty|fd\/\d+|u?random|full)$/.test(
      value,
    )
  )
    return 'nowhere';
  if (/^-$/.test(value)) return 'nowhere';
  if (/^\/dev\/(?!shm\/)/.test(value)) return 'device';
  if (/(^|\/)\.\.(\/|$)/.test(value)) return 'unknown';
  if (/^\/(tmp|var\/tmp|dev\/shm)(\/|$)/.test(value)) return 'workspace';
  if (
    /^(~|\$HOME|\$\{HOME\}|\$PWD|\$\{PWD\}|\$TMPDIR|\$\{TMPDIR\})\/./.test(
      value,
    )
  )
    return 'workspace';
  if (/^[~/]/.test(value)) return 'machine';
  if (/^\$(HOME|\{HOME\}|PWD|\{PWD\})$/.test(value)) return 'machine';
  if (/^[$`\ue000-\uf8ff*?[{<>]/.test(value) || value === '') return 'unknown';
  return scene.inWorkspace ? 'workspace' : 'machine';
}

/** What is known of a path: all of it, or a beginning that says in which folder it lies. */
function startOf({ value, begins }: Argument): string {
  return begins !== undefined && /^(?:\/|(?:\.\/)*[\w-])/.test(begins)
    ? begins
    : value;
}

/** Whether a path names something of the machine that does not belong to the run. */
export function liesOutside(path: Argument, scene: Scene): boolean {
  return /^(machine|device)$/.test(placeOf(path, scene));
}

/** Writing a file at a path. */
export function writesTo(
  path: Argument,
  scene: Scene,
  does = 'writes',
): Verdict {
  const says = scene.show(path.value);
  switch (placeOf(path, scene)) {
    case 'nowhere':
      return isLocal(`${does} nowhere`);
    case 'workspace':
      return changesFiles(`${does} ${says}`);
    case 'device':
      return destroys(`${does} the device ${says}`);
    case 'machine':
      return changes(`${does} ${says}, which is outside of the run`);
    default:
      return scene.where === 'there'
        ? changes(`${does} ${says}`)
        : isUnknown(
            `${does} ${says}; where that is cannot be told from the text`,
            { writes: [] },
          );
  }
}

/** Folders that a tool fills again by itself. */
const MADE_AGAIN =
  /^(node_modules|dist|build|target|out|coverage|__pycache__|\.?cache|\.terraform|\.next|\.venv|venv|vendor|\.tox|\.pytest_cache|\.gradle|\.parcel-cache|\.turbo)$/;

/** Whether nobody misses what is at a path: temporary files, and what is made again by itself. */
function isPassing(path: string): boolean {
  if (/^\/(tmp|var\/tmp|dev\/shm)\/./.test(path))
    return !/^\/(tmp|var\/tmp|dev\/shm)\/[*.]+$/.test(path);
  if (/^\$\{?TMPDIR\}?\/./.test(path)) return true;
  const parts = path.split('/').filter(part => part !== '.' && part !== '');
  return (
    /^te?mp$/i.test(parts[0] ?? '') ||
    parts.some(part => MADE_AGAIN.test(part)) ||
    /\.(te?mp|pyc|swp)$/i.test(path)
  );
}

/** A file that may be of somebody else, where the text is followed on another machine. */
function isTemporary(path: string): boolean {
  return /^(?:\/(?:tmp|var\/tmp|dev\/shm)\/|\$\{?TMPDIR\b)/.test(path);
}

/** Deleting or overwriting what is at a path. */
export function deletesAt(
  path: Argument,
  scene: Scene,
  does = 'deletes',
): Verdict {
  const says = scene.show(path.value);
  if (scene.where === 'there') return destroys(`${does} ${says}`);
  switch (placeOf(path, scene)) {
    case 'nowhere':
      return isLocal(`${does} nothing`);
    case 'workspace':
      if (path.certainty === 'words' && /^[^/]*[$`]/.test(path.value))
        return isUnknown(`${does} ${says}`, { writes: [] });
      if (!isPassing(path.value)) return destroys(`${does} ${says}`);
      return isTemporary(path.value)
        ? changes(`${does} ${says}`)
        : changesFiles(`${does} ${says}`);
    case 'unknown':
      return destroys(
        `${does} ${says}; where that is cannot be told from the text`,
      );
    default:
      return destroys(`${does} ${says}, which is outside of the run`);
  }
}
