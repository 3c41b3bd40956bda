import fc from 'fast-check';
import { judgeBoundText } from './judgeBoundText';

const CODE = 'a[$(kubectl delete pod web >&2)]';

function effectOf(
  text: string,
  {
    environment = {},
    untold = [],
    files = {},
  }: {
    environment?: Record<string, string>;
    untold?: string[];
    files?: Record<string, string>;
  } = {},
) {
  return judgeBoundText(text, {
    environment,
    untold: new Set(untold),
    fileText: path => files[path],
    folders: [''],
  });
}

/** Each runs the command in the content of `x`, tried with bash 5.2. */
const PLACES = [
  'echo $((x))',
  'echo "$((x + 1))"',
  'echo $(( $x ))',
  'echo $(( ${x} ))',
  'echo $[x]',
  'echo "$[ x + 1 ]"',
  '(( x > 1 ))',
  '(( y = x ))',
  'if (( x )); then echo yes; fi',
  'let y=x',
  'let "y = x + 1"',
  'builtin let y=x',
  '[[ x -eq 1 ]]',
  '[[ $x -gt 1 ]]',
  '[[ 1 -lt "$x" ]]',
  '[[ -v $x ]]',
  'if [[ "$x" -ne 0 && 1 -eq 1 ]]; then echo yes; fi',
  'echo ${list[x]}',
  'echo "${list[$x]}"',
  'list[x]=1',
  'list=([x]=1)',
  'unset "list[x]"',
  'unset "$x"',
  'test -v "$x"',
  '[ -v "$x" ]',
  '[ -v "list[x]" ]',
  'printf -v "$x" done',
  'printf -v "list[x]" done',
  'read "$x" <<< 1',
  'read -r "list[x]" <<< 1',
  'declare -i n=x',
  'declare -i n; n=$x',
  'typeset -i n=$x',
  'f() { local -i n=x; }; f',
  'declare "$x=1"',
  'declare "list[x]=1"',
  'declare -n other=$x; echo $other',
  'echo ${text:x:1}',
  'echo "${text:1:x}"',
  'echo ${@:x}',
  'for ((i = x; i < 2; i++)); do echo $i; done',
  'for ((i = 0; i < x; i++)); do echo $i; done',
  'echo ${!x}',
  'echo "${!x:-none}"',
  'echo ${x@P}',
  'RANDOM=$x',
  'OPTIND=$x',
  'exec {list[x]}> /dev/null',
  'true & wait -n -p "$x"',
  'y=x; echo $((y))',
  'cat <<END\n$((x))\nEND',
  'echo "${text:-$((x))}"',
  'case $((x)) in 1) echo one;; esac',
  'while (( x-- )); do echo again; done',
  'echo > "out-$((x))"',
  'echo $(echo $((x)))',
  "bash -c 'echo $((x))'",
  "eval 'echo $((x))'",
];

describe('what bash evaluates beside commands', () => {
  it.each(PLACES)('%s is unknown where x holds a command', place => {
    expect(effectOf(`x='${CODE}'; ${place}`).effect).toBe('unknown');
  });

  it.each(PLACES)('%s is unknown where x is what a command prints', place => {
    expect(effectOf(`x=$(cat notes.txt); ${place}`).effect).toBe('unknown');
  });

  it.each(PLACES)(
    '%s is unknown where x is a value that is not told',
    place => {
      expect(['read', 'local']).not.toContain(
        effectOf(place, { untold: ['x'] }).effect,
      );
    },
  );

  it.each([
    ['a parameter', '(( RUNBOOKS_P_N > 1 ))', { RUNBOOKS_P_N: CODE }],
    [
      'a parameter in a variable',
      'n="${RUNBOOKS_P_N}"; echo $((n))',
      { RUNBOOKS_P_N: CODE },
    ],
    ['what an earlier step left', 'echo $((LEFT))', { LEFT: CODE }],
    [
      'a name that leads to a command',
      'echo $((RUNBOOKS_P_N))',
      { RUNBOOKS_P_N: 'LEFT', LEFT: CODE },
    ],
    [
      'an option that names a variable',
      '[ ${RUNBOOKS_P_N} ]',
      { RUNBOOKS_P_N: `-v ${CODE.replace(/ /g, '${IFS}')}` },
    ],
  ])('%s is unknown where it holds a command', (_, text, environment) => {
    expect(effectOf(text, { environment }).effect).toBe('unknown');
  });

  it.each([
    'x=$(cat notes); [ $x ]',
    'x=$(cat notes); [ "$x" "$x" ]',
    'x=$(cat notes); [ 1 -eq 1 -a $x ]',
    'read -r x < notes; echo $((x))',
    'command read -r x < notes; echo $((x))',
    'mapfile -t x < notes; echo $((x[0]))',
    'for x in $(cat notes); do echo $((x)); done',
    'while read -r x; do (( sum += x )); done < notes',
    'x=1; x+=$(cat notes); echo $((x))',
    'n=y; printf -v "$n" %s "a[\\$(id)]"; echo $((y))',
    'eval "x=\'a[\\$(id)]\'"; echo $((x))',
    'wc() { cat notes; }; x=$(cat notes | wc -l); echo $((x))',
    'f() { echo $(($1)); }; f "$(cat notes)"',
    'echo $(( $(cat notes) ))',
    'echo $(( `cat notes` + 1 ))',
  ])('%s is unknown', text => {
    expect(effectOf(text).effect).toBe('unknown');
  });

  it('follows a value into a script of the workspace', () => {
    const files = { 'm.sh': 'echo $((x))', 'lib.sh': `x='${CODE}'` };
    expect(effectOf(`export x='${CODE}'; ./m.sh`, { files }).effect).toBe(
      'unknown',
    );
    expect(effectOf('source ./lib.sh; echo $((x))', { files }).effect).toBe(
      'unknown',
    );
  });

  it.each([
    ['echo $((1 + 2))', {}],
    ['echo $((RUNBOOKS_P_N + 1))', { RUNBOOKS_P_N: '3' }],
    ['n="${RUNBOOKS_P_N}"; [[ $n -gt 1 ]]', { RUNBOOKS_P_N: '3' }],
    ['echo $((LEFT * 2))', { LEFT: ' 12 ' }],
    ['i=0; while (( i < 3 )); do echo $i; i=$((i + 1)); done', {}],
    ['for ((i = 0; i < 3; i++)); do echo $i; done', {}],
    ['for i in 1 2 3; do echo $((i * 2)); done', {}],
    ['for i in {1..3}; do echo $((i * 2)); done', {}],
    ['for i in $(seq 1 3); do echo $((i * 2)); done', {}],
    ['end=$(( $(date +%s) + 60 )); [[ $end -gt 1 ]] && echo later', {}],
    ['n=$(cat notes | wc -l); if [ $n -gt 1 ]; then echo many; fi', {}],
    ['n=$(cat notes | grep -c Ready || true); (( n > 1 )) && echo many', {}],
    ['list=(a b c); echo ${list[0]} ${list[@]} ${#list[@]} ${!list[@]}', {}],
    ['declare -A m; m[key]=1; echo ${m[key]}', {}],
    ['text=abc; echo ${text:1:2} ${text: -1}', {}],
    ['ref=HOME; echo ${!ref}', {}],
    ['x=$(cat notes); [ -z "$x" ] && echo none', {}],
    ['x=$(cat notes); [ "$x" = done ] && echo done', {}],
    ['x=$(cat notes); [[ $x == done && -n "$x" ]] && echo done', {}],
    ['echo $# $? $((RANDOM % 10)) $((SECONDS))', {}],
    ['read -r -p "Which? " answer <<< a; echo "$answer"', {}],
    ['unset name; declare -i n=3; local_n=$n; printf "%s" "$local_n"', {}],
  ])('%s stays local', (text, environment) => {
    expect(effectOf(text, { environment })).toMatchObject({ effect: 'local' });
  });

  it('reads a count of ready replicas as a number', () => {
    expect(
      effectOf(
        `n=$(kubectl get deploy web -n shop -o jsonpath='{.status.readyReplicas}'); [[ $n -gt 1 ]] && echo ready`,
      ).effect,
    ).toBe('read');
    expect(
      effectOf(
        `n=$(kubectl get cm web -o jsonpath='{.data.n}'); [[ $n -gt 1 ]] && echo ready`,
      ).effect,
    ).toBe('unknown');
  });

  it.each([
    '[ "$(date)"$x"$(date)" = 1 ]',
    '[ "$(date "+(")"$x"$(date "+)")" = 1 ]',
    'f() { [ "$@" ]; }; f -v "$x"',
    'f() { [ "${@:1}" ]; }; f -v "$x"',
    'y=(-v "$x"); [ "${y[@]}" ]',
  ])(
    'does not take a word of a test for one where it may become many: %s',
    test => {
      expect(effectOf(`x=$(cat notes)\n${test}`).effect).toBe('unknown');
    },
  );

  it.each([
    '[ "$(kubectl get pods -o name | head -1)" = "pod/web" ]',
    '[ "$(kubectl get cm web -o jsonpath="{.data[\'a(\']}")" != "" ]',
    '[ "a-${x}" = "a-b" ]',
    '[ "${#x}" -gt 1 ]',
  ])('takes a quoted word of a test for one: %s', test => {
    expect(effectOf(`x=$(kubectl get ns -o name)\n${test}`).effect).toBe(
      'read',
    );
  });

  it('looks at a long word of a test once', () => {
    const began = process.cpuUsage();
    effectOf(`[ "${'$(a)'.repeat(24)}"! = 1 ]`);
    expect(process.cpuUsage(began).user).toBeLessThan(2_000_000);
  });

  it('never takes a text with an opaque value in such a place for a read or local', () => {
    fc.assert(
      fc.property(
        fc.constantFrom(...PLACES),
        fc.constantFrom(
          'x=$(cat notes)',
          'x=$(kubectl get cm web -o jsonpath="{.data.x}")',
          'x=`kubectl get cm -A`',
          `x='${CODE}'`,
          'x="$1"',
          'read -r x < notes',
          'x=${1:-}',
          'x+=$(cat notes)',
        ),
        fc.constantFrom(
          '',
          'echo before; ',
          'x=1; ',
          'if true; then echo; fi; ',
        ),
        fc.constantFrom('', '; x=2', '; kubectl get pods', '\n# end'),
        (place, given, before, after) => {
          const { effect } = effectOf(`${before}${given}\n${place}${after}`);
          return effect !== 'read' && effect !== 'local';
        },
      ),
      { numRuns: 500 },
    );
  });
});
