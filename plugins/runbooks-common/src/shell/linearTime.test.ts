import { readShell } from './readShell';

interface Case {
  text: string;
  holds: string;
}

const SIZE = 60_000;
/** Far more than linear reading takes on a busy machine, far less than reading again from each character. */
const ENOUGH_MS = 3_000;

function many(piece: string): string {
  return piece.repeat(Math.floor(SIZE / piece.length));
}

describe('a text that is made to keep the reader busy', () => {
  it.each<Case>([
    { holds: 'a rule of a table', text: `${many('-')}x` },
    { holds: 'a rule with many columns', text: `${many('-|')}x` },
    { holds: 'empty lines behind a prompt', text: `$ ls\n${many('\n')}` },
    { holds: 'empty lines in a sed program', text: `sed '${many('\n')}x' f` },
    { holds: 'blanks in a sed program', text: `sed '${many(' ')}x' f` },
    {
      holds: 'a name without a colon to copy from',
      text: `kubectl cp ${many('a')} b`,
    },
    {
      holds: 'blanks in a patch',
      text: `kubectl patch deploy web -p 'replicas${many(' ')}'`,
    },
    {
      holds: 'paths in a patch',
      text: `kubectl patch deploy web -p '${many('spec/replicas')}'`,
    },
    {
      holds: 'a long name in a query',
      text: `psql -c 'SELECT ${many('a1')} FROM t'`,
    },
    {
      holds: 'an assignment whose quote is never closed',
      text: `A=${many('a')}"`,
    },
    {
      holds: 'an assignment of many results',
      text: `A=${many('$()')}"`,
    },
    { holds: 'a declaration without a value', text: many('const a ') },
  ])('is read within seconds: $holds', ({ text }) => {
    const before = Date.now();
    expect(readShell(text).runnable).toHaveLength(text.length);
    expect(Date.now() - before).toBeLessThan(ENOUGH_MS);
  });
});
