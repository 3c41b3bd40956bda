import { ServiceUnavailableError } from '@backstage/errors';
import { ReadingGivenUp } from '../reading/ReadingGivenUp';
import { KeptByContent } from './KeptByContent';

describe('keeping what was made of texts', () => {
  it('makes it once for all who ask at once, and lets go of what was used longest ago', async () => {
    const kept = new KeptByContent<string>({ maxSize: 40, maxEntries: 100 });
    const made: string[] = [];
    const get = (text: string) =>
      kept.get(text, text, 'ann', async () => {
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

  it('lets go of what somebody else looks at for nobody who looks at much', async () => {
    const kept = new KeptByContent<string>({ maxSize: 40, maxEntries: 100 });
    const made: string[] = [];
    const get = (text: string, person: string) =>
      kept.get(text, text, person, async () => {
        made.push(text);
        return text;
      });
    await get('of bob', 'bob');
    for (let n = 0; n < 50; n++) await get(`ann ${n} ....`, 'ann');
    await get('of bob', 'bob');
    await get('of bob', 'ann');
    expect(made.filter(text => text === 'of bob')).toHaveLength(1);
  });

  it('keeps no more than its bounds, however many people look', async () => {
    const kept = new KeptByContent<string>({ maxSize: 40, maxEntries: 100 });
    const made: string[] = [];
    const get = (person: string) =>
      kept.get(person, `${person} ......`, person, async () => {
        made.push(person);
        return person;
      });
    for (let n = 0; n < 9; n++) await get(`p${n}`);
    await get('p0');
    await get('p8');
    expect(made.filter(one => one === 'p0')).toHaveLength(2);
    expect(made.filter(one => one === 'p8')).toHaveLength(1);
  });

  it('lets nobody wait behind what somebody else asked for; who comes later makes nothing that is there by then', async () => {
    const kept = new KeptByContent<string>({ maxSize: 40, maxEntries: 100 });
    let endOfAnn: (made: string) => void = () => {};
    const ofAnn = kept.get('a', 'a', 'ann', () => {
      return new Promise<string>(resolve => {
        endOfAnn = resolve;
      });
    });
    // Ann's turn is far away; his is at once.
    expect(await kept.get('a', 'a', 'bob', async () => 'his')).toBe('his');
    expect(await ofAnn).toBe('his');
    endOfAnn('hers');
    const make = jest.fn(async () => 'again');
    expect(await kept.get('a', 'a', 'cyd', make)).toBe('his');
    expect(make).not.toHaveBeenCalled();
  });

  it('tells whoever waits in a turn of their own that it is there', async () => {
    const kept = new KeptByContent<string>({ maxSize: 40, maxEntries: 100 });
    const signals: AbortSignal[] = [];
    const waiting = (signal: AbortSignal) => {
      signals.push(signal);
      return new Promise<string>(() => {});
    };
    const asked = ['ann', 'bob', 'cyd'].map(person =>
      kept.get('a', 'a', person, waiting),
    );
    asked.push(kept.get('a', 'a', 'dan', async () => 'made'));
    expect(await Promise.all(asked)).toEqual(Array(4).fill('made'));
    expect(signals.map(({ aborted }) => aborted)).toEqual([true, true, true]);
  });

  it('is refused for who asks too much, and for nobody else', async () => {
    const kept = new KeptByContent<string>({ maxSize: 40, maxEntries: 100 });
    const refuse = async () => {
      throw new ServiceUnavailableError('50 of your texts wait');
    };
    await expect(kept.get('a', 'a', 'ann', refuse)).rejects.toThrow('50');
    expect(await kept.get('a', 'a', 'bob', async () => 'his')).toBe('his');
    expect(await kept.get('a', 'a', 'ann', refuse)).toBe('his');
  });

  it('does not try a text again that failed a moment ago', async () => {
    const kept = new KeptByContent<string>({ maxSize: 10, maxEntries: 100 });
    const make = jest.fn(() => Promise.reject(new Error('too slow')));
    await expect(kept.get('a', 'a', 'ann', make)).rejects.toThrow('too slow');
    await expect(kept.get('a', 'a', 'ann', make)).rejects.toThrow('too slow');
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
        await kept.get('a', 'a', 'ann', make).catch(() => {});
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
