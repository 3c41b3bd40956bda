import type { Instant } from '@backstage-runbooks/plugin-runbooks-common';

const SECOND_MS = 1_000;
const MINUTE_MS = 60 * SECOND_MS;
const HOUR_MS = 60 * MINUTE_MS;
const DAY_MS = 24 * HOUR_MS;

/** How long something took or takes: "850 ms", "12 s", "3 min 20 s", "2 h 5 min", "4 d 3 h". */
export function durationWords(durationMs: number): string {
  if (durationMs < SECOND_MS)
    return `${Math.max(0, Math.round(durationMs))} ms`;
  if (durationMs < 10 * SECOND_MS) {
    return `${(durationMs / SECOND_MS).toFixed(1).replace('.0', '')} s`;
  }
  if (Math.round(durationMs / SECOND_MS) < 60) {
    return `${Math.round(durationMs / SECOND_MS)} s`;
  }
  if (durationMs < HOUR_MS) {
    return twoUnits(durationMs, MINUTE_MS, 'min', SECOND_MS, 's');
  }
  if (durationMs < DAY_MS) {
    return twoUnits(durationMs, HOUR_MS, 'h', MINUTE_MS, 'min');
  }
  return twoUnits(durationMs, DAY_MS, 'd', HOUR_MS, 'h');
}

/** When something was, seen from `now`: "just now", "5 min ago", "yesterday 14:02", "3 Nov 2026". */
export function agoWords(at: Instant, now: number): string {
  const ageMs = now - Date.parse(at);
  if (ageMs < 10 * SECOND_MS) return 'just now';
  if (ageMs < MINUTE_MS) return `${Math.round(ageMs / SECOND_MS)} s ago`;
  if (ageMs < HOUR_MS) return `${Math.floor(ageMs / MINUTE_MS)} min ago`;
  if (ageMs < DAY_MS) return `${Math.floor(ageMs / HOUR_MS)} h ago`;
  if (ageMs < 14 * DAY_MS) {
    const days = Math.floor(ageMs / DAY_MS);
    return days === 1 ? 'a day ago' : `${days} days ago`;
  }
  return dayWords(at);
}

/** How long until something, seen from `now`: "in 12 min", "in 3 h", "now". */
export function inWords(at: Instant, now: number): string {
  const leftMs = Date.parse(at) - now;
  if (leftMs <= 0) return 'now';
  if (leftMs < MINUTE_MS) return 'in under a minute';
  if (leftMs < HOUR_MS) return `in ${Math.round(leftMs / MINUTE_MS)} min`;
  if (leftMs < DAY_MS) return `in ${Math.round(leftMs / HOUR_MS)} h`;
  const days = Math.round(leftMs / DAY_MS);
  return days === 1 ? 'in a day' : `in ${days} days`;
}

/** A day as people read it: "3 Nov 2026". */
export function dayWords(at: Instant): string {
  return new Intl.DateTimeFormat(undefined, { dateStyle: 'medium' }).format(
    new Date(at),
  );
}

/** A moment with its day, for a list that is read later: "21 Nov 2026, 09:00". */
export function dayTimeWords(at: Instant, timeZone?: string): string {
  return new Intl.DateTimeFormat(undefined, {
    day: 'numeric',
    month: 'short',
    year: 'numeric',
    hour: '2-digit',
    minute: '2-digit',
    hourCycle: 'h23',
    timeZone,
  }).format(new Date(at));
}

/** A moment in full, in the zone of the person looking: "Sat, 21 Nov 2026, 09:00:12 GMT+1". */
export function momentWords(at: Instant, timeZone?: string): string {
  return new Intl.DateTimeFormat(undefined, {
    weekday: 'short',
    day: 'numeric',
    month: 'short',
    year: 'numeric',
    hour: '2-digit',
    minute: '2-digit',
    second: '2-digit',
    hourCycle: 'h23',
    timeZoneName: 'short',
    timeZone,
  }).format(new Date(at));
}

/** A moment in a column of moments: "21 Nov 2026, 09:00:12". */
export function columnMomentWords(at: Instant): string {
  return new Intl.DateTimeFormat(undefined, {
    day: 'numeric',
    month: 'short',
    year: 'numeric',
    hour: '2-digit',
    minute: '2-digit',
    second: '2-digit',
    hourCycle: 'h23',
  }).format(new Date(at));
}

/** A moment near `now` without what goes without saying: "21:00", "Mon 09:00", "3 Dec, 09:00". */
export function nearMomentWords(
  at: Instant,
  now: number,
  timeZone?: string,
): string {
  const moment = new Date(at);
  const time = new Intl.DateTimeFormat(undefined, {
    hour: '2-digit',
    minute: '2-digit',
    hourCycle: 'h23',
    timeZone,
  }).format(moment);
  if (dayKey(moment, timeZone) === dayKey(new Date(now), timeZone)) return time;
  const isNear = Math.abs(moment.getTime() - now) < 6 * DAY_MS;
  const day = new Intl.DateTimeFormat(
    undefined,
    isNear
      ? { weekday: 'short', timeZone }
      : { day: 'numeric', month: 'short', timeZone },
  ).format(moment);
  return isNear ? `${day} ${time}` : `${day}, ${time}`;
}

/** What a zone is called at a moment, in short: "GMT+1". */
export function zoneWords(at: Instant, timeZone?: string): string {
  return (
    new Intl.DateTimeFormat(undefined, { timeZone, timeZoneName: 'short' })
      .formatToParts(new Date(at))
      .find(part => part.type === 'timeZoneName')?.value ?? ''
  );
}

/** The zone of the person looking, as an IANA name. */
export function viewerTimeZone(): string {
  return new Intl.DateTimeFormat().resolvedOptions().timeZone;
}

function dayKey(moment: Date, timeZone?: string) {
  return new Intl.DateTimeFormat('en-CA', { timeZone }).format(moment);
}

function twoUnits(
  durationMs: number,
  bigMs: number,
  big: string,
  smallMs: number,
  small: string,
) {
  const whole = Math.round(durationMs / smallMs) * smallMs;
  const bigCount = Math.floor(whole / bigMs);
  const smallCount = Math.round((whole % bigMs) / smallMs);
  return smallCount === 0
    ? `${bigCount} ${big}`
    : `${bigCount} ${big} ${smallCount} ${small}`;
}
