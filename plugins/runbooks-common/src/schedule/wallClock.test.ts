import fc from 'fast-check';
import {
  firstInstantOf,
  isLocalDate,
  isTimeZone,
  localTimeOf,
} from './wallClock';

interface ClockCase {
  zone: string;
  local: string;
  is: string;
  because: string;
}

describe('wall clocks', () => {
  // prettier-ignore
  it.each<ClockCase>([
    { zone: 'Europe/Warsaw', local: '2026-01-05T09:00', is: '2026-01-05T08:00:00.000Z', because: 'winter is one hour ahead' },
    { zone: 'Europe/Warsaw', local: '2026-07-06T09:00', is: '2026-07-06T07:00:00.000Z', because: 'summer is two hours ahead' },
    { zone: 'Europe/Warsaw', local: '2026-03-29T02:30', is: '2026-03-29T01:00:00.000Z', because: '02:30 does not exist; the gap ends at 03:00' },
    { zone: 'Europe/Warsaw', local: '2026-03-29T02:00', is: '2026-03-29T01:00:00.000Z', because: 'the gap begins at 02:00 and ends at 03:00' },
    { zone: 'Europe/Warsaw', local: '2026-03-29T03:00', is: '2026-03-29T01:00:00.000Z', because: '03:00 is the end of the gap' },
    { zone: 'Europe/Warsaw', local: '2026-10-25T02:30', is: '2026-10-25T00:30:00.000Z', because: '02:30 comes twice; the first one counts' },
    { zone: 'America/New_York', local: '2026-03-08T02:15', is: '2026-03-08T07:00:00.000Z', because: '02:15 does not exist; the gap ends at 03:00' },
    { zone: 'America/New_York', local: '2026-11-01T01:15', is: '2026-11-01T05:15:00.000Z', because: '01:15 comes twice; the first one is still summer' },
    { zone: 'Africa/Cairo', local: '2026-04-24T00:30', is: '2026-04-23T22:00:00.000Z', because: 'clocks go forward at midnight; the day begins at 01:00' },
    { zone: 'America/Santiago', local: '2026-09-06T00:00', is: '2026-09-06T04:00:00.000Z', because: 'midnight does not exist; the day begins at 01:00' },
    { zone: 'Asia/Beirut', local: '2026-03-29T00:00', is: '2026-03-28T22:00:00.000Z', because: 'midnight does not exist; the day begins at 01:00' },
    { zone: 'Australia/Lord_Howe', local: '2026-10-04T02:10', is: '2026-10-03T15:30:00.000Z', because: 'clocks go forward by half an hour; the gap ends at 02:30' },
    { zone: 'Pacific/Apia', local: '2011-12-30T09:00', is: '2011-12-30T10:00:00.000Z', because: 'the whole day was left out; the gap ends at midnight of the 31st' },
    { zone: 'Pacific/Chatham', local: '2026-01-05T09:00', is: '2026-01-04T19:15:00.000Z', because: 'offsets need not be whole hours' },
    { zone: 'Asia/Kathmandu', local: '2026-01-05T00:00', is: '2026-01-04T18:15:00.000Z', because: 'offsets need not be whole hours' },
  ])('$local in $zone is $is: $because', ({ zone, local, is }) => {
    expect(firstInstantOf(local, zone)).toBe(is);
  });

  it('shows the same time again for every time that exists, in every zone tried', () => {
    const zones = [
      'Europe/Warsaw',
      'America/New_York',
      'Africa/Cairo',
      'Australia/Lord_Howe',
      'Pacific/Apia',
      'Africa/Casablanca',
      'America/Havana',
      'Asia/Tehran',
    ];
    fc.assert(
      fc.property(
        fc.constantFrom(...zones),
        fc.integer({
          min: Date.UTC(2005, 0, 1) / 60_000,
          max: Date.UTC(2036, 0, 1) / 60_000,
        }),
        (zone, minute) => {
          const at = new Date(minute * 60_000).toISOString();
          const local = localTimeOf(at, zone);
          const first = firstInstantOf(local, zone);
          expect(localTimeOf(first, zone)).toBe(local);
          expect(first <= at).toBe(true);
        },
      ),
      { numRuns: 500 },
    );
  });

  it.each([
    ['Europe/Warsaw', true],
    ['UTC', true],
    ['Etc/GMT+5', true],
    ['Europe/Bärlin', false],
    ['Europe/Nowhere', false],
    ['+02:00', false],
    ['', false],
  ])('%s is a time zone: %s', (name, expected) => {
    expect(isTimeZone(name)).toBe(expected);
  });

  it.each([
    ['2026-02-28', true],
    ['2026-02-29', false],
    ['2028-02-29', true],
    ['2026-1-5', false],
    ['tomorrow', false],
  ])('%s is a date: %s', (text, expected) => {
    expect(isLocalDate(text)).toBe(expected);
  });
});
