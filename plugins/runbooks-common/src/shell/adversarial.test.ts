import { ADVERSARIAL_CASES } from './adversarial.cases';
import { ADVERSARIAL_DELIVERY_CASES } from './adversarialDelivery.cases';
import { MACHINE_TRAPS } from './adversarial.machine.cases';
import { HARMLESS_NEIGHBOURS, HIDDEN_WRITES } from './adversarialHidden.cases';
import { readShell } from './readShell';

interface Case {
  expected: string;
  text: string;
}

const cases: Case[] = [
  ADVERSARIAL_CASES,
  ADVERSARIAL_DELIVERY_CASES,
  MACHINE_TRAPS,
  HIDDEN_WRITES,
  HARMLESS_NEIGHBOURS,
]
  .flatMap(text => text.split('\n'))
  .flatMap(line => {
    const match = /^(=\w+|!)\s*\| (.+)$/.exec(line);
    return match
      ? [{ expected: match[1], text: match[2].replace(/⏎/g, '\n') }]
      : [];
  });

describe('commands that are easy to misjudge', () => {
  it('are more than three hundred', () => {
    expect(cases.length).toBeGreaterThan(300);
  });

  it.each(cases.filter(one => one.expected === '!'))(
    '$text is never taken for harmless',
    ({ text }) => {
      const { shell, effect, because } = readShell(text, { language: 'bash' });
      expect({ shell, effect, because }).toEqual({
        shell: true,
        effect: expect.stringMatching(/^(unknown|change|destructive)$/),
        because: expect.any(String),
      });
    },
  );

  it.each(cases.filter(one => one.expected !== '!'))(
    '$text: $expected',
    ({ text, expected }) => {
      const { shell, effect, because } = readShell(text, { language: 'bash' });
      expect({ shell, effect, because }).toEqual({
        shell: true,
        effect: expected.slice(1),
        because: expect.any(String),
      });
    },
  );
});
