import { growthOf, MOST_GROWTH, row } from './growth';

const shape = row('a');

describe('how the time of reading grows', () => {
  it('is told as too much where each character begins to read again', () => {
    const again = (text: string) => {
      let found = 0;
      for (let at = 0; at < text.length; at += 1) {
        for (let on = at; on < text.length; on += 1) {
          if (text.charCodeAt(on) !== 97) found += 1;
        }
      }
      return found;
    };
    const lengths = { shortest: 4_000, longest: 16_000 };
    expect(growthOf(again, shape, lengths)).toBeGreaterThan(MOST_GROWTH);
  });

  it('is told as in proportion where each character is read once', () => {
    const once = (text: string) => {
      let found = 0;
      for (let turn = 0; turn < 200; turn += 1) {
        for (let at = 0; at < text.length; at += 1) {
          if (text.charCodeAt(at) !== 97) found += 1;
        }
      }
      return found;
    };
    expect(growthOf(once, shape)).toBeLessThan(MOST_GROWTH);
  });
});
