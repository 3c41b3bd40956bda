import type {
  Instant,
  ListRunsQuery,
} from '@backstage-runbooks/plugin-runbooks-common';

const NAMES = [
  'entityRef',
  'procedureId',
  'requestedBy',
  'approvedBy',
  'state',
  'result',
  'from',
  'to',
] as const;

/** What history can be narrowed by. */
export type HistoryFilter = (typeof NAMES)[number];

/** Filters of history as they stand in the address, so that a view can be sent to somebody. */
export function historyQuery(parameters: URLSearchParams): ListRunsQuery {
  return Object.fromEntries(
    NAMES.flatMap(name => {
      const value = parameters.get(name);
      return value ? [[name, value]] : [];
    }),
  );
}

/** The address with one filter changed; a change of the service drops the procedure, which belongs to it. */
export function withFilter(
  parameters: URLSearchParams,
  name: HistoryFilter,
  value: string | undefined,
): URLSearchParams {
  const next = new URLSearchParams(parameters);
  if (name === 'entityRef') next.delete('procedureId');
  if (value) next.set(name, value);
  else next.delete(name);
  return next;
}

/** The first moment of a day, '2026-11-30', where the person looking is; undefined where it is none. */
export function beginOfDay(day: string, days = 0): Instant | undefined {
  const parts = /^(\d{4})-(\d{2})-(\d{2})$/.exec(day);
  if (!parts) return undefined;
  const [year, month, date] = parts.slice(1).map(Number);
  return new Date(year, month - 1, date + days).toISOString();
}

/** The first moment after a day, where the person looking is; undefined where it is none. */
export function endOfDay(day: string): Instant | undefined {
  return beginOfDay(day, 1);
}

/** The day on which a range begins; empty where it does not. */
export function firstDayOf(from: Instant | undefined): string {
  return from === undefined ? '' : dayOf(Date.parse(from));
}

/** The last day of a range that ends before a moment; empty where it does not. */
export function lastDayOf(to: Instant | undefined): string {
  return to === undefined ? '' : dayOf(Date.parse(to) - 1);
}

function dayOf(milliseconds: number): string {
  if (Number.isNaN(milliseconds)) return '';
  const at = new Date(milliseconds);
  const parts = [at.getFullYear(), at.getMonth() + 1, at.getDate()];
  return parts.map(part => String(part).padStart(2, '0')).join('-');
}
