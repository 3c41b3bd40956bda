import fc from 'fast-check';
import type { FileReach } from '../model';
import { judgeText } from './testUtils/judgeText';

const FILES: Record<string, string> = {
  'real.sh': 'kubectl get pods\n',
  'my script.sh': 'kubectl get pods\n',
  'ä.sh': 'kubectl get pods\n',
  'steer.sh': 'KUBECONFIG=other.yaml kubectl get pods\n',
};

function reachOf(text: string): FileReach {
  return judgeText(text, FILES, { waiting: ['X'] }).files;
}

/** A command, and the file that it surely opens. */
const OPENS: ReadonlyArray<readonly [string, string]> = [
  ['bash "my script.sh"', 'my script.sh'],
  ['bash ä.sh', 'ä.sh'],
  ['bash real.sh -c', 'real.sh'],
  ['sh -x real.sh', 'real.sh'],
  ['. ./real.sh', 'real.sh'],
  ['timeout 9 ./real.sh', 'real.sh'],
  ['kubectl apply -f "m f.yaml"', 'm f.yaml'],
  ['kubectl apply -f ~/backup.yaml', '.home/backup.yaml'],
  ['kubectl apply -f $HOME/backup.yaml', '.home/backup.yaml'],
  ['kubectl apply -f "${HOME}/backup.yaml"', '.home/backup.yaml'],
  ['kubectl apply -f /home/step/backup.yaml', '.home/backup.yaml'],
  ['kubectl apply -f /workspace/h.yaml', 'h.yaml'],
  ['kubectl apply -f /workspace/./k//h.yaml', 'k/h.yaml'],
  ['kubectl apply -f /proc/self/cwd/h.yaml', 'h.yaml'],
  ['kubectl apply -fh.yaml', 'h.yaml'],
  ['kubectl apply -f a.yaml,h.yaml', 'h.yaml'],
  ['kubectl apply -Rf k', 'k'],
  ['kubectl apply -f .', 'h.yaml'],
  ['kubectl apply -f k/../h.yaml', 'h.yaml'],
  ['kubectl apply -f ~+/h.yaml', 'h.yaml'],
  ['kubectl apply -k overlay', 'base/h.yaml'],
  ['kubectl create configmap c --from-file=a=b=h.yaml', 'b=h.yaml'],
  ['kubectl create configmap c --from-file=key=h.yaml', 'h.yaml'],
  ['kubectl patch deploy web --patch-file h.yaml', 'h.yaml'],
  ['kubectl debug pod/web --custom=h.yaml --image=x', 'h.yaml'],
  ['kubectl get pods -o custom-columns-file=h.yaml', 'h.yaml'],
  ['kubectl get pods -o jsonpath-file=h.yaml', 'h.yaml'],
  ['kubectl get pods -o go-template-file --template h.yaml', 'h.yaml'],
  ['kubectl get pods --kubeconfig h.yaml', 'h.yaml'],
  ['KUBECONFIG=h.yaml kubectl get pods', 'h.yaml'],
  ['HOME=/workspace/h helm list', 'h/.config/helm/repositories.yaml'],
  ['./steer.sh', 'other.yaml'],
  ['kubectl cp h.yaml web:/tmp/h', 'h.yaml'],
  ['./kubectl get pods', 'kubectl'],
  ['helm upgrade web ./chart -fvalues.yaml', 'values.yaml'],
  ['helm upgrade web ./chart -if values.yaml', 'values.yaml'],
  ['helm upgrade web ./chart --set-file a=1.txt,b=h.yaml', 'h.yaml'],
  ['helm upgrade web ./chart', 'chart/templates/web.yaml'],
  ['helm upgrade web ./chart --post-renderer ./real.sh', 'real.sh'],
  [`awk 'BEGIN{print "bash real.sh" | "sh"}'`, 'real.sh'],
  [`awk 'BEGIN{ARGV[1]="h.yaml";ARGC=2}{print}'`, 'h.yaml'],
  ['awk -fprog.awk x', 'prog.awk'],
  ['sed -fscripts/edit.sed x', 'scripts/edit.sed'],
  ['sed "1e bash real.sh" x', 'real.sh'],
  ['sed "rh.yaml" x', 'h.yaml'],
  [`yq 'load_str("h.yaml")' x`, 'h.yaml'],
  ['yq ".a" h.yaml', 'h.yaml'],
  [`jq 'include "h"; .' x`, 'h.jq'],
  ['jq -f h.jq x', 'h.jq'],
  ['jq --slurpfile a h.json . x', 'h.json'],
  ['curl -d@h.yaml http://gateway', 'h.yaml'],
  ['curl -K h.cfg', 'h.cfg'],
  ['python3 -m json.tool', 'json/tool.py'],
  ['python3 -c "import h"', 'h.py'],
  ['node -e "require(\'./h\')"', 'h.js'],
  ['perl -Mh -e 1', 'h.pm'],
  ['ruby -r./h -e 1', 'h.rb'],
  ['make', 'Makefile'],
  ['git status', '.git/config'],
  ['tar cf - .', 'h.yaml'],
  ['find . -exec cat {} +', 'h.yaml'],
  ['echo h.yaml | xargs cat', 'h.yaml'],
  ['env -C k cat h.yaml', 'k/h.yaml'],
  ['bash --rcfile real.sh -i', 'real.sh'],
  ['cat h*.yaml', 'h.yaml'],
  ['cat "$X"', 'h.yaml'],
  ['cat < h.yaml', 'h.yaml'],
  ['cat <(cat h.yaml)', 'h.yaml'],
  ['x=$(<h.yaml); echo "$x"', 'h.yaml'],
  ['exec 3< h.yaml; read -r -u 3 x', 'h.yaml'],
  ['grep -r x .', 'h.yaml'],
  ['grep -r x', 'h.yaml'],
  ['grep -fh.txt x', 'h.txt'],
  ['grep -r x /', 'h.yaml'],
  ['wc --files0-from=list', 'h.yaml'],
  ['ls', 'h.yaml'],
  ['cp /workspace/h.yaml /tmp/h && kubectl apply -f /tmp/h', 'h.yaml'],
  ['ln -s /workspace/h.yaml /tmp/h; kubectl apply -f /tmp/h', 'h.yaml'],
  ['test -f h.yaml && kubectl get pods', 'h.yaml'],
  ['date -fh.txt', 'h.txt'],
  ['kubectl get pods | cat - h.yaml', 'h.yaml'],
  ['python3 h.py; python3() { :; }', 'h.py'],
];

/** Texts that are told by which files there are: a pattern that bash expands, or a look at a file. */
const TOLD_BY_NAMES: ReadonlyArray<readonly [string, string]> = [
  [
    'b=(spec*)\nkubectl set image deployment/web web="${b[0]#spec-}"',
    'spec-evil',
  ],
  ['b+=(spec*)', 'spec-evil'],
  ['declare -a b=(spec*)', 'spec-evil'],
  ['local b=(spec*)', 'spec-evil'],
  ['set -- v*\nkubectl label deploy web x="$1"', 'v2'],
  [
    'case "$(echo w*)" in "w*") kubectl scale deploy/web --replicas=2 ;; esac',
    'w1',
  ],
  ['kubectl patch deploy web -p "$(printf %s z*)"', 'z1'],
  ['set -- z*; kubectl create configmap c --from-literal=k="$1"', 'z1'],
  ['set -- z*; kubectl delete pods -l "$1"', 'z1'],
  ['set -- z*; kubectl run web --image="$1"', 'z1'],
  ['for f in s*; do kubectl label pod web "$f"; done', 's1'],
  ['select f in s*; do echo "$f"; done', 's1'],
  ['[[ -e flag ]] && kubectl scale deploy/web --replicas=3', 'flag'],
  ['[[ ! -f flag || -n $X ]] && kubectl get pods', 'flag'],
  ['[[ a -nt flag ]] && kubectl scale deploy/web --replicas=3', 'flag'],
  ['[ -e flag ] && kubectl get pods', 'flag'],
  ['test a -ot flag && kubectl get pods', 'flag'],
  ['[ $X flag ] && kubectl get pods', 'flag'],
  ['[ "$X" flag ] && kubectl get pods', 'flag'],
  ['[ ! "$X" flag ] && kubectl get pods', 'flag'],
  ['x=-e; [ "$x" flag ] && kubectl get pods', 'flag'],
  ['kubectl label pod web "x=$(basename m/*)"', 'm/a'],
  ['echo z*', 'z1'],
  ['echo z?', 'z1'],
  ['echo z[0-9]', 'z1'],
  ['echo "z"[0"-"9]', 'z1'],
  ['shopt -s extglob\necho @(z1|z2)', 'z1'],
  ['echo +(z)', 'z'],
  ['echo !(x)', 'z1'],
  ['echo {z,y}*', 'z1'],
  ["x='z*'; echo $x", 'z1'],
  ["x='[z]'; echo ${x}1", 'z1'],
  ["x='[z'; y=']1'; echo $x$y", 'z1'],
  ['echo [z$X', 'z]'],
  ['echo $X', 'z1'],
  ['echo ${X:-1}', 'z1'],
  ['x=; echo ${x:-z*}', 'z1'],
  ['x=(a "z*"); echo ${x[1]}', 'z1'],
  ['x=(a "z*"); echo ${x[@]}', 'z1'],
  ["eval 'x=z*'; echo $x", 'z1'],
  ["bash -c 'echo z*'", 'z1'],
  ['bash -c \'for f in z*; do echo "$f"; done\'', 'z1'],
  ["bash -c 'echo $0' 'z*'", 'z1'],
  ['eval echo "z*"', 'z1'],
  ["trap 'echo z*' EXIT", 'z1'],
  ["alias e='echo z*'\ne", 'z1'],
  ['f() { echo $1; }\nf "z*"', 'z1'],
  ['f() { echo z*; }\nf', 'z1'],
  ['env a=z* true', 'a=z1'],
  ['timeout 5 echo z*', 'z1'],
  ['echo ok > z*', 'z1'],
  ['read -r x < z*', 'z1'],
  ['cat <<X\n$(echo z*)\nX', 'z1'],
  ['cat <(echo z*)', 'z1'],
  ['coproc echo z*', 'z1'],
  ['echo "${x:-$(echo z*)}"', 'z1'],
  ['echo $(kubectl get pods -o name)', 'z1'],
  ["compgen -G 'z*'", 'z1'],
  ['type ./z', 'z'],
  ['command -v ./z && kubectl get pods', 'z'],
  ['command -v "$X" && kubectl get pods', 'z'],
  ['hash ./z', 'z'],
  ['cd z* && kubectl get pods', 'z1/a'],
  ['cd flags && kubectl get pods', 'flags/a'],
  ['cd /workspace/flags && kubectl get pods', 'flags/a'],
  ['cd k/../flags && kubectl get pods', 'flags/a'],
  ['cd "$X" && kubectl get pods', 'flags/a'],
  ['pushd flags && kubectl get pods', 'flags/a'],
  ['stat z && kubectl get pods', 'z'],
  ['mkdir z && kubectl get pods', 'z/a'],
  ['mapfile x < z', 'z'],
  ['PATH=/workspace/bin:$PATH kubectl get pods', 'bin/kubectl'],
  ['ls *.yaml | xargs -n1 echo', 'z.yaml'],
  ['find . -newer a', 'z'],
  ['z=("$(echo z*)")', 'z1'],
];

/** Where a pattern is none, or no file. */
const NO_NAMES: readonly string[] = [
  'echo \'z*\' "z*" \\z\\*',
  "echo $'z*'",
  'x=z*',
  'x=z* y="z*"',
  'x="z*"; echo "$x"',
  'case "$X" in z*) echo a ;; esac',
  '[[ $X == z* ]] && echo a',
  '[[ $X =~ ^z.*$ ]] && echo a',
  '[[ -n $X && -z "" ]] && echo a',
  'cat <<< z*',
  'echo "${X#*/}" "${X//[0-9]/}"',
  'x=3; kubectl scale deploy/web --replicas=$x',
  'for x in a b; do echo $x; done',
  'x=(a b); echo ${x[@]} "${x[*]}"',
  'echo $((X + 1)) $? $# $RANDOM',
  'n=$(kubectl get pods | wc -l); echo $n',
  '[ "$X" = z ] && [ -n "$X" ] && echo a',
  'cd .. && cd - && cd /tmp',
  'UNSET=; echo $UNSET',
];

/** Commands of everyday that open nothing, or what they name. */
const KNOWN: ReadonlyArray<readonly [string, string[]]> = [
  ['kubectl get pods -n shop -o wide', []],
  ['kubectl scale deploy/web --replicas=3 -n shop', []],
  ['kubectl rollout status deploy/web --timeout=60s', []],
  [`kubectl get pods -o jsonpath='{.items[*].metadata.name}'`, []],
  ['kubectl logs -f deploy/web --tail=20 | grep -i error | wc -l', ['error']],
  ['kubectl apply -f web.yaml --server-side', ['web.yaml']],
  ['echo "the release $X is done"', []],
  ['sleep 5 && date +%F && true', []],
  ['[ "$X" -gt 3 ] && echo many', []],
  ['helm list -n shop', []],
  ['helm rollback web 3 -n shop --wait', []],
  ["kubectl get pods --no-headers | awk 'NR>1 {print $1}'", []],
  ["kubectl get pods -o json | jq -r '.items[].metadata.name'", []],
  ["echo a | sed 's/a/b/g'", []],
  ['cat notes.txt', ['notes.txt']],
  ['cat < -x.yaml', ['-x.yaml']],
  ['timeout 60 kubectl get pods', ['60', 'get', 'kubectl', 'pods']],
];

function holds(files: FileReach, path: string): boolean {
  return (
    files.kind === 'unknown' ||
    files.paths.some(one => path === one || path.startsWith(`${one}/`))
  );
}

describe('the files that a step can reach', () => {
  it.each(OPENS)('%s reaches %s', (text, path) => {
    expect({ files: reachOf(text), holds: true }).toEqual({
      files: reachOf(text),
      holds: holds(reachOf(text), path),
    });
  });

  it.each(KNOWN)('%s reaches no more than it names', (text, paths) => {
    expect(reachOf(text)).toEqual({ kind: 'known', paths });
  });

  it.each(TOLD_BY_NAMES)(
    '%s is told by whether there is a file %s',
    (text, path) => {
      expect({ files: reachOf(text), holds: true }).toEqual({
        files: reachOf(text),
        holds: holds(reachOf(text), path),
      });
    },
  );

  it.each(NO_NAMES)('%s asks for no file', text => {
    expect(reachOf(text)).toEqual({ kind: 'known', paths: [] });
  });

  it('never become fewer by a word more', () => {
    const texts = [...OPENS, ...KNOWN].map(([text]) => text);
    const words = fc.constantFrom(
      ...'-c -s -f -- - --help x.yaml -fx --dry-run=client "a b" ~/x $X -o .. ; & -h -n'.split(
        ' ',
      ),
      '"a b"',
      'ä.yaml',
    );
    fc.assert(
      fc.property(fc.constantFrom(...texts), words, (text, word) => {
        const before = reachOf(text);
        const after = reachOf(`${text} ${word}`);
        if (after.kind === 'unknown') return;
        expect(before.kind).toBe('known');
        expect(after.paths).toEqual(
          expect.arrayContaining(before.kind === 'known' ? before.paths : []),
        );
      }),
      { numRuns: 300 },
    );
  });
});
