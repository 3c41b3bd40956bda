import fc from 'fast-check';
import { differenceText } from './differenceText';

const MANY = 100_000;

describe('the difference of a file', () => {
  it('shows what went and what came, with a few lines around', () => {
    const lines = Array.from({ length: 20 }, (_, n) => `line ${n}`);
    const before = `${lines.join('\n')}\n`;
    const after = before.replace('line 10\n', 'line ten\n');
    expect(differenceText(before, after, MANY)).toBe(
      [
        '(7 unchanged lines)',
        ' line 7',
        ' line 8',
        ' line 9',
        '-line 10',
        '+line ten',
        ' line 11',
        ' line 12',
        ' line 13',
        '(6 unchanged lines)',
      ].join('\n'),
    );
  });

  it.each([
    { what: 'added', before: undefined, after: 'a\nb\n', text: '+a\n+b' },
    { what: 'deleted', before: 'a\nb\n', after: undefined, text: '-a\n-b' },
    {
      what: 'that lost its last line end',
      before: 'a\n',
      after: 'a',
      text: '-a\n+a (no line end)',
    },
  ])('of a file $what is whole', ({ before, after, text }) => {
    expect(differenceText(before, after, MANY)).toBe(text);
  });

  it('is bounded, and says how much is not shown', () => {
    const text = differenceText(
      undefined,
      'x'.repeat(50).concat('\n').repeat(1000),
      1000,
    );
    expect(text.length).toBeLessThan(1100);
    expect(text).toMatch(/\(981 more lines are not shown\)$/);
  });

  it('compares long files in bounded time', () => {
    const before = Array.from({ length: 40_000 }, (_, n) => `a${n}`).join('\n');
    const after = Array.from({ length: 40_000 }, (_, n) => `b${n}`).join('\n');
    expect(differenceText(before, after, MANY)).toContain('-a0');
  });

  it('holds every line of both texts that is in one of them only', () => {
    const text = fc.array(fc.constantFrom('a', 'b', 'c', 'd'), {
      maxLength: 30,
    });
    fc.assert(
      fc.property(text, text, (before, after) => {
        const shown = differenceText(
          before.map(line => `${line}\n`).join(''),
          after.map(line => `${line}\n`).join(''),
          MANY,
        ).split('\n');
        const count = (mark: string) =>
          shown.filter(line => line.startsWith(mark)).length;
        const kept = before.length - count('-');
        expect(after.length - count('+')).toBe(kept);
        expect(shown.some(line => /^[+-]/.test(line))).toBe(
          before.join('\n') !== after.join('\n'),
        );
      }),
    );
  });
});
