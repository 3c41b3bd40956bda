import { spawnSync } from 'node:child_process';
import fc from 'fast-check';
import { readShell } from '../shell/readShell';
import { applyEdits, bindingEdits, environmentNameOf } from './bindText';
import { isPlainValue, refuseValue } from './parameterValues';
import { refusePlace } from './refusePlace';

const TEXT = { name: 'NOTE', label: 'note', type: 'text' as const };

/** What the one command `print` of a text is given, in real bash; undefined where the value is refused there. */
function given(text: string, value: string): string[] | undefined {
  const { placeholders } = readShell(text, { language: 'bash' });
  expect([text, placeholders.length > 0]).toEqual([text, true]);
  const refused = placeholders.some(
    use =>
      !isPlainValue(value) &&
      refusePlace(text, use, value, undefined) !== undefined,
  );
  if (refused) return undefined;
  const { stdout, stderr, status } = spawnSync(
    'bash',
    [
      '--norc',
      '-c',
      `print() { printf '%s\\0' "$@"; }; ${applyEdits(
        text,
        bindingEdits(text, placeholders),
      )}`,
    ],
    {
      encoding: 'utf8',
      env: {
        PATH: process.env.PATH,
        ...Object.fromEntries(
          placeholders.map(use => [environmentNameOf(use), value]),
        ),
      },
    },
  );
  expect({ stderr, status }).toEqual({ stderr: '', status: 0 });
  return stdout.split('\0').slice(0, -1);
}

/** Texts, with what stands around the value in the word that arrives. */
const PLACES: Array<[string, string, string]> = [
  ['print <note>', '', ''],
  ['print "<note>"', '', ''],
  ["print '<note>'", '', ''],
  ['print --note=<note>', '--note=', ''],
  ['print note="<note>"', 'note=', ''],
  ["print 'a <note> b'", 'a ', ' b'],
  ['print "a <note> b"', 'a ', ' b'],
  ['print "$NOTE"', '', ''],
  ['print "x${NOTE}y"', 'x', 'y'],
  ['print a/<note>/b', 'a/', '/b'],
  ['if true; then print x=<note>; fi', 'x=', ''],
  ['for one in <note>; do print "$one"; done', '', ''],
  ['NOTE_OF_DAY=<note>; print "$NOTE_OF_DAY"', '', ''],
  ['print "$(printf %s x<note>)"', 'x', ''],
  ['[ -n <note> ] && print <note>', '', ''],
];

const values = fc
  .array(
    fc.oneof(
      fc.constantFrom(...` '"$()\`;\\a-*|&<>#{}!=,%+~?[]^éя東:@/.`),
      fc.string({ unit: 'grapheme', maxLength: 1 }),
    ),
    { minLength: 1, maxLength: 12 },
  )
  .map(characters => characters.join(''))
  .filter(value => refuseValue(TEXT, value) === undefined);

describe('a value of a text, at any place that takes it', () => {
  it('reaches the command exactly as it was typed', () => {
    fc.assert(
      fc.property(
        fc.constantFrom(...PLACES),
        values,
        ([text, before, after], value) => {
          const words = given(text, value);
          const isOption = words === undefined && /^[-+]/.test(value);
          expect(isOption || words).toEqual(
            isOption || [`${before}${value}${after}`],
          );
        },
      ),
      { numRuns: 300 },
    );
  });

  it.each([
    'Sign-in is slow, we know',
    `it's "50 %" = a,b`,
    'ann+ops@example.com',
    '$(id) `id` ${HOME}',
    '*',
  ])('may be %s', value => {
    for (const [text, before, after] of PLACES)
      expect([text, given(text, value)]).toEqual([
        text,
        [`${before}${value}${after}`],
      ]);
  });

  it('may begin like an option where it does not begin a word', () => {
    expect(given('print --by=<n>', '-1')).toEqual(['--by=-1']);
    expect(given('print "at <n>"', '+1')).toEqual(['at +1']);
    expect(given('print <n>', '-1')).toBeUndefined();
    expect(given('print "<n>"', '-1')).toBeUndefined();
  });
});

describe('a value that is more than a word is refused, with what is expected,', () => {
  it.each<[string, RegExp]>([
    ["sh -c 'print <note>'", /interpreted again by .*; expected only letters/],
    ['kubectl patch deploy web -p \'{"a":"<note>"}\'', /interpreted again/],
    ['[[ <note> -eq 1 ]]', /interpreted again by bash/],
    ['[[ "$NOTE" -gt 1 ]]', /interpreted again by bash/],
    ['declare "<note>=1"', /interpreted again by bash/],
    ['printf -v <note> x', /interpreted again/],
    ['[ -v <note> ]', /interpreted again/],
    ['unset <note>', /interpreted again/],
    ['echo $((1 + <note>))', /arithmetic/],
    ['printf "<note>"', /printf, as its format/],
    ['make deploy NOTE=<note>', /make, as text of its file/],
    ['print $NOTE', /does not quote \$NOTE; .*or "\$NOTE" in the document/],
    ['<note> --help', /names the command/],
    ["cat <<'EOF'\n<note>\nEOF", /nothing in it is expanded/],
  ])('in %j', (text, because) => {
    const { placeholders } = readShell(text, { language: 'bash' });
    const refused = placeholders.map(use =>
      refusePlace(text, use, 'a[$(id)] b', undefined),
    );
    expect(refused).toEqual(
      expect.arrayContaining([expect.stringMatching(because)]),
    );
  });
});
