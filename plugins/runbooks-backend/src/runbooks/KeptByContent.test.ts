import { ReadingGivenUp } from '../reading/ReadingGivenUp';
import { KeptByContent } from './KeptByContent';

describe('keeping what was made of texts', () => {
  it('makes it once for all who ask at once, and lets go of what was used longest ago', async () => {
    const kept = new KeptByContent<string>({ maxSize: 10, maxEntries: 100 });
    const made: string[] = [];
    const get = (text: string) =>
      kept.get(text, text, async () => {
        made.push(text);
        return text;
      });
    await Promise.all([get('aaaa'), get('aaaa'), get('bbbb')]);
    await get('aaaa');
    await get('cccc');
    await get('aaaa');
    await get('bbbb');
    expect(made).toEqual(['aaaa', 'bbbb', 'cccc', 'bbbb']);
  });

  it('does not try a text again that failed a moment ago', async () => {
    const kept = new KeptByContent<string>({ maxSize: 10, maxEntries: 100 });
    const make = jest.fn(() => Promise.reject(new Error('too slow')));
    await expect(kept.get('a', 'a', make)).rejects.toThrow('too slow');
    await expect(kept.get('a', 'a', make)).rejects.toThrow('too slow');
    expect(make).toHaveBeenCalledTimes(1);
  });

  it.each([
    { text: 'that could not be read', tookTooLong: false, minutes: 2 },
    { text: 'that takes too long', tookTooLong: true, minutes: 31 },
  ])('tries a text $text again after $minutes minutes', async example => {
    jest.useFakeTimers();
    try {
      const kept = new KeptByContent<string>({ maxSize: 10, maxEntries: 100 });
      const make = jest.fn(() =>
        Promise.reject(new ReadingGivenUp('given up', example)),
      );
      const times = async () => {
        await kept.get('a', 'a', make).catch(() => {});
        return make.mock.calls.length;
      };
      expect(await times()).toBe(1);
      jest.advanceTimersByTime((example.minutes - 1.5) * 60_000);
      expect(await times()).toBe(1);
      jest.advanceTimersByTime(1.5 * 60_000);
      expect(await times()).toBe(2);
    } finally {
      jest.useRealTimers();
    }
  });
});
