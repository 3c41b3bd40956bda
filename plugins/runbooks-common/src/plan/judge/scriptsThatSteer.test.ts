import { judgeText } from './testUtils/judgeText';

const DELETES = 'kubectl delete deployment web\n';
const READS = 'kubectl get pods\n';
const HERE = 'here=$(cd "$(dirname "${BASH_SOURCE[0]}")" && pwd)\n';

const WAYS_TO_FIND_ONESELF = [
  HERE,
  'here="$(cd "$(dirname "$0")" && pwd)"\n',
  'here=$(cd -- "$(dirname -- "${BASH_SOURCE[0]}")" &> /dev/null && pwd -P)\n',
  'here=$(dirname "$(readlink -f "$0")")\n',
  'here=$(readlink -f "$(dirname "$0")")\n',
  'here=$(dirname "$(realpath "${BASH_SOURCE[0]}")")\n',
  'here=$(dirname "$0")\n',
  'ROOT=$(cd "$(dirname "$0")/.." && pwd)\nhere="$ROOT/scripts"\n',
  'up=$(cd "$(dirname "$0")" && pwd)\nROOT=$(cd "$up/.." && pwd)\nhere=$ROOT/scripts\n',
];

describe('a script that finds its own place', () => {
  it.each(WAYS_TO_FIND_ONESELF)(
    'is followed to what stands beside it: %s',
    found => {
      for (const call of [
        '"$here/other.sh"\n',
        'bash "$here/other.sh"\n',
        'source "$here/other.sh"\n',
        '. ${here}/other.sh\n',
        'cd "$here/.."\n./scripts/other.sh\n',
      ]) {
        // What is relative to the folder that the script began in means nothing after it has left it.
        if (call.startsWith('cd') && found === 'here=$(dirname "$0")\n')
          continue;
        const files = (other: string) => ({
          'scripts/x.sh': `#!/usr/bin/env bash\nset -euo pipefail\n${found}${call}`,
          'scripts/other.sh': other,
        });
        const effects = [READS, DELETES].map(
          other => judgeText('./scripts/x.sh', files(other)).effect,
        );
        expect([call, ...effects]).toEqual([call, 'read', 'destructive']);
      }
    },
  );

  it.each([
    ['after it has gone elsewhere', 'cd sub\n"$(dirname "$0")/other.sh"\n'],
    ['twice', 'cd "$(dirname "$0")"\ncd "$(dirname "$0")"\n./other.sh\n'],
    [
      'by a variable that is assigned twice',
      `${HERE}here=/tmp\n"$here/other.sh"\n`,
    ],
    ['by a variable that is read', `${HERE}read -r here\n"$here/other.sh"\n`],
    [
      'by a variable that eval assigns',
      `${HERE}eval "here=$(cat f)"\n"$here/other.sh"\n`,
    ],
    [
      'above the workspace',
      'here=$(cd "$(dirname "$0")/../.." && pwd)\n"$here/other.sh"\n',
    ],
    ['with $0 in a file that is sourced', 'source scripts/lib.sh\n'],
    ['where the name of the file is not known', `${HERE}"$here/$(cat f).sh"\n`],
  ])('is not known where it does so %s', (_, rest) => {
    const judged = judgeText('./scripts/x.sh', {
      'scripts/x.sh': rest,
      'scripts/other.sh': READS,
      'scripts/lib.sh': '"$(dirname "$1")/other.sh"\n',
    });
    expect(judged.effect).toBe('unknown');
  });

  it('writes below the workspace where a computed name begins there, and not known where it does not', () => {
    const effectOf = (name: string) =>
      judgeText('./x.sh', {
        'x.sh': `file=${name}\nkubectl get pods >"$file"\n`,
      }).effect;
    expect(effectOf('"backup-$(date +%F).sql"')).toBe('read');
    expect(effectOf('backups/$(cat name)')).toBe('read');
    expect(effectOf('"$(cat name)"')).toBe('unknown');
    expect(effectOf('"../$(date +%F)"')).toBe('unknown');
    expect(effectOf('"/etc/$(date +%F)"')).toBe('change');
  });
});

describe('arguments that are handed on', () => {
  it.each([
    ['main() { kubectl get "$1"; }\nmain "$@"\n', 'pods', 'read'],
    ['run() { "$@"; }\nrun kubectl get pods\n', '', 'read'],
    ['run() { "$@"; }\nrun kubectl delete pod web\n', '', 'destructive'],
    [
      'run() { local what=$1\nshift\n"$@"; }\nrun one kubectl delete pod web\n',
      '',
      'destructive',
    ],
    [
      'run() { local what=$1\nshift\n"$@"; }\nrun kubectl get pods\n',
      '',
      'unknown',
    ],
    [
      'run() { while [ $# -gt 1 ]; do shift; done\n"$@"; }\nrun kubectl get pods\n',
      '',
      'unknown',
    ],
    [
      'run() { set -- kubectl delete pod web\n"$@"; }\nrun kubectl get pods\n',
      '',
      'unknown',
    ],
    ['run() { "$@"; }\nrun run kubectl delete pod web\n', '', 'unknown'],
    ['run() { "$@"; "$@"; }\nrun shift 1\n', '', 'unknown'],
    ['kubectl scale deployment/web --replicas="$1"\n', '3', 'change'],
    ['kubectl scale deployment/web --replicas="$1"\n', '0', 'destructive'],
    [
      '. ./shift.sh\nkubectl scale deployment/web --replicas="$1"\n',
      '3 0',
      'destructive',
    ],
    [
      'scale() { kubectl scale deployment/web --replicas="$1"; }\nscale 0\n',
      '3',
      'destructive',
    ],
    [
      "bash -c 'kubectl scale deployment/web --replicas=$1' - 0\n",
      '3',
      'destructive',
    ],
  ])('%j with %j is %s', (script, args, effect) => {
    const judged = judgeText(`./x.sh ${args}`, {
      'x.sh': script,
      'shift.sh': 'shift\n',
    });
    expect(judged.effect).toBe(effect);
  });

  it('loops over an array of literals, unless something else gives it items', () => {
    const loop =
      'for name in "${LIST[@]}"; do kubectl rollout status deployment/$name; done';
    const bound = (text: string) => judgeText(text, {}).effect;
    expect(bound(`LIST=(web api)\n${loop}`)).toBe('read');
    const kinds =
      'for kind in "${LIST[@]}"; do kubectl get $kind -o yaml; done';
    expect(judgeText(`LIST=(pods jobs)\n${kinds}`, {}).secrets.kind).toBe(
      'none',
    );
    expect(judgeText(`LIST=(pods secrets)\n${kinds}`, {}).secrets.kind).toBe(
      'any',
    );
    expect(
      judgeText(`LIST=(pods)\nLIST+=(secrets)\n${kinds}`, {}).secrets.kind,
    ).toBe('any');
    expect(
      judgeText(`LIST=(pods)\nmapfile LIST <f\n${kinds}`, {}).secrets.kind,
    ).toBe('any');
  });
});

describe('a value that becomes another one unseen', () => {
  it.each([
    'source ./env.sh',
    '. env.sh',
    'declare -n other=N; other=0',
    'printf -v N 0',
    'read -r N <f',
    'eval "N=0"',
    "trap 'N=0' DEBUG",
    'exec {N}>f',
    '((N -= 3))',
    'coproc N { :; }',
    'builtin eval N=0',
    'f() { N=0; }; f',
  ])('is not taken for what it was: %s', text => {
    const files = { 'env.sh': 'N=0\n' };
    for (const whole of [
      `N=3; ${text}; kubectl scale deployment/web --replicas=$N`,
      `N=3; ${text}; M=$N; kubectl scale deployment/web --replicas=$M`,
      `N=3; for i in 1 2; do M=$N; kubectl scale deployment/web --replicas=$M; ${text}; done`,
    ]) {
      expect([whole, judgeText(whole, files).effect]).toEqual([
        whole,
        'destructive',
      ]);
    }
  });

  it.each([
    'web() { kubectl delete pod web; }; web; web() { :; }',
    'kubectl delete pod web; kubectl() { :; }',
    'kubectl() { :; }; unset -f kubectl; kubectl delete pod web',
    'source ./lib.sh; stop',
  ])('is judged by every function that a name may mean: %s', text => {
    expect(judgeText(text, { 'lib.sh': `stop() { ${DELETES}}\n` }).effect).toBe(
      'destructive',
    );
  });

  it('knows the functions of a file that it sources', () => {
    const files = { 'lib.sh': 'log() { echo "$(date) $*" >&2; }\n' };
    expect(
      judgeText('source ./lib.sh; log begins; kubectl get pods', files).effect,
    ).toBe('read');
  });
});

describe('the files that a step reaches in its home', () => {
  it.each([
    // In quotes it would be a folder of that name.
    ['cat ~/dump.sql', ['.home/dump.sql', '~/dump.sql']],
    ['cat "$HOME/dump.sql"', ['.home/dump.sql']],
    ['kubectl get pods >${HOME}/a/pods.txt', ['.home/a/pods.txt']],
    ['cat /etc/hosts', ['/etc/hosts']],
  ])('are those that are kept in the workspace: %s', (text, paths) => {
    expect(judgeText(text, {}).files).toEqual({ kind: 'known', paths });
  });

  it.each([
    'cat ~/../x',
    'cat ~root/x',
    'cat "$HOME$X"',
    'cat "$HOME/$(date)"',
  ])('are not known where the path does not say them: %s', text => {
    expect(judgeText(text, {}).files.kind).toBe('unknown');
  });
});
