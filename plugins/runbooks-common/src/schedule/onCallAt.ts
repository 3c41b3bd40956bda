import { instantAfter, type Instant } from '../time';
import type { Interval } from './dutyWindows';
import type { Shift } from './model';
import { daysOfTurn, rotationShifts } from './rotation';
import type { Schedule, ScheduleOverride } from './schedule';

const DAY_MS = 24 * 60 * 60_000;
/** How far ahead the next shift is looked for, beyond the longest turn. */
const HORIZON_DAYS = 400;

/** The shift of whoever is on call at an instant; undefined when nobody is. @public */
export function onCallAt(schedule: Schedule, at: Instant): Shift | undefined {
  return shiftsBetween(schedule, at, instantAfter(at, 1)).find(
    shift => shift.from <= at && at < shift.to,
  );
}

/** The first shift that begins after an instant; undefined where none does within the next 400 days. @public */
export function nextShift(schedule: Schedule, at: Instant): Shift | undefined {
  const near = 2 * longestTurnDays(schedule);
  for (const days of [near, near + HORIZON_DAYS]) {
    const next = shiftsBetween(
      schedule,
      at,
      instantAfter(at, days * DAY_MS),
    ).find(shift => shift.from > at);
    if (next) return next;
  }
  return undefined;
}

/**
 * Who is on call until when, and who takes over then.
 *
 * Shifts of the same person that follow one another are one, as people see it. Where no end of them is in sight for
 * 400 days, `now` is the shift alone and there is no `next`. After a hole, `next` is whoever ends it.
 *
 * @public
 */
export function handoverAt(
  schedule: Schedule,
  at: Instant,
): { now?: Shift; next?: Shift } {
  const near = 4 * longestTurnDays(schedule);
  for (const days of [near, near + HORIZON_DAYS]) {
    const horizon = instantAfter(at, days * DAY_MS);
    const [shift, ...following] = shiftsBetween(schedule, at, horizon);
    if (!shift || shift.from > at) return { next: nextShift(schedule, at) };
    let { to } = shift;
    const next = following.find(each => {
      const goesOn = each.from === to && each.userRef === shift.userRef;
      if (goesOn) to = each.to;
      return !goesOn;
    });
    if (next) return { now: { ...shift, to }, next };
    if (to < horizon && days > near) return { now: { ...shift, to } };
  }
  return { now: onCallAt(schedule, at) };
}

/**
 * The final schedule: all shifts that touch `from <= t < to`, whole and in order, after layers and overrides. They
 * never overlap; where nobody is on call there is a hole.
 *
 * @public
 */
export function shiftsBetween(
  schedule: Schedule,
  from: Instant,
  to: Instant,
): Shift[] {
  // A shift is cut by what covers it, also beyond the ends that were asked for: look one turn further on both sides,
  // and as far as the overrides reach.
  const margin = (longestTurnDays(schedule) + 2) * DAY_MS;
  const begin = instantAfter(from, -margin);
  const end = instantAfter(to, margin);
  let shifts: Shift[] = [];
  for (const layer of schedule.layers) {
    shifts = cover(shifts, rotationShifts(layer, begin, end));
  }
  for (const override of overridesAround(schedule, begin, end)) {
    const { userRef, note, ...interval } = override;
    shifts = cover(shifts, [
      { userRef, ...interval, source: note ? `override: ${note}` : 'override' },
    ]);
  }
  return shifts.filter(shift => shift.from < to && shift.to > from);
}

/** When nobody is on call in any of the schedules, between two instants. @public */
export function holesBetween(
  schedules: Schedule[],
  from: Instant,
  to: Instant,
): Interval[] {
  const shifts = schedules
    .flatMap(schedule => shiftsBetween(schedule, from, to))
    .sort(byStart);
  const holes: Interval[] = [];
  let covered = from;
  for (const shift of shifts) {
    if (shift.from > covered) holes.push({ from: covered, to: shift.from });
    if (shift.to > covered) covered = shift.to;
  }
  if (covered < to) holes.push({ from: covered, to });
  return holes;
}

/** Overrides at that time, and those that touch one of them and may cut it. */
function overridesAround(
  { overrides }: Schedule,
  from: Instant,
  to: Instant,
): ScheduleOverride[] {
  const touches = (other: Interval) => (each: Interval) =>
    each.from < other.to && each.to > other.from;
  const within = overrides.filter(touches({ from, to }));
  return overrides.filter(
    each => within.includes(each) || within.some(touches(each)),
  );
}

/** The upper shifts, and what they leave of the lower ones. */
function cover(lower: Shift[], upper: Shift[]): Shift[] {
  if (lower.length === 0) return upper;
  const left = lower.flatMap(shift => without(shift, upper));
  return [...left, ...upper].sort(byStart);
}

/** The parts of a shift that the intervals (in order, not overlapping) do not cover. */
function without(shift: Shift, intervals: Interval[]): Shift[] {
  const parts: Shift[] = [];
  let { from } = shift;
  for (const interval of intervals) {
    if (interval.to <= from || interval.from >= shift.to) continue;
    if (interval.from > from) {
      parts.push({ ...shift, from, to: interval.from });
    }
    from = interval.to;
  }
  if (from < shift.to) parts.push({ ...shift, from });
  return parts;
}

function byStart(a: Shift, b: Shift): number {
  if (a.from === b.from) return 0;
  return a.from < b.from ? -1 : 1;
}

function longestTurnDays({ layers }: Schedule): number {
  return Math.max(7, ...layers.map(daysOfTurn));
}
