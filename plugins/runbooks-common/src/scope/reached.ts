/** Everything that can be reached from places along links, and these places. */
export function reached(
  places: Iterable<number>,
  links: readonly number[][],
): ReadonlySet<number> {
  // A set that grows while it is walked.
  const all = new Set(places);
  for (const place of all) links[place].forEach(other => all.add(other));
  return all;
}
