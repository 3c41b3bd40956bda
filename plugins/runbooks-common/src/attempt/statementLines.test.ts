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
