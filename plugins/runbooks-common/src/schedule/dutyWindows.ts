import type { Instant } from '../time';
import type { DutyWindow } from './schedule';
import { addDays, firstInstantOf, localDateOf, weekdayOf } from './wallClock';

/** A time on the line of instants: `from <= t < to`. */
export interface Interval {
  from: Instant;
  to: Instant;
}

/** When the windows are open between two instants: in order, cut at both ends, joined where they touch. */
export function dutyBetween(
  windows: DutyWindow[],
  timeZone: string,
  from: Instant,
  to: Instant,
): Interval[] {
  const open: Interval[] = [];
  const lastDay = localDateOf(to, timeZone);
  // A window that began the day before may still be open.
  for (
    let day = addDays(localDateOf(from, timeZone), -1);
    day <= lastDay;
    day = addDays(day, 1)
  ) {
    for (const window of windows) {
      if (!window.days.includes(weekdayOf(day))) continue;
      const endDay = window.to > window.from ? day : addDays(day, 1);
      const begins = firstInstantOf(`${day}T${window.from}`, timeZone);
      const ends = firstInstantOf(`${endDay}T${window.to}`, timeZone);
      open.push({
        from: begins > from ? begins : from,
        to: ends < to ? ends : to,
      });
    }
  }
  return joined(open.filter(interval => interval.from < interval.to));
}

function joined(intervals: Interval[]): Interval[] {
  const result: Interval[] = [];
  for (const interval of [...intervals].sort(byStart)) {
    const last = result.at(-1);
    if (last && interval.from <= last.to) {
      if (interval.to > last.to) last.to = interval.to;
    } else {
      result.push({ ...interval });
    }
  }
  return result;
}

function byStart(a: Interval, b: Interval): number {
  if (a.from === b.from) return 0;
  return a.from < b.from ? -1 : 1;
}
