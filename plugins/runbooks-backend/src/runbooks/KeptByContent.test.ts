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
});
