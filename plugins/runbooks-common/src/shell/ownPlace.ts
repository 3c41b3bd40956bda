import { climbsFromLink, type IsLink } from './climbsFromLink';
import { joinPaths } from './joinPaths';

/** Where a script lies, as far as that is known: paths from the root of the workspace. */
export interface OwnPlace {
  /** The file that the text stands in: `${BASH_SOURCE[0]}`. */
  source?: string;
  /** The file that the shell was started with: `$0`. */
  zero?: string;
  /** Whether the folder that it began in may have been left where the text is read. */
  mayHaveMoved: boolean;
  /** Whether that folder may be left before the text is used. */
  moves: boolean;
}

interface Known {
  own: OwnPlace | undefined;
  placeOf(name: string): string | undefined;
  isLink: IsLink | undefined;
}

interface Found {
  path: string;
  /** Means the same in every folder. */
  isAbsolute: boolean;
}

const SOURCE = /^\$(?:BASH_SOURCE|\{BASH_SOURCE(?:\[0\])?\})$/;
const ZERO = /^\$(?:0|\{0\})$/;
const VARIABLE = /^\$(?:([A-Za-z_]\w*)|\{([A-Za-z_]\w*)\})$/;
const LINK = /^\$\( ?(?:readlink -f|realpath)(?: --)? (.+?) ?\)$/;
const FOLDER = /^\$\( ?dirname(?: --)? (.+?) ?\)$/;
const ENTERED =
  /^\$\( ?cd(?: -P)?(?: --)? (.+?)(?: (?:1?>|&>) ?\/dev\/null(?: 2>&1)?)? ?(?:&&|;) ?pwd(?: -P)? ?\)$/;
const MAX_NESTING = 6;
const MAX_LENGTH = 300;

/**
 * The path from the root of the workspace that a text means which a script finds its own place with; undefined for
 * any other text, and where that place is not sure.
 *
 * ```text
 * $(cd "$(dirname "${BASH_SOURCE[0]}")" && pwd)     $(dirname "$(readlink -f "$0")")     $(cd "$here/.." && pwd)
 * ```
 *
 * @param placeOf - What is known of a variable that holds such a path.
 */
export function ownPlaceOf(
  text: string,
  own: OwnPlace | undefined,
  placeOf: (name: string) => string | undefined,
  isLink?: IsLink,
): string | undefined {
  if (text.length > MAX_LENGTH) return undefined;
  // With quotes or without: a path with blanks in it is none of those below.
  const bare = text.replace(/"/g, '').replace(/[ \t]+/g, ' ');
  const found = find(bare, { own, placeOf, isLink }, 0);
  if (!found || !/^[\w@%+:,./-]*$/.test(found.path)) return undefined;
  return found.isAbsolute || !own?.moves ? found.path : undefined;
}

function find(text: string, known: Known, depth: number): Found | undefined {
  if (depth > MAX_NESTING) return undefined;
  const { own, placeOf, isLink } = known;
  const inside = (inner: string) => find(inner, known, depth + 1);
  const [, name, braced] = VARIABLE.exec(text) ?? [];
  const held =
    name === 'BASH_SOURCE' || braced === 'BASH_SOURCE'
      ? undefined
      : placeOf(name ?? braced ?? '');
  if (held !== undefined) return { path: held, isAbsolute: true };
  const zero = ZERO.test(text) ? own?.zero : undefined;
  const file = SOURCE.test(text) ? own?.source : zero;
  if (file !== undefined)
    return own?.mayHaveMoved ? undefined : { path: file, isAbsolute: false };
  const linked = LINK.exec(text) ?? ENTERED.exec(text);
  const target = linked ? inside(linked[1]) : undefined;
  if (target) return along({ ...target, isAbsolute: true }, '.', isLink);
  const folder = FOLDER.exec(text);
  const below =
    folder && !endsInDots(folder[1]) ? inside(folder[1]) : undefined;
  if (below && endsInDots(below.path)) return undefined;
  if (below) return below.path === '' ? undefined : along(below, '..', isLink);
  const longer = /^(\$.*[\w)}])((?:\/(?:\.\.|\.|[\w][\w.-]*))+)\/?$/.exec(text);
  const start = longer ? inside(longer[1]) : undefined;
  return start && longer ? along(start, longer[2], isLink) : undefined;
}

/** Whether a path ends so that `dirname` makes another of it than the folder above. */
export function endsInDots(path: string): boolean {
  return /\/\.{1,2}\/*$/.test(path);
}

function along(
  start: Found,
  path: string,
  isLink: IsLink | undefined,
): Found | undefined {
  const below = path.replace(/^\/+/, '');
  if (climbsFromLink(start.path, below, isLink)) return undefined;
  const joined = joinPaths(start.path, below);
  return joined === undefined ? undefined : { ...start, path: joined };
}
