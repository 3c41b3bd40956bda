import { valueDifference } from './valueDifference';

describe('how a long value differs', () => {
  it.each<{
    what: string;
    before?: string;
    after?: string;
    lines: string[];
  }>([
    {
      what: 'a line in the middle',
      before: 'a\nb\nc\n',
      after: 'a\nx\nc\n',
      lines: ['  a', '- b', '+ x', '  c'],
    },
    {
      what: 'far from its ends, where what stays is counted',
      before: '1\n2\n3\n4\n5\n6\n7\n8',
      after: '1\n2\n3\n4\nx\n6\n7\n8',
      lines: [
        '  … 2 lines the same …',
        '  3',
        '  4',
        '- 5',
        '+ x',
        '  6',
        '  7',
        '  … 1 line the same …',
      ],
    },
    {
      what: 'lines of which one was put before its like',
      before: 'a\na',
      after: 'a\na\na',
      lines: ['  a', '  a', '+ a'],
    },
    { what: 'it would come', after: 'a\nb', lines: ['+ a', '+ b'] },
    { what: 'it would go', before: 'a\nb', lines: ['- a', '- b'] },
    {
      what: 'by its last end of line alone',
      before: 'a',
      after: 'a\n',
      lines: ['  a', '+ '],
    },
  ])('$what', ({ before, after, lines }) => {
    expect(valueDifference(before, after).map(({ text }) => text)).toEqual(
      lines,
    );
  });
});
