import {
  handoverAt,
  holesBetween,
  nextShift,
  onCallAt,
  shiftsBetween,
} from './onCallAt';
import type { Rotation, Schedule } from './schedule';

const [ana, ben] = ['user:default/ana', 'user:default/ben'];
const at = (time: string) => `2026-01-${time}:00.000Z`;

const DAILY: Rotation = {
  name: 'Daily',
  timeZone: 'UTC',
  every: { count: 1, unit: 'day' },
  handoffTime: '09:00',
  firstDay: '2026-01-05',
  endDay: '2026-01-08',
  users: [ana, ben],
};

function scheduleOf(overrides: Schedule['overrides'] = []): Schedule {
  return {
    id: 'primary',
    title: 'Primary',
    timeZone: 'UTC',
    layers: [DAILY],
    overrides,
  };
}

describe('at the moment at which shifts meet', () => {
  it('whoever takes over is on call, and no longer whoever hands over', () => {
    const schedule = scheduleOf();
    const whoAt = (time: string) => onCallAt(schedule, at(time))?.userRef;
    expect(whoAt('05T08:59')).toBeUndefined();
    expect(whoAt('05T09:00')).toBe(ana);
    expect(whoAt('06T08:59')).toBe(ana);
    expect(whoAt('06T09:00')).toBe(ben);
    expect(whoAt('08T09:00')).toBeUndefined();
  });

  it('the next shift is the one after that which begins now', () => {
    const next = (time: string) => nextShift(scheduleOf(), at(time))?.from;
    expect(next('05T08:59')).toBe(at('05T09:00'));
    expect(next('05T09:00')).toBe(at('06T09:00'));
    expect(next('07T09:00')).toBeUndefined();
  });

  it('a shift that ends or begins at an end of the time that is asked for is no part of it', () => {
    const between = (from: string, to: string) =>
      shiftsBetween(scheduleOf(), at(from), at(to)).map(shift => shift.from);
    expect(between('06T09:00', '07T09:00')).toEqual([at('06T09:00')]);
    expect(between('06T08:59', '07T09:01')).toEqual([
      at('05T09:00'),
      at('06T09:00'),
      at('07T09:00'),
    ]);
  });

  it('the last shift has an end and nobody after it', () => {
    expect(handoverAt(scheduleOf(), at('07T09:00'))).toEqual({
      now: {
        userRef: ana,
        from: at('07T09:00'),
        to: at('08T09:00'),
        source: 'Daily',
      },
    });
  });

  it('there is a hole before the first and after the last, and none where nobody asks', () => {
    const holes = (from: string, to: string) =>
      holesBetween([scheduleOf()], at(from), at(to));
    expect(holes('05T08:00', '08T10:00')).toEqual([
      { from: at('05T08:00'), to: at('05T09:00') },
      { from: at('08T09:00'), to: at('08T10:00') },
    ]);
    expect(holes('05T09:00', '08T09:00')).toEqual([]);
  });

  it('an override without a note is told as an override, and cuts what it covers', () => {
    const overrides = [
      { userRef: ben, from: at('05T10:00'), to: at('05T12:00') },
    ];
    expect(
      shiftsBetween(scheduleOf(overrides), at('05T09:00'), at('06T09:00')),
    ).toEqual([
      {
        userRef: ana,
        from: at('05T09:00'),
        to: at('05T10:00'),
        source: 'Daily',
      },
      {
        userRef: ben,
        from: at('05T10:00'),
        to: at('05T12:00'),
        source: 'override',
      },
      {
        userRef: ana,
        from: at('05T12:00'),
        to: at('06T09:00'),
        source: 'Daily',
      },
    ]);
  });
});
