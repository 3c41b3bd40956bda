import type { Instant } from '../time';
import type { Shift } from './model';
import { dutyBetween } from './dutyWindows';
import { NOBODY, type Rotation } from './schedule';
import { addDays, daysBetween, firstInstantOf, localDateOf } from './wallClock';

/** The shift of the rotation at an instant; undefined before its first turn, after its end and off duty. @public */
export function shiftAt(rotation: Rotation, at: Instant): Shift | undefined {
  const turn = turnAt(rotation, at);
  return turn && dutyOf(rotation, [turn]).find(shift => contains(shift, at));
}

/**
 * All shifts of the rotation that touch `from <= t < to`, whole and in order. Without duty windows each begins where
 * the one before ends.
 *
 * @public
 */
export function rotationShifts(
  rotation: Rotation,
  from: Instant,
  to: Instant,
): Shift[] {
  const turns: Shift[] = [];
  const first = Math.max(0, turnNumberNear(rotation, from) - 2);
  for (let number = first; ; number++) {
    const turn = turnOf(rotation, number);
    if (!turn || turn.from >= to) break;
    if (turn.from < turn.to && turn.to > from) turns.push(turn);
  }
  return dutyOf(rotation, turns).filter(
    shift => shift.from < to && shift.to > from,
  );
}

/** How many days a turn has. */
export function daysOfTurn({ every }: Rotation): number {
  return every.count * (every.unit === 'week' ? 7 : 1);
}

function turnAt(rotation: Rotation, at: Instant): Shift | undefined {
  const near = turnNumberNear(rotation, at);
  // Clocks differ from days by less than two days everywhere, so the turn is one of these.
  for (let number = Math.max(0, near - 2); number <= near + 2; number++) {
    const turn = turnOf(rotation, number);
    if (turn && contains(turn, at)) return turn;
  }
  return undefined;
}

function turnNumberNear(rotation: Rotation, at: Instant): number {
  const day = localDateOf(at, rotation.timeZone);
  return Math.floor(daysBetween(rotation.firstDay, day) / daysOfTurn(rotation));
}

/** Turns are numbered from 0; undefined after the end of the rotation. */
function turnOf(rotation: Rotation, number: number): Shift | undefined {
  const { endDay, handoffTime, timeZone, users } = rotation;
  const days = daysOfTurn(rotation);
  const firstDay = addDays(rotation.firstDay, number * days);
  if (endDay !== undefined && firstDay >= endDay) return undefined;
  const lastDay = addDays(firstDay, days);
  const until = endDay !== undefined && lastDay > endDay ? endDay : lastDay;
  return {
    userRef: users[number % users.length],
    from: firstInstantOf(`${firstDay}T${handoffTime}`, timeZone),
    to: firstInstantOf(`${until}T${handoffTime}`, timeZone),
    source: rotation.name,
  };
}

/** The parts of turns that somebody has and that are on duty. Turns follow one another. */
function dutyOf(rotation: Rotation, turns: Shift[]): Shift[] {
  return windowsOf(rotation, turns).filter(({ userRef }) => userRef !== NOBODY);
}

function windowsOf({ onDuty, timeZone }: Rotation, turns: Shift[]): Shift[] {
  const [first] = turns;
  const last = turns.at(-1);
  if (!onDuty || !first || !last) return turns;
  const duties = dutyBetween(onDuty, timeZone, first.from, last.to);
  let begin = 0;
  return turns.flatMap(turn => {
    while (begin < duties.length && duties[begin].to <= turn.from) begin++;
    const parts: Shift[] = [];
    for (let index = begin; index < duties.length; index++) {
      const duty = duties[index];
      if (duty.from >= turn.to) break;
      parts.push({
        ...turn,
        from: duty.from > turn.from ? duty.from : turn.from,
        to: duty.to < turn.to ? duty.to : turn.to,
      });
    }
    return parts;
  });
}

function contains({ from, to }: Shift, at: Instant): boolean {
  return from <= at && at < to;
}
