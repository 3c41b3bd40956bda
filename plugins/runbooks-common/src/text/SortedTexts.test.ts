import fc from 'fast-check';
import { SortedTexts } from './SortedTexts';

describe('texts that are looked up by what they begin with', () => {
  const texts = fc.uniqueArray(
    fc.string({ unit: fc.constantFrom('a', 'b'), minLength: 1, maxLength: 6 }),
  );
  const other = fc.string({ unit: fc.constantFrom('a', 'b'), maxLength: 8 });

  function sorted(all: string[]): SortedTexts {
    const result = new SortedTexts();
    for (const text of all) result.add(text);
    return result;
  }

  it('are found where another text begins with them, the longest one', () => {
    fc.assert(
      fc.property(texts, other, (all, text) => {
        const [longest] = all
          .filter(one => text.startsWith(one))
          .sort((a, b) => b.length - a.length);
        expect(sorted(all).longestBeginningOf(text)).toBe(longest);
      }),
    );
  });

  it('are found where they begin with another text and go on', () => {
    fc.assert(
      fc.property(texts, other, (all, text) => {
        const expected = all.some(
          one => one.length > text.length && one.startsWith(text),
        );
        expect(sorted(all).hasLonger(text)).toBe(expected);
      }),
    );
  });
});
