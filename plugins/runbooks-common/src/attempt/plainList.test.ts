import { isPlainList, stopsAtFailure } from './plainList';
import { statementLines } from './statementLines';

describe('a plain list of commands', () => {
  it.each([
    'kubectl apply -f a.yaml\nkubectl rollout restart deploy/a',
    'kubectl get pods | grep web | wc -l',
    'A=$(kubectl get pods | head -1)\necho "$A"; export B=1',
    'cd sub && ./deploy.sh && echo done',
    'set -euo pipefail\nkubectl delete pod a',
    'cat > a.yaml <<X\nkind: Pod\nX\nkubectl apply -f a.yaml',
    'time kubectl get pods',
    'kubectl delete pod a \\\n  -n b # gone',
  ])('is %j', text => {
    expect(isPlainList(text)).toBe(true);
    expect(stopsAtFailure('change', text)).toBe(true);
    expect(stopsAtFailure('destructive', text)).toBe(true);
    expect(stopsAtFailure('unknown', text)).toBe(true);
    expect(stopsAtFailure('read', text)).toBe(false);
    expect(stopsAtFailure('local', text)).toBe(false);
  });

  it.each([
    'for i in 1 2; do kubectl delete pod $i; done',
    'kubectl get ns a || kubectl create ns a',
    'if true; then kubectl apply -f a; fi',
    '[ -f a ] && kubectl apply -f a',
    'kubectl get pods | grep -q web && kubectl delete pod web',
    'f() { :; }; f',
    "trap 'echo x' EXIT\nkubectl apply -f a",
    'kubectl apply -f a\necho $?',
    'set +e\nkubectl apply -f a',
    'kubectl apply -f a &\nwait',
    '! kubectl get pod a',
    '(kubectl apply -f a)',
    'command trap x EXIT; kubectl apply -f a',
    'eval "$X"',
    'if (',
    '',
  ])('is not %j', text => {
    expect(isPlainList(text)).toBe(false);
    expect(stopsAtFailure('destructive', text)).toBe(false);
  });

  it('is known piece by piece', () => {
    const text = [
      'a | b && c; d',
      'for i in 1; do :; done',
      'X=$(e | f)',
      'Y=$(e || f)',
    ].join('\n');
    expect(
      statementLines(text).map(piece => [
        piece.pipelines?.map(
          one => `${one.parts}${one.guardsNext ? '&' : ';'}`,
        ),
        piece.hasPlainSubstitutions,
      ]),
    ).toEqual([
      [['2&', '1;', '1;'], false],
      [undefined, false],
      [['1;'], true],
      [['1;'], false],
    ]);
  });
});
