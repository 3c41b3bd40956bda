import { lineBlocks, terminalText } from './terminalText';

describe('output as a terminal would leave it', () => {
  it.each([
    {
      says: 'colours are removed',
      from: '\u001b[1;31mred\u001b[0m',
      to: 'red',
    },
    {
      says: 'a window title is removed',
      from: '\u001b]0;title\u0007text',
      to: 'text',
    },
    {
      says: 'a progress bar shows its last state',
      from: '10%\r50%\r100%\ndone',
      to: '100%\ndone',
    },
    {
      says: 'line ends of Windows are kept as one',
      from: 'a\r\nb',
      to: 'a\nb',
    },
    { says: 'tabs stay and bells go', from: 'a\tb\u0007', to: 'a\tb' },
    {
      says: 'a line still being written over is shown',
      from: 'done\n10%\r20%\r',
      to: 'done\n20%',
    },
  ])('$says', ({ from, to }) => {
    expect(terminalText(from)).toBe(to);
  });

  it('is divided into blocks that stay the same while lines are added', () => {
    const lines = Array.from({ length: 900 }, (_, line) => `line ${line}`);
    const before = lineBlocks(lines.join('\n'));
    const after = lineBlocks([...lines, 'one more'].join('\n'));
    expect(before.map(block => block.lines)).toEqual([400, 400, 100]);
    expect(after[0]).toEqual(before[0]);
    expect(after[1]).toEqual(before[1]);
    expect(after[2].lines).toBe(101);
  });
});
