import { shortened } from './shortened';

describe('a text of a record', () => {
  it('stays as it is where it is short enough', () => {
    expect(shortened('web-0', 5)).toBe('web-0');
  });

  it('is told by its beginning, its length and its digest where it is longer, so that two are not taken for one', () => {
    const long = shortened('a'.repeat(110_000), 253);
    expect(long.length).toBeLessThan(400);
    expect(long).toMatch(
      /^a{253}… \(110000 characters, SHA-256 [0-9a-f]{64}\)$/,
    );
    expect(shortened(`${'a'.repeat(109_999)}b`, 253)).not.toBe(long);
  });
});
