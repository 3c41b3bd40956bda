import { Pace } from './Pace';

describe('telling at a pace', () => {
  beforeEach(() => jest.useFakeTimers());
  afterEach(() => jest.useRealTimers());

  it('tells the first at once, the last in the end, and of many in between ten a second', () => {
    const late: string[] = [];
    const pace = new Pace<string>(100, key => late.push(key));
    const now: boolean[] = [];
    for (let at = 0; at < 1_000; at += 1) {
      now.push(pace.tellsNow('run'));
      jest.advanceTimersByTime(1);
    }
    jest.advanceTimersByTime(1_000);
    expect(now.filter(Boolean)).toHaveLength(1);
    expect(now[0]).toBe(true);
    expect(late).toHaveLength(10);
    expect(pace.tellsNow('run')).toBe(true);
  });

  it('keeps one from holding up another, and remembers nobody for long', () => {
    const pace = new Pace<string>(100, () => {});
    expect(pace.tellsNow('one')).toBe(true);
    expect(pace.tellsNow('other')).toBe(true);
    jest.advanceTimersByTime(100);
    expect(jest.getTimerCount()).toBe(0);
  });
});
