import {
  holesBetween,
  instantAfter,
  localTimeOf,
  NOBODY,
  type EntityRef,
  type Instant,
  type OnCallView,
  type Person,
  type Schedule,
} from '@backstage-runbooks/plugin-runbooks-common';
import type { GroupSchedule } from './OnCallSchedules';

/** Holes further away than this are not yet a problem. */
const LOOK_AHEAD_MS = 14 * 24 * 60 * 60_000;

type Problems = OnCallView['problems'];

/**
 * What is wrong with the schedules of an entity from now on: times at which nobody at all is on call for it, holes in
 * a schedule that is meant to have none, and people who take turns and are not in the catalog.
 */
export function scheduleProblems(
  entityRef: EntityRef,
  schedules: GroupSchedule[],
  at: Instant,
  person: (userRef: EntityRef) => Person,
): Problems {
  if (schedules.length === 0) return [];
  const nobody = holeIn(schedules, at);
  return [
    ...(nobody
      ? [{ message: `Nobody is on call for ${entityRef} ${nobody}` }]
      : []),
    ...schedules.flatMap(each => [
      ...(nobody ? [] : holeProblems(each, at)),
      ...leaverProblems(each, at, person),
    ]),
  ];
}

/** Everybody who takes turns from now on. */
export function usersOf(
  { layers, overrides, timeZone }: Schedule,
  at: Instant,
): EntityRef[] {
  const today = localTimeOf(at, timeZone).slice(0, 10);
  return [
    ...new Set([
      ...layers
        .filter(({ endDay }) => endDay === undefined || endDay >= today)
        .flatMap(({ users }) => users.filter(one => one !== NOBODY)),
      ...overrides.filter(({ to }) => to > at).map(({ userRef }) => userRef),
    ]),
  ];
}

/** A schedule of office hours has holes by design; one without duty windows should have none. */
function holeProblems(each: GroupSchedule, at: Instant): Problems {
  const { schedule, source } = each;
  if (schedule.layers.some(({ onDuty }) => onDuty)) return [];
  const hole = holeIn([each], at);
  return hole
    ? [{ message: `Nobody is on call in '${schedule.title}' ${hole}`, source }]
    : [];
}

function leaverProblems(
  { schedule, source }: GroupSchedule,
  at: Instant,
  person: (userRef: EntityRef) => Person,
): Problems {
  return usersOf(schedule, at)
    .filter(userRef => !person(userRef).known)
    .map(userRef => ({
      message: `${userRef} takes turns in '${schedule.title}' and is not in the catalog`,
      source,
    }));
}

/** The next hole in words, by the clock of the first schedule; undefined where there is none within two weeks. */
function holeIn(schedules: GroupSchedule[], at: Instant): string | undefined {
  const [hole] = holesBetween(
    schedules.map(({ schedule }) => schedule),
    at,
    instantAfter(at, LOOK_AHEAD_MS),
  );
  if (!hole) return undefined;
  const { timeZone } = schedules[0].schedule;
  const clock = (instant: Instant) =>
    localTimeOf(instant, timeZone).replace('T', ' ');
  return `from ${clock(hole.from)} to ${clock(hole.to)} (${timeZone})`;
}
