import { Temporal } from 'temporal-polyfill';
import type { Instant, LocalDate } from '../time';

/**
 * The only place that turns wall clocks into instants and back.
 *
 * Two rules, because a wall clock is not a line:
 * - A time that does not exist (clocks went forward over it) is the end of the gap: 02:30 of a day on which 02:00 is
 *   followed by 03:00 is 03:00. It is never an hour later than people would look at the clock.
 * - A time that comes twice (clocks went back) is the first of the two.
 *
 * Everything that starts or ends at a wall clock uses the same rule, so that what follows one another has neither an
 * overlap nor a hole.
 */

/** A time of a day without a zone: `2026-03-29T02:30`. @public */
export type LocalDateTime = string;

/** Monday is 1, Sunday is 7. @public */
export type Weekday = 1 | 2 | 3 | 4 | 5 | 6 | 7;

/** Whether this is the name of an IANA time zone; offsets such as `+02:00` are none, because they know no summer. @public */
export function isTimeZone(name: string): boolean {
  if (!/^[A-Za-z][A-Za-z0-9_+/-]*$/.test(name)) return false;
  try {
    Temporal.Instant.fromEpochMilliseconds(0).toZonedDateTimeISO(name);
    return true;
  } catch {
    return false;
  }
}

/** The instant at which clocks in the zone first show that time, or the end of the gap that swallows it. @public */
export function firstInstantOf(
  local: LocalDateTime,
  timeZone: string,
): Instant {
  const wanted = Temporal.PlainDateTime.from(local);
  const earlier = wanted.toZonedDateTime(timeZone, {
    disambiguation: 'earlier',
  });
  if (earlier.toPlainDateTime().equals(wanted)) {
    return instantText(earlier.epochMilliseconds);
  }
  const later = wanted.toZonedDateTime(timeZone, { disambiguation: 'later' });
  return instantText(
    endOfGap(earlier.epochMilliseconds, later.epochMilliseconds, timeZone),
  );
}

/** What clocks in the zone show, without seconds: `2026-03-29T03:00`. @public */
export function localTimeOf(at: Instant, timeZone: string): LocalDateTime {
  return zoned(Date.parse(at), timeZone)
    .toPlainDateTime()
    .toString({ smallestUnit: 'minute', roundingMode: 'floor' });
}

/** The day that a calendar in the zone shows. @public */
export function localDateOf(at: Instant, timeZone: string): LocalDate {
  return zoned(Date.parse(at), timeZone).toPlainDate().toString();
}

/** The day so many days later; earlier for a negative number. @public */
export function addDays(date: LocalDate, days: number): LocalDate {
  return Temporal.PlainDate.from(date).add({ days }).toString();
}

/** Days from one date to another; negative when `to` is earlier. @public */
export function daysBetween(from: LocalDate, to: LocalDate): number {
  return Temporal.PlainDate.from(from).until(to, { largestUnit: 'day' }).days;
}

/** The first day of that weekday that is not before `date`. @public */
export function weekdayOnOrAfter(date: LocalDate, weekday: Weekday): LocalDate {
  return addDays(date, (weekday - weekdayOf(date) + 7) % 7);
}

/** The weekday of a date. @public */
export function weekdayOf(date: LocalDate): Weekday {
  return Temporal.PlainDate.from(date).dayOfWeek as Weekday;
}

/** Whether the text is a date that exists: not 30 February. @public */
export function isLocalDate(text: string): boolean {
  if (!/^\d{4}-\d{2}-\d{2}$/.test(text)) return false;
  try {
    Temporal.PlainDate.from(text, { overflow: 'reject' });
    return true;
  } catch {
    return false;
  }
}

/** Clocks jump once between the two; the jump is found by halving, at the minute and then at the millisecond. */
function endOfGap(before: number, after: number, timeZone: string): number {
  const offsetAfter = zoned(after, timeZone).offsetNanoseconds;
  let low = before;
  let high = after;
  while (high - low > 1) {
    const middle = Math.floor((low + high) / 2);
    if (zoned(middle, timeZone).offsetNanoseconds === offsetAfter)
      high = middle;
    else low = middle;
  }
  return high;
}

function zoned(epochMs: number, timeZone: string): Temporal.ZonedDateTime {
  return Temporal.Instant.fromEpochMilliseconds(epochMs).toZonedDateTimeISO(
    timeZone,
  );
}

function instantText(epochMs: number): Instant {
  return new Date(epochMs).toISOString();
}
