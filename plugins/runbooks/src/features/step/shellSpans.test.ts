import { shellLines, shellSpans } from './shellSpans';

function spans(
  text: string,
  blanks: Array<{ start: number; end: number }> = [],
) {
  return shellLines(text).map(line =>
    shellSpans(line, blanks).map(({ kind, text: piece }) => [kind, piece]),
  );
}

describe('shell text on the screen', () => {
  it('tells comments from commands', () => {
    expect(spans('# why\nls -l # how')).toEqual([
      [['comment', '# why']],
      [
        ['plain', 'ls -l '],
        ['comment', '# how'],
      ],
    ]);
  });

  it('does not take a number sign inside quotes or words for a comment', () => {
    expect(spans(`echo "a # b" c#d '# e'`)).toEqual([
      [['plain', `echo "a # b" c#d '# e'`]],
    ]);
  });

  it('shows what is still to be filled in, line by line', () => {
    const text = 'get <pod>\ndelete <pod> -n <ns>';
    const blanks = [...text.matchAll(/<[a-z]+>/g)].map(match => ({
      start: match.index,
      end: match.index + match[0].length,
    }));
    expect(spans(text, blanks)).toEqual([
      [
        ['plain', 'get '],
        ['blank', '<pod>'],
      ],
      [
        ['plain', 'delete '],
        ['blank', '<pod>'],
        ['plain', ' -n '],
        ['blank', '<ns>'],
      ],
    ]);
  });
});
