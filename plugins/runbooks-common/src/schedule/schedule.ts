import type { EntityRef, Instant, LocalDate } from '../time';
import type { Weekday } from './wallClock';

/** People who take turns, by the wall clock of a zone. @public */
export interface Rotation {
  name: string;
  timeZone: string;
  /** How long a turn is: `{ count: 2, unit: 'week' }`. */
  every: { count: number; unit: 'day' | 'week' };
  /** Time of the day at which turns change, `HH:MM`. */
  handoffTime: string;
  /** Day on which the first turn begins. Turns of weeks all begin on its weekday. */
  firstDay: LocalDate;
  /** Day on which the last turn ends, at the handoff time; undefined: never. */
  endDay?: LocalDate;
  /** In the order of their turns; the same person may come twice. */
  /** In the order of their turns; `NOBODY` where the document names none that can be read. */
  users: EntityRef[];
  /** Only at these times; undefined: always. Who has the turn then is on duty. */
  onDuty?: DutyWindow[];
}

/** A time of certain weekdays. An end that is not after its start is on the day after. @public */
export interface DutyWindow {
  days: Weekday[];
  /** `HH:MM` */
  from: string;
  to: string;
}

/** Has a turn of a rotation that nobody has: at that time the rotation has no shift. @public */
export const NOBODY: EntityRef = '';

/** Somebody stands in for whoever it would be: `from <= t < to`. @public */
export interface ScheduleOverride {
  userRef: EntityRef;
  from: Instant;
  to: Instant;
  note?: string;
}

/**
 * Who is on call when. Later layers cover earlier ones wherever they have somebody; overrides cover all layers, and
 * later overrides earlier ones.
 *
 * @public
 */
export interface Schedule {
  id: string;
  title: string;
  timeZone: string;
  layers: Rotation[];
  overrides: ScheduleOverride[];
}
