import {
  foreignSegments,
  segmentsBetween,
  visibleText,
} from './foreignSegments';
import {
  lastWrittenText,
  terminalSegments,
  visibleOutput,
} from './terminalSegments';

const kindsOf = (text: string) =>
  foreignSegments(text)
    .filter(segment => segment.kind !== 'plain')
    .map(segment => segment.kind);

describe('a text that somebody else wrote', () => {
  it.each([
    {
      says: 'an override of direction',
      text: 'rm \u202Egpj.x',
      shown: 'rm \\u{202E}gpj.x',
      because: 'right-to-left override (U+202E)',
    },
    {
      says: 'an isolate',
      text: 'a\u2066b',
      shown: 'a\\u{2066}b',
      because: 'left-to-right isolate (U+2066)',
    },
    {
      says: 'a zero-width space in a name',
      text: 'pay\u200Bments',
      shown: 'pay\\u{200B}ments',
      because: 'zero-width space (U+200B)',
    },
    {
      says: 'a right-to-left mark',
      text: 'a\u200Fb',
      shown: 'a\\u{200F}b',
      because: 'right-to-left mark (U+200F)',
    },
    {
      says: 'an Arabic letter mark',
      text: 'a\u061Cb',
      shown: 'a\\u{61C}b',
      because: 'Arabic letter mark (U+061C)',
    },
    {
      says: 'a soft hyphen',
      text: 'de\u00ADlete',
      shown: 'de\\u{AD}lete',
      because: 'soft hyphen (U+00AD)',
    },
    {
      says: 'a tag',
      text: 'a\u{E0061}b',
      shown: 'a\\u{E0061}b',
      because: 'tag character (U+E0061)',
    },
    {
      says: 'a variation selector behind a letter',
      text: 'a\uFE0Fb',
      shown: 'a\\u{FE0F}b',
      because: 'variation selector (U+FE0F)',
    },
    {
      says: 'a non-breaking space',
      text: 'rm\u00A0-rf',
      shown: 'rm\\u{A0}-rf',
      because: 'non-breaking space (U+00A0)',
    },
    {
      says: 'a blank of Braille',
      text: 'a\u2800b',
      shown: 'a\\u{2800}b',
      because: 'empty Braille pattern (U+2800)',
    },
    {
      says: 'a Hangul filler',
      text: 'a\u3164b',
      shown: 'a\\u{3164}b',
      because: 'invisible character (U+3164)',
    },
    {
      says: 'an escape',
      text: 'a\u001B[31mb',
      shown: 'a\\u{1B}[31mb',
      because: 'escape (U+001B)',
    },
    {
      says: 'a control of the second set',
      text: 'a\u0085b',
      shown: 'a\\u{85}b',
      because: 'control character (U+0085)',
    },
    {
      says: 'a carriage return',
      text: 'rm x\rls',
      shown: 'rm x\\rls',
      because: 'carriage return (U+000D)',
    },
    {
      says: 'a line separator',
      text: 'a\u2028b',
      shown: 'a\\u{2028}b',
      because: 'line separator (U+2028)',
    },
    {
      says: 'private use',
      text: 'a\uE000b',
      shown: 'a\\u{E000}b',
      because: 'private use character (U+E000)',
    },
    {
      says: 'half of a character',
      text: 'a\uD800b',
      shown: 'a\\u{D800}b',
      because: 'half of a character (U+D800)',
    },
    {
      says: 'a question mark of Greek',
      text: 'ls\u037E rm',
      shown: 'ls\\u{37E} rm',
      because: 'Greek question mark, which looks like ; (U+037E)',
    },
    {
      says: 'one character many times',
      text: `a${'\u200B'.repeat(500)}b`,
      shown: 'a\\u{200B}×500b',
      because: '500 × zero-width space (U+200B)',
    },
    {
      says: 'letters of two scripts',
      text: 'ns p\u0430yments',
      shown: 'ns p\u0430yments',
      because: 'mixes scripts: \u0430 is U+0430',
    },
    {
      says: 'a part of a name in letters that look Latin',
      text: '\u0441\u043E\u0441\u043E-api',
      shown: '\u0441\u043E\u0441\u043E-api',
      because: 'mixes scripts: \u0441 is U+0441, \u043E is U+043E',
    },
    {
      says: 'thousands of blanks',
      text: `ls${' '.repeat(5000)}; rm -rf /`,
      shown: 'ls… 5000 blanks …; rm -rf /',
      because: 'folded here: 5000 blanks',
    },
    {
      says: 'many empty lines',
      text: `ls\n${'  \n'.repeat(40)}rm`,
      shown: 'ls\n… 40 empty lines …\nrm',
      because: 'folded here: 40 empty lines',
    },
    {
      says: 'marks that cover their neighbours',
      text: `a${'\u0336'.repeat(40)}b`,
      shown: 'a… 40 marks …b',
      because: 'folded here: 40 marks',
    },
    {
      says: 'a secret that was hidden before',
      text: 'a [redacted] b',
      shown: 'a [redacted] b',
      because: 'a secret value was here',
    },
    {
      says: 'a token of a known kind',
      text: `a ghp_${'Z9'.repeat(18)} b`,
      shown: 'a [redacted] b',
      because: 'looks like a credential of 40 characters',
    },
  ])('shows $says', ({ text, shown, because }) => {
    const marks = foreignSegments(text).filter(one => one.kind !== 'plain');
    expect(visibleText(text)).toBe(shown);
    expect(marks).toMatchObject([{ says: because }]);
  });

  it.each([
    'kubectl get pods -n shop | grep -v Running\n\tdone',
    'a\r\nb',
    'Łódź, Köln, Ærø, naïve, e\u0301',
    'ошибка в pod-ах, API-сервер',
    'Δt = 10 μs, λ-calculus',
    'कर्म\u200Dसु, می\u200Cخواهم',
    '👩\u200D💻 ❤\uFE0F 1\uFE0F\u20E3',
    '中文、日本語',
    `a${' '.repeat(100)}b`,
    '\n'.repeat(11),
    'x=$(kubectl get secret db -o name); token=$X',
  ])('leaves what is what it shows: %j', text => {
    expect(kindsOf(text)).toEqual([]);
    expect(visibleText(text)).toBe(text);
  });

  it('hides no command behind what looks like a secret', () => {
    const text = 'token=x|rm${IFS}-rf${IFS}/ https://a:$(reboot)@b';
    expect(visibleText(text)).toBe(text);
  });

  it('knows for each piece which part of the text it stands for', () => {
    const text = `a\u202Eb${' '.repeat(200)}c`;
    const plain = foreignSegments(text).filter(one => one.kind === 'plain');
    expect(plain.map(({ start, end }) => text.slice(start, end))).toEqual(
      plain.map(segment => segment.text),
    );
    expect(segmentsBetween(foreignSegments(text), 2, 203)).toMatchObject([
      { text: 'b' },
      { text: '… 200 blanks …' },
    ]);
    expect(segmentsBetween(foreignSegments(text), 3, 203)).toHaveLength(1);
  });

  it('never fills a page with marks', () => {
    const segments = foreignSegments('a\u202E'.repeat(100_000));
    expect(segments.length).toBeLessThan(10_010);
    expect(visibleText('a\u202E'.repeat(100_000))).toBe(
      'a\\u{202E}'.repeat(100_000),
    );
  });

  it.each([
    'a',
    ' ',
    '\n',
    '\u202E',
    'p\u0430',
    '\u0336',
    '\r',
    'x\r',
    '\u001b[',
    '\u001b]',
    'a\b',
    '[redacted]',
    `${' '.repeat(100)}a`,
    `${'\n'.repeat(10)}a`,
  ])('%j in a row takes time in proportion to its length', part => {
    const text = (length: number) =>
      part.repeat(Math.ceil(length / part.length));
    for (const look of [visibleText, visibleOutput]) {
      look(text(40_000));
      const short = fastest(() => look(text(40_000)));
      const long = fastest(() => look(text(160_000)));
      expect(long).toBeLessThan(Math.max(short * 9, 250));
    }
  });
});

describe('output for a terminal', () => {
  it.each([
    {
      says: 'colours are removed',
      output: '\u001b[1;31mred\u001b[0m',
      shown: 'red',
      last: 'red',
    },
    {
      says: 'character sets are removed',
      output: '\u001b[33mwarn\u001b(B\u001b[m disk is full',
      shown: 'warn disk is full',
      last: 'warn disk is full',
    },
    {
      says: 'a window title is removed',
      output: '\u001b]0;title\u0007text',
      shown: 'text',
      last: 'text',
    },
    {
      says: 'what a return wrote over stays',
      output: 'rm -rf /data\rls\n',
      shown: 'rm -rf /data\\rls\n',
      last: 'ls\n',
    },
    {
      says: 'states of a progress bar stay',
      output: '10%\r50%\r100%\ndone',
      shown: '10%\\r50%\\r100%\ndone',
      last: '100%\ndone',
    },
    {
      says: 'a line that is still written over is whole',
      output: 'done\n10%\r20%\r',
      shown: 'done\n10%\\r20%',
      last: 'done\n20%',
    },
    {
      says: 'line ends of Windows are one',
      output: 'a\r\nb',
      shown: 'a\nb',
      last: 'a\nb',
    },
    {
      says: 'what backspaces wrote over stays',
      output: 'secret\b\b\b\b\b\bpublic',
      shown: 'secret\\b×6public',
      last: 'public',
    },
    {
      says: 'bold of a manual is its letters',
      output: 'N\bNA\bAM\bM _\bx',
      shown: 'NAM x',
      last: 'NAM x',
    },
    {
      says: 'what was erased stays',
      output: 'evil\u001b[2K\rgood',
      shown: 'evil\\u{1B}[2Kgood',
      last: 'good',
    },
    {
      says: 'erasing the rest of a line erases nothing',
      output: '\u001b[01;31m\u001b[Kmatch\u001b[m\u001b[K here',
      shown: 'match here',
      last: 'match here',
    },
    {
      says: 'a cursor that moves up shows',
      output: 'evil\n\u001b[1Agood',
      shown: 'evil\n\\u{1B}[1Agood',
      last: 'evil\ngood',
    },
    {
      says: 'a screen that is erased shows',
      output: 'evil\u001b[2J\u001b[Hgood',
      shown: 'evil\\u{1B}[2J\\u{1B}[Hgood',
      last: 'evilgood',
    },
    {
      says: 'a link shows where it leads',
      output: '\u001b]8;;https://evil.example\u001b\\docs\u001b]8;;\u001b\\!',
      shown: 'docs (https://evil.example)!',
      last: 'docs!',
    },
    {
      says: 'a link whose text is its address shows it once',
      output:
        '\u001b]8;;https://a.example\u0007https://a.example\u001b]8;;\u0007',
      shown: 'https://a.example',
      last: 'https://a.example',
    },
    {
      says: 'tabs stay and bells go',
      output: 'a\tb\u0007',
      shown: 'a\tb',
      last: 'a\tb',
    },
    {
      says: 'hidden letters show',
      output: '\u001b[8mhidden\u001b[m',
      shown: 'hidden',
      last: 'hidden',
    },
    {
      says: 'characters that show nothing are marked',
      output: 'a\u200Bb\u001b[',
      shown: 'a\\u{200B}b\\u{1B}[',
      last: 'a\u200Bb',
    },
  ])('$says', ({ output, shown, last }) => {
    expect(visibleOutput(output)).toBe(shown);
    expect(lastWrittenText(output)).toBe(last);
  });

  it('loses no letter, whatever codes stand between', () => {
    const words = ['alpha', 'beta', 'gamma', 'delta', 'omega'];
    const codes = [
      '\r',
      '\b\b\b',
      '\u001b[2K',
      '\u001b[1A',
      '\u001b[5D',
      '\u001b[3G',
      '\u001b8',
      '\u001bM',
      '\u001b[?1049h',
      '\u001b[1K',
      '\u001b[4P',
      '\u001bP x\u001b\\',
    ];
    for (const code of codes) {
      for (const other of codes) {
        const output = words.join(code + other);
        const shown = visibleOutput(output);
        for (const word of words) {
          expect(shown.replace(/\\b|\\r|\\u\{1B\}\[\d[A-Z]/g, '')).toContain(
            word,
          );
        }
      }
    }
  });

  it('tells what was written over from what is there', () => {
    expect(terminalSegments('evil\rgood')).toMatchObject([
      { kind: 'overwritten', says: 'was written over' },
      { kind: 'plain', text: 'good' },
    ]);
  });
});

/** Time of the processor, in milliseconds: a busy machine does not count. */
function fastest(work: () => void): number {
  const times = [0, 1, 2, 3, 4].map(() => {
    const before = process.cpuUsage();
    work();
    return process.cpuUsage(before).user / 1_000;
  });
  return Math.min(...times);
}
