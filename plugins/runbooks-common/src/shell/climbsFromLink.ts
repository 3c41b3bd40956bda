/** Whether a link is at a path from the root of the workspace; missing where there are none. */
export type IsLink = (path: string) => boolean;

/** A path with more parts than these is not followed. */
const MAX_PARTS = 256;

/**
 * Whether a relative path goes up (`..`) from what is a link, or lies behind one: then programs open another file than
 * the one that its text gives. Which of both `cd` does depends on its options, so that nothing is said of it either.
 */
export function climbsFromLink(
  folder: string,
  path: string,
  isLink: IsLink | undefined,
): boolean {
  if (!isLink) return false;
  const written = `${folder}/${path}`.split('/');
  if (!written.includes('..')) return false;
  if (written.length > MAX_PARTS) return true;
  /** The folders on the way, and whether a link leads to each. */
  const way: Array<{ path: string; isBehind: boolean }> = [];
  for (const part of written) {
    if (part === '..') {
      if (way.pop()?.isBehind) return true;
    } else if (part !== '.' && part !== '') {
      const above = way.at(-1);
      const whole = above ? `${above.path}/${part}` : part;
      way.push({
        path: whole,
        isBehind: above?.isBehind === true || isLink(whole),
      });
    }
  }
  return false;
}
