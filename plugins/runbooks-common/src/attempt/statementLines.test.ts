import { statementLines } from './statementLines';

describe('dividing a text into what bash runs one after the other', () => {
  it('keeps a compound command and a pipeline together', () => {
    const text = [
      'kubectl get pods |',
      '  grep web',
      '# a comment',
      'if true; then',
      '  echo yes',
      'fi',
      'a; b',
      '',
      'cat <<X',
      'text',
      'X',
      'echo end',
    ].join('\n');
    expect(
      statementLines(text).map(piece => [
        piece.line,
        piece.text.split('\n')[0],
      ]),
    ).toEqual([
      [1, 'kubectl get pods |'],
      [4, 'if true; then'],
      [7, 'a; b'],
      [9, 'cat <<X'],
      [12, 'echo end'],
    ]);
  });

  it('takes line by line what it cannot parse', () => {
    expect(statementLines('if (\n\necho "x')).toEqual([
      {
        text: 'if (',
        line: 1,
        endLine: 1,
        hasPlainSubstitutions: false,
        calls: [],
      },
      {
        text: 'echo "x',
        line: 3,
        endLine: 3,
        hasPlainSubstitutions: false,
        calls: [],
      },
    ]);
  });

  it('finds nothing in a text of comments', () => {
    expect(statementLines('# nothing\n\n')).toEqual([]);
  });
});

describe('a text of other people', () => {
  const LONGEST = 65_536;

  it.each([
    'a;',
    'a&&',
    'a||',
    'a|',
    '$(a) ',
    '`a`',
    '"a',
    'a\n',
    'if a;then ',
  ])('%j again and again takes no more than a moment', part => {
    const text = part.repeat(LONGEST / part.length);
    const before = process.cpuUsage();
    statementLines(text);
    expect(process.cpuUsage(before).user / 1_000).toBeLessThan(2_000);
  });

  it('is not taken apart where it is longer than what is judged of a step', () => {
    const pieces = statementLines('a; kubectl get pods\n'.repeat(4_000));
    expect(pieces).toHaveLength(4_000);
    expect(pieces[3_999]).toEqual({
      text: 'a; kubectl get pods',
      line: 4_000,
      endLine: 4_000,
      hasPlainSubstitutions: false,
      calls: [],
    });
  });
});
