/* eslint-disable no-restricted-globals -- Only tests measure the time of the processor. */

/** Where the time grows with the square, twice the text takes four times as long. */
export const MOST_GROWTH = 3.2;
/** Below this the collector of garbage is what is measured. */
const ENOUGH_MS = 20;
const SHORTEST = 16_000;
const LONGEST = 256_000;
const TURNS = 3;

/** A text of about a length, always built in the same way. */
export type Shape = (length: number) => string;

/**
 * How much longer twice the text takes, at a length at which that can be measured; the best of several turns. Measured
 * is the time of the processor, so that a busy machine does not count.
 */
export function growthOf(
  read: (text: string) => unknown,
  shape: Shape,
  { shortest = SHORTEST, longest = LONGEST } = {},
): number {
  read(shape(shortest));
  let length = shortest;
  while (length < longest && timeOf(read, shape(length)) < ENOUGH_MS) {
    length *= 2;
  }
  let least = Infinity;
  for (let turn = 0; turn < TURNS && least >= MOST_GROWTH; turn += 1) {
    const once = Math.max(timeOf(read, shape(length)), ENOUGH_MS);
    least = Math.min(least, timeOf(read, shape(length * 2)) / once);
  }
  return least;
}

/** Milliseconds of the processor. */
export function timeOf(read: (text: string) => unknown, text: string): number {
  const before = process.cpuUsage();
  read(text);
  return process.cpuUsage(before).user / 1_000;
}

/** One piece again and again. */
export function row(part: string): Shape {
  return length => part.repeat(Math.ceil(length / part.length));
}

/** Pieces that are told apart by their number. */
export function counted(part: (index: number) => string): Shape {
  return length => {
    const found: string[] = [];
    for (let at = 0; at < length; at += found[found.length - 1].length) {
      found.push(part(found.length));
    }
    return found.join('');
  };
}
