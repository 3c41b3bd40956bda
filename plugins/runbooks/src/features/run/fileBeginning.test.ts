import { beginningOf, moreWords } from './fileBeginning';

const textOf = (count: number) =>
  Array.from({ length: count }, (_, line) => `echo ${line + 1}\n`).join('');

describe('the text of a script in front of an approver', () => {
  it('is whole up to 60 lines', () => {
    expect(beginningOf(textOf(60))).toEqual({ shown: textOf(60) });
  });

  it('is cut between two lines, and nothing of it is lost', () => {
    const { shown, rest } = beginningOf(textOf(62));
    expect(shown).toMatch(/echo 60$/);
    expect(rest).toBe('echo 61\necho 62');
  });

  it.each([
    {
      lines: 61,
      mind: undefined,
      says: '1 more line: it may hold what writes',
    },
    {
      lines: 80,
      mind: undefined,
      says: '20 more lines: they may hold what writes',
    },
    {
      lines: 61,
      mind: [3],
      says: '1 more line: it writes nothing in the cluster',
    },
    {
      lines: 80,
      mind: [3],
      says: '20 more lines: they write nothing in the cluster',
    },
    { lines: 80, mind: [3, 70], says: '20 more lines: line 70 may write' },
    {
      lines: 80,
      mind: [66, 70],
      says: '20 more lines: 2 lines of them may write, from line 66 on',
    },
  ])('says of what is left: $says', ({ lines, mind, says }) => {
    expect(moreWords({ text: textOf(lines), linesToMind: mind })).toBe(says);
  });
});
