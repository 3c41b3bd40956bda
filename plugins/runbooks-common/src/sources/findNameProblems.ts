/** No system that people work on takes a longer one with what stands around it. @public */
export const MAX_NAME_LENGTH = 1_024;
const SHOWN_OF_LONG = 80;

/**
 * Why a name in a repository or archive cannot be taken.
 *
 * @public
 */
export interface NameProblem {
  /** The names that are concerned: one, or the two that collide. */
  paths: string[];
  message: string;
}

/**
 * Names that could make another file of what was approved than of what runs: two entries of one name, names that
 * differ by case or Unicode form only (one file on some disks), a file that is a folder too, names that lead out, and
 * names that cannot be shown as they are.
 *
 * @public
 */
export function findNameProblems(paths: string[]): NameProblem[] {
  const problems: NameProblem[] = [];
  const byKey = new Map<string, string>();
  for (const path of paths) {
    const fault = faultOf(path);
    if (fault) {
      problems.push({ paths: [path], message: `${quoted(path)} ${fault}` });
      continue;
    }
    const other = byKey.get(keyOf(path));
    if (other !== undefined) {
      problems.push({ paths: [other, path], message: collision(other, path) });
    } else {
      byKey.set(keyOf(path), path);
    }
  }
  const above = filesAbove([...byKey.keys()]);
  for (const [key, path] of byKey) {
    const file = byKey.get(above.get(key) ?? '');
    if (file !== undefined) {
      problems.push({
        paths: [file, path],
        message: `${quoted(file)} is a file, and ${quoted(
          path,
        )} would need it to be a folder`,
      });
    }
  }
  return problems;
}

/** What is wrong with one name alone. */
export function faultOf(path: string): string | undefined {
  if (path.length > MAX_NAME_LENGTH) {
    return `is longer than ${MAX_NAME_LENGTH} characters`;
  }
  if (path.startsWith('/') || /^[a-z]:/i.test(path)) {
    return 'is an absolute name';
  }
  if (/[\p{Cc}\u2028\u2029\\]/u.test(path)) {
    return 'has control characters or back slashes in its name';
  }
  const segments = path.split('/');
  if (segments.includes('..')) return 'leads out of the repository';
  return segments.some(one => one === '' || one === '.')
    ? 'is not a plain name'
    : undefined;
}

function collision(one: string, other: string): string {
  if (one === other) return `${quoted(one)} is there twice`;
  return `${quoted(one)} and ${quoted(other)} differ only by ${
    one.normalize('NFC') === other.normalize('NFC')
      ? 'the Unicode form of their letters'
      : 'upper and lower case'
  }: on some disks they are one file`;
}

function keyOf(path: string): string {
  return path.normalize('NFC').toUpperCase().toLowerCase().normalize('NFC');
}

/**
 * For each name that lies below another one: the outermost of those. In one walk over the names in the order in which
 * what is below a name comes directly behind it.
 */
function filesAbove(names: readonly string[]): Map<string, string> {
  const above = new Map<string, string>();
  let outermost: string | undefined;
  // No name has a control character, see `faultOf`.
  for (const closed of names.map(name => name.replaceAll('/', '\0')).sort()) {
    const name = closed.replaceAll('\0', '/');
    if (outermost !== undefined && name.startsWith(`${outermost}/`)) {
      above.set(name, outermost);
    } else outermost = name;
  }
  return above;
}

/** Every character that cannot be seen or told apart is written out. */
function quoted(path: string): string {
  const isLong = path.length > MAX_NAME_LENGTH;
  const shown = isLong ? `${path.slice(0, SHOWN_OF_LONG)}...` : path;
  return `'${shown.replace(
    /[^\x20-\x7e]/gu,
    character => `\\u{${character.codePointAt(0)!.toString(16)}}`,
  )}'`;
}
