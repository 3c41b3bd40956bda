import { lineBlocks } from './lineBlocks';

describe('output', () => {
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
