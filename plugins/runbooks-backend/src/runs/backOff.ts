const FIRST_MS = 100;
const LONGEST_MS = 30_000;

/** How long to wait after so many failures in a row: 100 ms, 200 ms, ... 30 s. */
export function backOffMs(failures: number): number {
  return Math.min(LONGEST_MS, FIRST_MS * 2 ** Math.max(0, failures - 1));
}
