import { judgeText } from './testUtils/judgeText';

const FILES: Record<string, string> = {
  'report-1.sh': 'kubectl annotate deployment web a=b\n',
  'report-2.sh': 'kubectl delete deployment web\n',
  'sourced.sh': '[[ N=2 -eq 2 ]]\n',
  'own.sh': 'N=1\n[[ N=2 -eq 2 ]]\nkubectl annotate deployment "web-$N" a=b\n',
};

function judge(text: string, environment: Record<string, string> = {}) {
  return judgeText(text, FILES, { environment });
}

/** Ways to make N another value than the 1 that stands there. */
const WAYS = [
  '[[ N=2 -eq 2 ]]',
  '[[ N+=1 -gt 1 ]]',
  '[[ 1 -lt N++ ]]',
  '[[ "N=2" -eq 2 ]]',
  'echo "${PATH:N++:1}"',
  'echo ${PATH:0:N=2}',
  'echo "${@:N++:1}"',
  'Y="${PATH: N=2 :1}"',
  'case ${PATH:N++:1} in x) ;; esac',
  'echo ${A[N++]}',
  'A[N++]=q',
  'A=([N++]=3)',
  'declare -a A=([N++]=3)',
  'declare -i Z=N++',
  'declare -i Z; Z=N++',
  'declare -i N; N=1+1',
  'declare -u N',
  'declare -l N',
  'typeset -i N; N=2-1',
  '[[ -v A[N++] ]]',
  "test -v 'A[N++]'",
  "[ -v 'A[N++]' ]",
  'printf -vN 2',
  "printf '-vN' 2",
  "printf -v'N' 2",
  'O=-vN; printf $O 2',
  'O=-v; printf $O N 2',
  'O=-vN; printf "$O" 2',
  'command printf -vN 2',
  'builtin printf -vN 2',
  'C=printf; $C -vN 2',
  "printf -v 'A[N++]' q",
  "read 'A[N++]' <<< q",
  'read -aN <<< 2',
  'mapfile -t N <<< 2',
  "shopt -s expand_aliases; alias check='N=2'\ncheck",
  "alias true='N=2'\ntrue",
  'for ((N=2;N<2;)); do :; done',
  '((N=2))',
  ': $((N=2))',
  'let N=2',
  ': ${N:=2} $((N++))',
  "Y='N=2'; : $((Y))",
  "Y='N=2'; ((Y))",
  "Y='N=2'; let Y",
  "Y='N=2'; echo ${PATH:Y:1}",
  "Y='N=2'; for ((i=Y;i<1;)); do :; done",
  "Y='N=2'; [[ Y -eq 2 ]]",
  "Y='N=2'; [[ $Y -eq 2 ]]",
  "Y='N=2'; A[Y]=q",
  "Y='N=2'; A=([Y]=3)",
  'Y=N; : $((++$Y))',
  'eval "N=2"',
  "trap '((N=2))' DEBUG",
  'source sourced.sh',
  "eval '. ./sourced.sh'",
  'M=N; export "$M"=2',
  'M=N; export "$M=2"',
  'M=N; readonly "$M"=2',
  'M=N; builtin export $M=2',
  'export "${M:-N}"=2',
  'for M in N; do export "$M"=2; done',
  'exec {N}<<< x',
  'exec {N}<<E\nx\nE',
  '{ :; } {N}<<< x',
  'RANDOM=N++',
  'OPTIND=N=2',
  'HISTCMD=N++',
  'RANDOM+=N++',
  'read RANDOM <<< N++',
  'for OPTIND in N++; do :; done',
  'printf -v OPTIND N++',
  'export RANDOM=N++',
  'declare RANDOM=N++',
  'a="N=2"; export "$a"',
  'a="N=2"; export $a',
  'a="N=2"; readonly "$a"',
  'a=N; export $a=2',
  'a=N; export ${a}=2',
  "O='++'; ((N$O))",
  "O='=2'; ((N$O))",
  'O==; ((N$O 2))',
  "O='++'; [[ N$O -eq 1 ]]",
  "O='++'; echo ${PATH:N$O:1}",
  "O='++'; A[N$O]=1",
  "O='++'; : $((N${O}))",
  'O=+; ((N$O$O))',
  'O=+; ((N$O+))',
  '((N+${Q}+))',
  '((N+""+))',
  '((N+\\\n+))',
  '((N[A[0]]++))',
  '((N[A[0]]=2))',
  '((N[${A[0]}+0]=2))',
  ': $((N[A[0]]=2))',
  'echo ${PATH:N[A[0]]++:1}',
  'set -- N; (($1++))',
  "Y='A[N=2]'; [[ -v $Y ]]",
  'Y=\'A[N=2]\'; [[ -v "$Y" ]]',
  'Y=\'A[N=2]\'; [ -v "$Y" ]',
  'Y=\'A[N=2]\'; test -v "$Y"',
  "Y='A[N=2]'; echo ${!Y}",
  "Y='A[N=2]'; echo ${!Y:-x}",
  'Y=\'A[N=2]\'; echo "${!Y#x}"',
  "Y='A[N=2]'; for x in ${!Y}; do :; done",
];

describe('a variable that bash may have given another value than its assignment says', () => {
  it.each(WAYS)('names no object: %s', way => {
    const { writes, unknown } = judge(
      `N=1\n${way}\nkubectl annotate deployment "web-$N" a=b`,
    );
    const isListed =
      writes.kind === 'listed' &&
      writes.writes.every(({ name }) => name === 'web-1');
    expect([unknown !== undefined, isListed]).not.toEqual([false, true]);
  });

  it.each(WAYS)(
    'names no script that would be judged in the place of another: %s',
    way => {
      const { unknown } = judge(`N=1\n${way}\nbash "report-$N.sh"`);
      expect(unknown).toEqual(expect.any(String));
    },
  );

  it.each(WAYS)('is not a parameter either: %s', way => {
    const text = `${way.replaceAll(
      /\bN\b/g,
      'RUNBOOKS_P_N',
    )}\nbash "report-$RUNBOOKS_P_N.sh"`;
    if (text.includes('-vN') || text.includes('-aN')) return;
    expect(judge(text, { RUNBOOKS_P_N: '1' }).unknown).toEqual(
      expect.any(String),
    );
  });

  it('is not known in a script that does it itself', () => {
    const { writes } = judge('bash own.sh');
    expect(writes).toMatchObject({ kind: 'any-in-namespaces' });
  });
});

describe('a variable that only its assignments bind', () => {
  it.each([
    'if [[ $N -gt 0 ]]; then echo yes; fi',
    'for ((i=0;i<3;i++)); do echo "$i"; done',
    'i=0; ((i++)); echo $((i + N))',
    'printf "%s\\n" "$N"',
    'GREEN=\'\\033[0;32m\'; printf "${GREEN}ok"',
    'KUBECTL="kubectl -n shop"; $KUBECTL get pods',
    'run() { kubectl get "$@"; }; run pods',
    'local_name=x; declare -r OTHER=3; export THIRD=4',
    'echo "${PATH:0:3}" "${N:-2}" "${N%%=*}"',
    'ENVS=(A=1 B=2); echo "${ENVS[@]}" "${#ENVS[@]}"',
    'kubectl set env deployment/other M=2',
    'while read -r line; do echo "$line"; done < list.txt',
    '[ "$N" = 1 ] && test -n "$N"',
  ])('is what they say: %s', other => {
    const { writes } = judge(
      `N=1\n${other}\nkubectl annotate deployment "web-$N" a=b`,
    );
    expect(writes).toMatchObject({
      kind: 'listed',
      writes: expect.arrayContaining([
        expect.objectContaining({ name: 'web-1' }),
      ]),
    });
  });
});

describe('a secret value that is bound in another way than by an assignment', () => {
  it.each([
    'printf -vF %s "$RUNBOOKS_P_PW"',
    'printf "-vF" %s "$RUNBOOKS_P_PW"',
    'command printf -vF %s "$RUNBOOKS_P_PW"',
    'O=-vF; printf $O %s "$RUNBOOKS_P_PW"',
    'read -aF <<< "$RUNBOOKS_P_PW"',
    'builtin read -aF <<< "$RUNBOOKS_P_PW"',
    'while read -raF; do break; done <<< "$RUNBOOKS_P_PW"',
    '[[ F=${#RUNBOOKS_P_PW} -gt 0 ]]',
    'echo "${PATH:F=${#RUNBOOKS_P_PW}:1}"',
    'N=F; export "$N"="$RUNBOOKS_P_PW"',
    'N=F; readonly "$N"="$RUNBOOKS_P_PW"',
    'N=F; printf -v "$N" %s "$RUNBOOKS_P_PW"',
    'C=printf; $C -vF %s "$RUNBOOKS_P_PW"',
    'run() { "$@"; }; run read -aF <<< "$RUNBOOKS_P_PW"',
    'exec 3<<< "$RUNBOOKS_P_PW"; read -u 3 -a F',
    'Y="$RUNBOOKS_P_PW"; ((Y))',
    'A=([F=${#RUNBOOKS_P_PW}]=1)',
    `shopt -s expand_aliases; alias check='F="$RUNBOOKS_P_PW"'\ncheck`,
    `alias true='printf -vF %s "$RUNBOOKS_P_PW"'\ntrue`,
  ])('decides nothing: the step is done by a person (%s)', way => {
    for (const used of [
      'bash "report-$F.sh"',
      'kubectl patch service web -p "$F"',
    ]) {
      const { impossible } = judgeText(
        `F='{"metadata":{}}'\n${way}\n${used}`,
        FILES,
        { hidden: ['RUNBOOKS_P_PW'] },
      );
      expect([used, impossible]).toEqual([used, expect.any(String)]);
    }
  });
});

describe('an option of the shell under which words are read in another way', () => {
  it.each([
    'set -k',
    'set -o keyword',
    'set -eo keyword',
    'set -o posix',
    'set $OPTIONS',
    'shopt -s expand_aliases',
    'OPTIONS="-s expand_aliases"; shopt $OPTIONS',
    "shopt -s expand_aliases; eval 'alias echo=command'",
  ])('makes a step unknown: %s', option => {
    expect(judge(`${option}\necho N=2`).unknown).toEqual(expect.any(String));
  });

  it.each([
    'set -euo pipefail',
    'set -e -o pipefail',
    'set -x',
    'set +e',
    'set -- a b',
    'shopt -s nullglob globstar',
    'alias k=kubectl',
  ])('is no such one: %s', option => {
    expect(judge(`${option}\nkubectl get pods`).unknown).toBeUndefined();
  });
});

describe('a text that bash evaluates where it is bound', () => {
  const RUNS = "'a[$(kubectl delete deployment web)]'";
  it.each([
    `printf -v RANDOM ${RUNS}`,
    `read RANDOM <<< ${RUNS}`,
    'kubectl get cm x -o jsonpath={.data.a} | { read RANDOM; }',
    `for SECONDS in ${RUNS}; do :; done`,
    `for RANDOM in ${RUNS}; do :; done`,
    `a='RANDOM=a[$(kubectl delete deployment web)]'; export "$a"`,
    `a='x=a[$(kubectl delete deployment web)]'; x=0; export "$a"; ((x))`,
    `a='x=a[$(kubectl delete deployment web)]'; x=0; export "$a"; echo \${PATH:x:1}`,
    `a='x=a[$(kubectl delete deployment web)]'; x=0; export "$a"; [[ x -eq 0 ]]`,
    `set -k; f(){ ((x)); }; f x=${RUNS}`,
    `a='x=$(kubectl delete deployment web)'; x=1; export "$a"; echo "\${x@P}"`,
    `export RANDOM=${RUNS}`,
    `mapfile RANDOM <<< ${RUNS}`,
    'getopts a OPTIND',
    `RANDOM+=${RUNS}`,
  ])('makes a step unknown: %s', text => {
    expect(judge(text).unknown).toEqual(expect.any(String));
  });
});
