import fc from 'fast-check';
import { hasBehind } from './hasBehind';

describe('something behind something else', () => {
  it('is found anywhere behind it', () => {
    expect(hasBehind('a print x > "f"', /\bprint\b/, />/)).toBe(true);
  });

  it('is not found before it', () => {
    expect(hasBehind('x > 1 { print }', /\bprint\b/, />/)).toBe(false);
  });

  it('is not found across an end', () => {
    expect(hasBehind('print; x > 1', /\bprint\b/, />/, /;/)).toBe(false);
  });

  it('is found wherever one pattern of both would find it', () => {
    const pieces = fc.constantFrom('print', ' ', '>', ';', 'a');
    fc.assert(
      fc.property(fc.array(pieces), found => {
        const text = found.join('');
        expect(hasBehind(text, /\bprint\b/, />/, /;/)).toBe(
          /\bprint\b[^;]*>/.test(text),
        );
      }),
    );
  });
});
