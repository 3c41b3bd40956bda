/* eslint-disable no-restricted-globals -- Only tests measure the time of the processor. */

/** How many times longer the long text is. */
const TIMES = 4;
/**
 * Reading once takes four times as long for four times the text, and reading again from each character sixteen times.
 * Halfway between them neither a noisy machine nor the collector of garbage is in the way.
 */
export const MOST_GROWTH = 8;
/** Below this the collector of garbage is what is measured. */
const ENOUGH_MS = 10;
const SHORTEST = 8_000;
const LONGEST = 128_000;
const TURNS = 8;

/** A text of about a length, always built in the same way. */
export type Shape = (length: number) => string;

/**
 * How much longer four times the text takes, at a length at which that can be measured: the best of several turns. Each
 * measures the short text before and behind the long one, because a machine may be slow for longer than a turn takes.
 * Measured is the time of the processor, so that other processes do not count.
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
  const short = shape(length);
  const long = shape(length * TIMES);
  let least = Infinity;
  for (let turn = 0; turn < TURNS && least >= MOST_GROWTH; turn += 1) {
    const before = timeOf(read, short);
    const more = timeOf(read, long);
    const once = Math.min(before, timeOf(read, short));
    least = Math.min(least, more / Math.max(once, ENOUGH_MS));
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
