import { judgeText } from './testUtils/judgeText';

const FILES = {
  'words.sh': 'kubectl annotate pod web a=$X\n',
  'host.sh': 'kubectl annotate pod web a=$HOSTNAME\n',
  'quoted.sh': 'kubectl annotate pod web a="$X"\n',
  'own.sh': 'X=plain\nkubectl annotate pod web a=$X\n',
  'number.sh': 'kubectl annotate pod web a=$((COLUMNS - 1))\n',
  'user.sh': 'kubectl annotate pod web a=$((UID))\n',
  'outer.sh': 'bash words.sh\n',
};
const CODE = 'a[$(kubectl delete pod x)]';

const judge = (text: string) => judgeText(text, FILES);

describe('a variable that a script in a process of its own is given', () => {
  it.each([
    "X='y --all' bash words.sh",
    "export X='y --all'; bash words.sh",
    "declare -x X='y --all'\nbash words.sh",
    "set -a; X='y --all'; bash words.sh",
    "env X='y --all' bash words.sh",
    "env X='y --all' ./words.sh",
    "timeout 5 env X='y --all' bash words.sh",
    'export X=$(cat x.txt); bash words.sh',
    'read -r X < x.txt; export X; bash words.sh',
    "HOSTNAME='y --all' bash host.sh",
    "env HOSTNAME='y --all' bash host.sh",
    "export X='y --all'; bash outer.sh",
    "env X='y --all' bash -c 'bash words.sh'",
    "env X='y --all' bash -c 'kubectl annotate pod web a=$X'",
    `COLUMNS='${CODE}' bash number.sh`,
    `env COLUMNS='${CODE}' bash number.sh`,
    `env UID='${CODE}' bash user.sh`,
    `env COLUMNS='${CODE}' bash -c 'echo $((COLUMNS))'`,
  ])('may be several words, or code, in it: %s', text => {
    const { unknown, writes } = judge(text);
    expect([unknown !== undefined, writes.kind]).not.toEqual([false, 'listed']);
    expect(writes.kind).toBe('any-in-namespaces');
  });

  it.each([
    'bash words.sh',
    'bash host.sh',
    'bash number.sh',
    'export X=shop; bash words.sh',
    'X=$(kubectl get pods -o name | head -1) bash words.sh',
    "export X='y --all'; bash quoted.sh",
    "export X='y --all'; bash own.sh",
    "export MESSAGE='two words'; bash words.sh",
  ])('is one word where it can be nothing else: %s', text => {
    const { unknown, writes } = judge(text);
    expect([unknown, writes.kind]).toEqual([undefined, 'listed']);
  });
});
