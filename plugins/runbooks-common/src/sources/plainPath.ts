/**
 * The segments of a path as people wrote it, percent-encoding undone once; undefined for a path that could mean
 * another than it seems to: encoded or back slashes, encoded dots, control characters, a scheme, an empty segment,
 * `?`, `#` or a second encoding. `.` and `..` as such are left to `resolvePath`.
 *
 * @public
 */
export function plainSegments(path: string): string[] | undefined {
  if (/^[a-z][a-z0-9+.-]*:/i.test(path)) return undefined;
  const segments: string[] = [];
  for (const written of path.replace(/\/$/, '').split('/')) {
    const segment = plainSegment(written);
    if (segment === undefined) return undefined;
    segments.push(segment);
  }
  return segments;
}

/**
 * Where segments lead to from a folder: a path without `.` and `..`, '' for the root, undefined where it leaves it.
 *
 * @public
 */
export function resolvePath(
  folder: string,
  segments: string[],
): string | undefined {
  const path = folder === '' ? [] : folder.split('/');
  for (const segment of segments) {
    if (segment === '..') {
      if (path.pop() === undefined) return undefined;
    } else if (segment !== '.') {
      path.push(segment);
    }
  }
  return path.join('/');
}

/** One segment with its encoding undone; undefined where it is not plain. */
export function plainSegment(written: string): string | undefined {
  let segment: string;
  try {
    segment = decodeURIComponent(written);
  } catch {
    return undefined;
  }
  if (segment === '' || /[/\\?#%\p{Cc}]/u.test(segment)) return undefined;
  const isDots = segment === '.' || segment === '..';
  return isDots && segment !== written ? undefined : segment;
}
