import { agoWords, durationWords, inWords, nearMomentWords } from './timeWords';

const NOW = Date.parse('2026-11-21T12:00:00.000Z');

describe('times in words', () => {
  it.each([
    [420, '420 ms'],
    [1_840, '1.8 s'],
    [42_000, '42 s'],
    [59_999, '1 min'],
    [200_000, '3 min 20 s'],
    [7_500_000, '2 h 5 min'],
    [7_200_000, '2 h'],
    [270_000_000, '3 d 3 h'],
  ])('%d milliseconds are %s', (durationMs, words) => {
    expect(durationWords(durationMs)).toBe(words);
  });

  it.each([
    ['2026-11-21T11:59:55.000Z', 'just now'],
    ['2026-11-21T11:55:10.000Z', '4 min ago'],
    ['2026-11-21T09:00:00.000Z', '3 h ago'],
    ['2026-11-20T10:00:00.000Z', 'a day ago'],
    ['2026-11-12T12:00:00.000Z', '9 days ago'],
  ])('%s was %s', (at, words) => {
    expect(agoWords(at, NOW)).toBe(words);
  });

  it.each([
    ['2026-11-21T11:00:00.000Z', 'now'],
    ['2026-11-21T12:00:30.000Z', 'in under a minute'],
    ['2026-11-21T12:27:00.000Z', 'in 27 min'],
    ['2026-11-22T13:00:00.000Z', 'in a day'],
  ])('%s is %s', (at, words) => {
    expect(inWords(at, NOW)).toBe(words);
  });

  it('names a moment in the zone of the person looking, the day only when it is another', () => {
    expect(
      nearMomentWords('2026-11-21T20:00:00.000Z', NOW, 'Europe/Berlin'),
    ).toBe('21:00');
    expect(
      nearMomentWords('2026-11-21T23:30:00.000Z', NOW, 'Europe/Berlin'),
    ).toBe('Sun 00:30');
    expect(
      nearMomentWords('2026-11-21T23:30:00.000Z', NOW, 'America/New_York'),
    ).toBe('18:30');
  });
});
