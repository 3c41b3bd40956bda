import fc from 'fast-check';
import { timeOf } from '../testUtils/growth';
import { applyMasks } from './masks';
import { explainShell } from './explainShell';
import { MAX_SHELL_TEXT, readShell } from './readShell';
import { soup } from './testUtils/soup';
import { scanText } from './textScan';

const text = fc.oneof(
  fc.string({ maxLength: 300 }),
  fc.string({ unit: 'binary', maxLength: 200 }),
  soup,
);
const language = fc.constantFrom('bash', '', 'console', 'text', 'yaml', 'sql');

describe('reading any text', () => {
  it('never throws, and keeps offsets inside of the text', () => {
    fc.assert(
      fc.property(text, language, (source, label) => {
        const reading = readShell(source, { language: label });
        expect(reading.runnable).toHaveLength(source.length);
        for (const { start, end } of [
          ...reading.commands,
          ...reading.placeholders,
          ...reading.statements,
          ...reading.comments,
          ...reading.problems,
        ]) {
          expect(start).toBeGreaterThanOrEqual(0);
          expect(end).toBeGreaterThanOrEqual(start);
          expect(end).toBeLessThanOrEqual(source.length);
        }
      }),
      { numRuns: 500 },
    );
  });

  it.each(['${ \\', 'echo ${ \\', 'ls \\', '$( \\', '`\\'])(
    'keeps offsets inside of a text that ends in a backslash: %s',
    source => {
      const { commands } = readShell(source, { language: 'bash' });
      const ends = commands.map(({ end }) => end);
      expect(Math.max(0, ...ends)).toBeLessThanOrEqual(source.length);
    },
  );

  it('masking keeps the length and everything around the placeholders', () => {
    fc.assert(
      fc.property(soup, source => {
        const { masks } = scanText(source);
        const masked = applyMasks(source, masks);
        expect(masked).toHaveLength(source.length);
        let at = 0;
        for (const mask of masks) {
          expect(masked.slice(at, mask.start)).toBe(
            source.slice(at, mask.start),
          );
          expect(source.slice(mask.start, mask.end)).toBe(mask.written);
          at = mask.end;
        }
      }),
    );
  });

  it('placeholders do not overlap', () => {
    fc.assert(
      fc.property(soup, source => {
        const { placeholders } = readShell(source, { language: 'bash' });
        const direct = placeholders.filter(
          one => one.form !== 'variable' && one.form !== 'export',
        );
        expect(
          direct.slice(1).every((one, index) => one.start >= direct[index].end),
        ).toBe(true);
      }),
    );
  });

  it('reading what would run gives the same commands', () => {
    fc.assert(
      fc.property(soup, source => {
        const first = readShell(source, { language: 'bash' });
        if (!first.shell) return;
        const effects = first.commands.map(one => one.effect);
        expect(
          first.effect === 'local' ||
            effects.includes(first.effect) ||
            first.effect === 'unknown',
        ).toBe(true);
      }),
    );
  });

  it('a text that is too long is unknown', () => {
    expect(readShell('a'.repeat(MAX_SHELL_TEXT + 1))).toMatchObject({
      shell: true,
      effect: 'unknown',
      commands: [],
    });
  });

  it.each([
    '(',
    '$(',
    '`',
    '"$(',
    '<<a\n',
    'sudo ',
    'f(){ f; }\n',
    'a\n',
    '<a>',
    'bash -c "',
    'if ',
    '{',
  ])('a text full of %j is read in little time', piece => {
    const source = piece.repeat(Math.floor(60_000 / piece.length));
    const read = () => readShell(source, { language: 'bash' }).effect;
    expect(read()).not.toBe('read');
    expect(timeOf(read, source)).toBeLessThan(5_000);
  });

  it('explains a text in short', () => {
    expect(explainShell('kubectl scale deploy <name> --replicas=0')).toEqual({
      shell: true,
      effect: 'destructive',
      because: 'scales deploy ${NAME} to 0 replicas: all pods stop',
      parameters: ['NAME'],
    });
  });
});
