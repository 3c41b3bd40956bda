import type { Instant } from '../time';

const MAX_VALUE_LENGTH = 2_000;
/** Of what is the same in front of the difference of long values. */
const CONTEXT_LENGTH = 100;
/** The clock that wrote a moment may go otherwise, and seconds are cut off. */
const GRACE_MS = 1_000;
const MOMENT =
  /^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(?:\.\d{1,9})?(?:Z|[+-]\d\d:\d\d)$/;

/** What stands for a moment of the dry run, so that two of them are equal. */
export const TIME_OF_RUN = 'the time of the run';

/** Makes moments of the dry run equal. */
export function timeOfRun(
  startedAt: Instant,
  endedAt: Instant,
): (text: string) => string {
  const from = Date.parse(startedAt) - GRACE_MS;
  const to = Date.parse(endedAt) + GRACE_MS;
  return text => {
    if (text.length > 40 || !MOMENT.test(text)) return text;
    const moment = Date.parse(text);
    return from <= moment && moment <= to ? TIME_OF_RUN : text;
  };
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
