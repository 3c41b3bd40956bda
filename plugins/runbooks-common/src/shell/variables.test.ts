import { readShell } from './readShell';

function deletes(count: number): string {
  const assigned = Array.from({ length: count }, (_, i) => `A=web-${i}\n`);
  return `${assigned.join('')}kubectl delete pod "$A"\n`;
}

describe('a variable with many values', () => {
  it('names what is written while they can be followed', () => {
    expect(readShell(deletes(20)).commands.pop()?.writes).toHaveLength(1);
  });

  it('is one that nobody knows where there are more than can be followed', () => {
    const { effect, commands } = readShell(deletes(400));
    expect(effect).toBe('destructive');
    expect(commands.pop()?.writes).toBeUndefined();
  });

  it('is one that nobody knows also where the same value comes again at the end', () => {
    const text = `${deletes(400)}A=web-1\nkubectl delete pod "$A"\n`;
    expect(readShell(text).commands.pop()?.writes).toBeUndefined();
  });
});
