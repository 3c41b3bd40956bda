import type { Instant } from '../time';

const MAX_VALUE_LENGTH = 2_000;
/** Of what is the same in front of the difference of long values. */
const CONTEXT_LENGTH = 100;
/** The clock that wrote a moment may go otherwise, and seconds are cut off. */
const GRACE_MS = 1_000;
/** As RFC 3339 has it, as `date +%Y%m%d%H%M%S` prints it in UTC, and as `date +%s` counts it. */
const MOMENTS =
  /(\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(?:\.\d{1,9})?(?:Z|[+-]\d\d:\d\d))|\b(\d{8})[-_T]?(\d{6})Z?\b|\b(\d{10})(\d{3})?\b/g;

/** What stands for a moment of the dry run, so that two of them are equal. */
export const TIME_OF_RUN = 'the time of the run';

/** Makes moments of the dry run equal, wherever they stand in a text. */
export function timeOfRun(
  startedAt: Instant,
  endedAt: Instant,
): (text: string) => string {
  const from = Date.parse(startedAt) - GRACE_MS;
  const to = Date.parse(endedAt) + GRACE_MS;
  return text =>
    text.replace(MOMENTS, (written, ...parts: Array<string | undefined>) => {
      const moment = momentOf(parts);
      return from <= moment && moment <= to ? TIME_OF_RUN : written;
    });
}

/** In milliseconds; none for what only looks like a moment. */
function momentOf([
  written,
  day,
  time,
  seconds,
  milliseconds = '000',
]: ReadonlyArray<string | undefined>): number {
  if (written !== undefined) return Date.parse(written);
  if (seconds !== undefined) return Number(`${seconds}${milliseconds}`);
  const digits = `${day}${time}`;
  return Date.parse(
    digits.replace(
      /^(....)(..)(..)(..)(..)(..)$/,
      (_, ...[year, month, date, hour, minute, second]: string[]) =>
        `${year}-${month}-${date}T${hour}:${minute}:${second}Z`,
    ),
  );
}

/** Two values as they are shown: long ones from where they begin to differ, each cut with a mark. */
export function shownPair(
  before: string | undefined,
  after: string | undefined,
): { before?: string; after?: string } {
  const isLong = [before, after].some(
    text => text !== undefined && text.length > MAX_VALUE_LENGTH,
  );
  const from =
    isLong && before !== undefined && after !== undefined
      ? Math.max(0, commonLength(before, after) - CONTEXT_LENGTH)
      : 0;
  return {
    ...(before === undefined ? {} : { before: cut(before, from) }),
    ...(after === undefined ? {} : { after: cut(after, from) }),
  };
}

/** A value as a text, undefined where there is none. What is nested too deeply for `JSON.stringify` is no object of an API server. */
export function textOf(value: unknown): string | undefined {
  if (value === undefined) return undefined;
  if (typeof value === 'string') return value;
  try {
    return JSON.stringify(value);
  } catch {
    return '(nested too deeply to be shown)';
  }
}

/** The beginning of a text, with a mark where there is more. */
export function cutText(text: string, length: number): string {
  return text.length > length
    ? `${text.slice(0, length - 1).toWellFormed()}…`
    : text.toWellFormed();
}

function cut(text: string, from: number): string {
  const shown = text.slice(from, from + MAX_VALUE_LENGTH).toWellFormed();
  const left = text.length - from - shown.length;
  const front = from > 0 ? `(${from} characters are the same) …` : '';
  return `${front}${shown}${left > 0 ? `… (${left} more characters)` : ''}`;
}

function commonLength(one: string, other: string): number {
  const most = Math.min(one.length, other.length);
  let length = 0;
  while (length < most && one[length] === other[length]) length += 1;
  return length;
}
