const SHORTEST_MS = 1_000;
const LONGEST_MS = 60_000;

/**
 * How long to wait before asking again after so many failures in a row: 1 s, doubled up to 60 s.
 *
 * `jitter` is a number from 0 to 1 that takes up to half of it away, so that many browsers do not come back at once.
 */
export function backoffMs(
  failures: number,
  jitter: number,
  shortestMs: number = SHORTEST_MS,
): number {
  const wholeMs = Math.min(shortestMs * 2 ** (failures - 1), LONGEST_MS);
  return Math.round(wholeMs * (1 - jitter / 2));
}
