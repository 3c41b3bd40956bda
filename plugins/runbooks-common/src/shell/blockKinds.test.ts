import { SHELL_BLOCKS } from './blockKinds.cases';
import { OTHER_BLOCKS } from './blockKindsOther.cases';
import { readShell } from './readShell';

interface BlockCase {
  what: string;
  label: string;
  special: string;
  text: string;
}

const cases = (SHELL_BLOCKS + OTHER_BLOCKS)
  .split(/^=== /m)
  .slice(1)
  .map((part): BlockCase => {
    const [head, ...body] = part.split('\n');
    const [what, label, special] = head.split('|').map(word => word.trim());
    return { what, label, special, text: body.join('\n').replace(/\n$/, '') };
  });

describe('what a code block is', () => {
  it('is tried on at least 120 blocks', () => {
    expect(cases.length).toBeGreaterThanOrEqual(120);
  });

  it.each(cases)('$special ("$label"): $what', ({ what, label, text }) => {
    const { shell, interactive } = readShell(text, { language: label });
    const runs = interactive ? 'interactive' : 'shell';
    expect(shell ? runs : 'other').toBe(what);
  });
});
