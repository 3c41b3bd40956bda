import fc from 'fast-check';
import { instantAfter } from '../time';
import {
  handoverAt,
  holesBetween,
  nextShift,
  onCallAt,
  shiftsBetween,
} from './onCallAt';
import { shiftAt } from './rotation';
import type { Rotation, Schedule } from './schedule';
import type { Weekday } from './wallClock';

const HOUR_MS = 60 * 60_000;
const START = '2026-01-05';
const people = ['ana', 'ben', 'cleo', 'dan'].map(
  name => `user:default/${name}`,
);

const clock = fc
  .tuple(fc.integer({ min: 0, max: 23 }), fc.constantFrom(0, 15, 30, 59))
  .map(parts => parts.map(part => String(part).padStart(2, '0')).join(':'));

const windows = fc.array(
  fc.record({
    days: fc.uniqueArray(fc.integer({ min: 1, max: 7 }), {
      minLength: 1,
      maxLength: 7,
    }) as fc.Arbitrary<Weekday[]>,
    from: clock,
    to: clock,
  }),
  { minLength: 1, maxLength: 3 },
);

function layerIn(timeZone: string): fc.Arbitrary<Rotation> {
  return fc.record({
    name: fc.constant('Layer'),
    timeZone: fc.constant(timeZone),
    every: fc.record({
      count: fc.integer({ min: 1, max: 3 }),
      unit: fc.constantFrom<'day' | 'week'>('day', 'week'),
    }),
    handoffTime: clock,
    firstDay: fc.constantFrom(START, '2026-02-02', '2026-03-28'),
    endDay: fc.option(fc.constantFrom('2026-03-29', '2026-06-01'), {
      nil: undefined,
    }),
    users: fc.array(fc.constantFrom(...people), { minLength: 1, maxLength: 3 }),
    onDuty: fc.option(windows, { nil: undefined }),
  });
}

const override = fc
  .record({
    userRef: fc.constantFrom(...people),
    afterHours: fc.integer({ min: 0, max: 24 * 200 }),
    hours: fc.integer({ min: 1, max: 24 * 20 }),
  })
  .map(({ userRef, afterHours, hours }) => {
    const from = instantAfter(`${START}T00:00:00.000Z`, afterHours * HOUR_MS);
    return { userRef, from, to: instantAfter(from, hours * HOUR_MS) };
  });

const schedules: fc.Arbitrary<Schedule> = fc
  .constantFrom('Europe/Warsaw', 'Africa/Cairo', 'Australia/Lord_Howe', 'UTC')
  .chain(timeZone =>
    fc.record({
      id: fc.constant('any'),
      title: fc.constant('Any'),
      timeZone: fc.constant(timeZone),
      layers: fc.array(layerIn(timeZone), { maxLength: 3 }),
      overrides: fc.array(override, { maxLength: 4 }),
    }),
  );

/** In half minutes, so that instants beside every boundary come up. */
const instants = fc
  .integer({ min: -2_000, max: 200 * 24 * 120 })
  .map(halfMinutes =>
    instantAfter(`${START}T00:00:00.000Z`, halfMinutes * 30_000),
  );

/** The rule said in the simplest way: the last override, else the last layer, that has somebody at that moment. */
function simplyOnCall(schedule: Schedule, at: string): string | undefined {
  const standIn = schedule.overrides.findLast(
    each => each.from <= at && at < each.to,
  );
  return (
    standIn?.userRef ??
    schedule.layers
      .map(layer => shiftAt(layer, at)?.userRef)
      .findLast(userRef => userRef !== undefined)
  );
}

describe('the final schedule', () => {
  it('has at every moment whom the last override or layer has', () => {
    fc.assert(
      fc.property(schedules, instants, (schedule, at) => {
        expect(onCallAt(schedule, at)?.userRef).toBe(
          simplyOnCall(schedule, at),
        );
      }),
      { numRuns: 150 },
    );
  });

  it('never has two people at once, and no empty shifts', () => {
    fc.assert(
      fc.property(schedules, instants, (schedule, from) => {
        const to = instantAfter(from, 40 * 24 * HOUR_MS);
        const shifts = shiftsBetween(schedule, from, to);
        expect(shifts.filter(shift => shift.from >= shift.to)).toEqual([]);
        const overlapping = shifts.filter(
          (shift, index) => index > 0 && shifts[index - 1].to > shift.from,
        );
        expect(overlapping).toEqual([]);
      }),
      { numRuns: 40 },
    );
  });

  it('tells a shift with the same ends from wherever one looks', () => {
    fc.assert(
      fc.property(schedules, instants, (schedule, at) => {
        const shift = onCallAt(schedule, at);
        fc.pre(shift !== undefined);
        const wide = shiftsBetween(
          schedule,
          instantAfter(at, -30 * 24 * HOUR_MS),
          instantAfter(at, 30 * 24 * HOUR_MS),
        );
        expect(wide).toContainEqual(shift);
      }),
      { numRuns: 40 },
    );
  });

  it('has nobody exactly in its holes', () => {
    fc.assert(
      fc.property(schedules, instants, (schedule, from) => {
        const to = instantAfter(from, 20 * 24 * HOUR_MS);
        const holes = holesBetween([schedule], from, to);
        const inHoles = holes.flatMap(hole => [
          onCallAt(schedule, hole.from),
          onCallAt(schedule, instantAfter(hole.to, -1)),
        ]);
        expect(inHoles.filter(Boolean)).toEqual([]);
        const ended = holes.filter(hole => hole.to < to);
        expect(ended.every(hole => onCallAt(schedule, hole.to))).toBe(true);
      }),
      { numRuns: 40 },
    );
  });

  it('hands over where the person changes', () => {
    fc.assert(
      fc.property(schedules, instants, (schedule, at) => {
        const { now, next } = handoverAt(schedule, at);
        expect(now?.userRef).toBe(onCallAt(schedule, at)?.userRef);
        fc.pre(now !== undefined && next !== undefined);
        const last = instantAfter(now?.to ?? at, -1);
        expect(onCallAt(schedule, last)?.userRef).toBe(now?.userRef);
        expect(next?.from === now?.to && next?.userRef === now?.userRef).toBe(
          false,
        );
      }),
      { numRuns: 30 },
    );
  });

  it('has nobody new between now and the next shift', () => {
    fc.assert(
      fc.property(schedules, instants, (schedule, at) => {
        const next = nextShift(schedule, at);
        fc.pre(next !== undefined);
        const between = shiftsBetween(schedule, at, next?.from ?? at);
        expect(between.filter(shift => shift.from > at)).toEqual([]);
        expect(onCallAt(schedule, next?.from ?? at)).toEqual(next);
      }),
      { numRuns: 40 },
    );
  });
});
