import { spawnSync } from 'node:child_process';
import fc from 'fast-check';
import { readShell } from '../shell/readShell';
import { environmentNameOf } from './bindText';
import { boundTextOf } from './boundTextOf';
import { isPlainValue, refuseValue } from './parameterValues';
import { refusedPlaces } from './refusedPlaces';

const PROGRAMS = ['print', 'echo', 'printf', 'grep', 'git', 'curl', 'kubectl'];

/** Each call of a program becomes its words, as bash hands them over. */
const SHOWING_WORDS = PROGRAMS.map(
  name => `${name}() { builtin printf '%s\\0' "$@"; }`,
).join('\n');

function stepOf(text: string) {
  const { placeholders, commands } = readShell(text, { language: 'bash' });
  expect([text, placeholders.length > 0]).toEqual([text, true]);
  return { text, placeholders, commands };
}

/** Why a value of a text may not stand in it, of each parameter that it has. */
function refusals(text: string, value: string): string[] {
  const step = stepOf(text);
  const names = [...new Set(step.placeholders.map(use => use.parameter))];
  return names.flatMap(name =>
    refusedPlaces(step, { name, type: 'text' }, value),
  );
}

/** What the program of a text is given, in real bash. */
function given(text: string, value: string): string[] {
  const step = stepOf(text);
  const { stdout, stderr, status } = spawnSync(
    'bash',
    ['--norc', '-c', `${SHOWING_WORDS}\n${boundTextOf(step)}`],
    {
      encoding: 'utf8',
      env: {
        PATH: process.env.PATH,
        ...Object.fromEntries(
          step.placeholders.map(use => [environmentNameOf(use), value]),
        ),
      },
    },
  );
  expect({ stderr, status }).toEqual({ stderr: '', status: 0 });
  return stdout.split('\0').slice(0, -1);
}

/** Texts that take any value, with the words that arrive; `@` is the value. */
const PLACES: Array<[string, string[]]> = [
  ['echo "<note>"', ['@']],
  ["echo '<note>'", ['@']],
  ["echo 'a <note> b' x", ['a @ b', 'x']],
  ['echo "a <note> b"', ['a @ b']],
  ['echo "$NOTE"', ['@']],
  ['echo "x${NOTE}y"', ['x@y']],
  ['echo "at ${NOTE:-nowhere}"', ['at @']],
  ['echo -n "<note> and <note>"', ['-n', '@ and @']],
  ['set -euo pipefail\nif true; then echo x="<note>"; fi', ['x=@']],
  ['printf \'at %s\\n\' "<note>"', ['at %s\\n', '@']],
  ['grep -F "<note>" app.log', ['-F', '@', 'app.log']],
  ['grep -i -A 3 -e "<note>" app.log', ['-i', '-A', '3', '-e', '@', 'app.log']],
  ['git commit -am "<note>"', ['commit', '-am', '@']],
  ['git commit --message="at <note>"', ['commit', '--message=at @']],
  [
    'curl -s -G https://x.example --data-urlencode "q=<note>"',
    ['-s', '-G', 'https://x.example', '--data-urlencode', 'q=@'],
  ],
  [
    'kubectl annotate deploy/web -n shop note="<note>" --overwrite',
    ['annotate', 'deploy/web', '-n', 'shop', 'note=@', '--overwrite'],
  ],
  [
    'for p in a b; do kubectl label pod web "why=<note>"; done',
    ['label', 'pod', 'web', 'why=@', 'label', 'pod', 'web', 'why=@'],
  ],
  [
    'kubectl create secret generic x --from-literal=a="<note>"',
    ['create', 'secret', 'generic', 'x', '--from-literal=a=@'],
  ],
  [
    'kubectl create configmap x --from-literal "a=<note>"',
    ['create', 'configmap', 'x', '--from-literal', 'a=@'],
  ],
  ['kubectl get pods -l "<note>"', ['get', 'pods', '-l', '@']],
  [
    'kubectl get pods --field-selector="<note>"',
    ['get', 'pods', '--field-selector=@'],
  ],
];

const TYPED = ` '"$()\`;\\a-*|&<>#{}!=,%+~?[]^éя東:@/.`;
const values = fc
  .array(
    fc.oneof(
      fc.constantFrom(...TYPED),
      fc.string({ unit: 'grapheme', maxLength: 1 }),
    ),
    { minLength: 1, maxLength: 12 },
  )
  .map(characters => characters.join(''))
  .filter(
    value =>
      refuseValue({ name: 'N', label: 'n', type: 'text' }, value) === undefined,
  );

describe('a value of a text, at any place that takes it', () => {
  it('reaches the program in one argument, exactly as it was typed', () => {
    fc.assert(
      fc.property(
        fc.constantFrom(...PLACES),
        values,
        ([text, words], value) => {
          const refused = refusals(text, value);
          const isOption =
            /^[-+]/.test(value) && words.some(word => word.startsWith('@'));
          expect([text, refused.length > 0]).toEqual([
            text,
            isOption && !isPlainValue(value),
          ]);
          const arrived = words.map(word => word.replaceAll('@', () => value));
          expect(refused.length === 0 ? given(text, value) : arrived).toEqual(
            arrived,
          );
        },
      ),
      { numRuns: 150 },
    );
  });

  it.each([
    'Sign-in is slow, we know',
    `it's "50 %" = a,b`,
    'ann+ops@example.com',
    '$(id) `id` ${HOME}',
    '*',
  ])('may be %s', value => {
    for (const [text, words] of PLACES) {
      expect([text, refusals(text, value)]).toEqual([text, []]);
      expect([text, given(text, value)]).toEqual([
        text,
        words.map(word => word.replaceAll('@', () => value)),
      ]);
    }
  });

  it('may begin like an option where it does not begin a word', () => {
    expect(refusals('echo "at <n>"', '+1 x')).toEqual([]);
    expect(refusals('echo "<n>"', '-1 x')).toEqual([
      expect.stringMatching(/option; expected a value.*begin with "-"/),
    ]);
  });

  it('may be an address where curl asks it, unless curl makes several of it', () => {
    const text = 'curl -fsS "<url>"';
    expect(refusals(text, 'https://x.example/a?b=c&d=1')).toEqual([]);
    for (const value of ['https://x/[1-9]', 'https://x/{a,b}', '-o x'])
      expect([value, refusals(text, value)]).not.toEqual([value, []]);
  });

  it('may be a plain word in letters of any script anywhere else', () => {
    for (const value of ['Zürich', '東京-1', 'web-1.4_x:/@+'])
      for (const text of ['print <note>', 'X=<note>; print $X', 'ls x<note>'])
        expect([text, refusals(text, value)]).toEqual([text, []]);
  });
});

describe('a value that is more than a plain word is refused', () => {
  it.each([
    // A variable of the document would hold it.
    'POD=<note>\nprint $POD',
    'POD="<note>"\nprint "$POD"',
    'G="<note>"\nfind . -name x$G',
    'G=<note>\nkubectl get pods -n shop -o=$G',
    'G=<note>\nkubectl delete pod web --grace-period=$G',
    'G=<note>\nkubectl set image deploy/web web=r:$G',
    'G=<note>\nkubectl apply -f web.yaml --server-side=$G',
    'export POD="a"\nprint "$POD"',
    'for i in "<note>"; do print $i; done',
    'for i in <note>; do print "$i"; done',
    'echo $(echo "<note>")',
    'echo "$(echo "<note>")"',
    'X=("<note>"); echo "${X[0]}"',
    'read X <<<"<note>"; echo "$X"',
    'A=<note>; print $A',
    'X="<note>" make',
    'X="<note>" echo hello',
    'PS4="<note> "; set -x',
    'echo "${NOTE:=a}"; sh -c "$NOTE"',
    // The text of a command.
    'bash <<EOF\necho "<note>"\nEOF',
    'cat <<EOF | bash\necho "<note>"\nEOF',
    'cat > x.sh <<EOF\necho "<note>"\nEOF\nbash x.sh',
    "psql <<EOF\ndelete from a where b = '<note>'\nEOF",
    'echo "<note>" | bash',
    'echo "<note>" | tee x.sh | cat',
    'echo "<note>" > x.sh; bash x.sh',
    '{ echo "<note>"; } | bash',
    '{ echo "<note>"; } > x.sh',
    'exec > x.sh; echo "<note>"',
    'exec > >(bash); echo "<note>"',
    'bash < <(echo "<note>")',
    'echo x > "<note>"',
    // Read once more.
    'VAR="<note>"\neval "$VAR"',
    'VAR="<note>"\nsh -c "$VAR"',
    'VAR="<note>"\n(( VAR > 1 ))',
    'VAR="<note>"\n[[ $VAR -gt 1 ]]',
    'VAR="<note>"\nlet VAR+=1',
    '[ "$NOTE" -gt 1 ]',
    'f(){ sh -c "$1"; }; f "<note>"',
    'echo(){ sh -c "$1"; }; echo "<note>"',
    'alias echo=eval\necho "<note>"',
    'source x.sh; echo "<note>"',
    'echo "<note>"; eval "$_"',
    'echo "a[<note>]"; (( _ ))',
    'PATH=/tmp/x:$PATH; git commit -m "<note>"',
    'env -S "<note>"',
    'git -c alias.x="!<note>" x',
    'git commit -c "<note>"',
    "awk -v a='<note>' 'BEGIN{system(a)}'",
    "perl -e 'print q(<note>)'",
    'node -e \'x("<note>")\'',
    'ruby -e \'puts "<note>"\'',
    'php -r \'echo "<note>";\'',
    'yq ".a = <note>" x.yaml',
    'make deploy NOTE="<note>"',
    'helm upgrade web ./web --set image.tag="<version>"',
    'helm upgrade web ./web --set "image.tag=<version>"',
    "sh -c 'print <note>'",
    'kubectl patch deploy web -p \'{"a":"<note>"}\'',
    'declare "<note>=1"',
    'printf -v "<note>" x',
    'printf "<note>"',
    'printf "%b" "<note>"',
    'echo -e "<note>"',
    '[ -v "<note>" ]',
    'unset "<note>"',
    'echo $((1 + <note>))',
    'echo "${X/"<note>"/b}"',
    "echo $'<note>'",
    // Another option, or several words.
    '""<note>',
    "echo ''<note>",
    'echo {"<note>",b}',
    'echo $"<note>"',
    'echo <note>',
    'echo $NOTE',
    'kubectl get pods --"<note>"',
    'kubectl get pods "-<note>"',
    'kubectl delete pods -l "<note>"',
    'kubectl delete pod "<note>"',
    'kubectl get "<note>"',
    'kubectl annotate pod web "<note>"',
    'kubectl annotate pod "$OTHER" note="<note>"',
    'kubectl annotate --template note="<note>" pod web',
    'kubectl $VERB pod web note="<note>"',
    'grep -f "<note>" x',
    'grep -P "<note>" x',
    'grep x "<note>"',
    'curl "https://x/<note>"',
    'curl --data-urlencode "<note>" https://x',
    'curl -d "a=<note>" https://x',
    'print "<note>"',
    '<note> --help',
    '"<note>" --help',
    "cat <<'EOF'\n<note>\nEOF",
    'echo "<note>"; printenv RUNBOOKS_P_NOTE | bash',
    'echo "<note>" &',
    'coproc echo "<note>"',
  ])('in %j', text => {
    expect(refusals(text, 'a[$(id)],b -delete')).not.toEqual([]);
    for (const refused of refusals(text, '1 -delete'))
      expect(refused).toMatch(/; expected only letters, digits and \. _ : /);
  });

  it.each([
    `echo ''"<note>"`,
    'echo "${X}<note>"',
    'echo ""\'<note>\'',
    'grep "<note>" x',
    'kubectl get pods -l "<note>"',
  ])('as what would be an option in %j', text => {
    expect(refusals(text, '--all x')).toContain(
      'it would be read as an option; expected a value that does not begin with "-"',
    );
  });

  it('with the reason that fits the place', () => {
    const value = 'a b';
    expect(refusals('print $NOTE', value)).toEqual([
      expect.stringMatching(/does not quote \$NOTE; expected only letters/),
    ]);
    expect(refusals("sh -c 'print <note>'", value)).toEqual([
      expect.stringMatching(/interpreted again by .*; expected only letters/),
    ]);
    expect(refusals('print "<note>"', value)).toEqual([
      expect.stringMatching(/<note> is no text that a program is known to/),
    ]);
  });
});
