import { growthOf, MOST_GROWTH, row, type Shape } from '../testUtils/growth';
import { readShell } from './readShell';

/** What stands before and behind a piece that comes again and again. */
function between(before: string, piece: string, behind: string): Shape {
  return length => `${before}${row(piece)(length)}${behind}`;
}

const shapes: Record<string, Shape> = {
  'a rule of a table': between('', '-', 'x'),
  'a rule with many columns': between('', '-|', 'x'),
  'empty lines behind a prompt': between('$ ls\n', '\n', ''),
  'empty lines in a sed program': between("sed '", '\n', "x' f"),
  'blanks in a sed program': between("sed '", ' ', "x' f"),
  'a name without a colon to copy from': between('kubectl cp ', 'a', ' b'),
  'blanks in a patch': between(
    "kubectl patch deploy web -p 'replicas",
    ' ',
    "'",
  ),
  'paths in a patch': between(
    "kubectl patch deploy web -p '",
    'spec/replicas',
    "'",
  ),
  'a long name in a query': between("psql -c 'SELECT ", 'a1', " FROM t'"),
  'an assignment whose quote is never closed': between('A=', 'a', '"'),
  'an assignment of many results': between('A=', '$()', '"'),
  'a declaration without a value': between('', 'const a ', ''),
};

describe('a text that is made to keep the reader busy', () => {
  it.each(Object.keys(shapes))('is read once and kept whole: %s', name => {
    const text = shapes[name](8_000);
    expect(readShell(text).runnable).toHaveLength(text.length);
    expect(growthOf(readShell, shapes[name])).toBeLessThan(MOST_GROWTH);
  });
});
