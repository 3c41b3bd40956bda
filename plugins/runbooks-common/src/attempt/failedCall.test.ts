import { failedCall } from './failedCall';
import { statementLines } from './statementLines';

/** What is said to have failed when kubectl ends with 1 in a text. */
function failed(text: string, words: string, exitCode = 1) {
  const all = statementLines(text).flatMap(({ calls }) => calls);
  return failedCall(words.split(' '), exitCode, { near: [], all })?.text;
}

describe('a kubectl that fails', () => {
  it.each([
    '{ kubectl get pods; echo fine; }',
    '(kubectl get pods) | cat',
    '{ kubectl get pods; } | wc -l',
    "bash -c 'kubectl get pods | cat'",
    'while read -r a; do echo "$a"; done < <(kubectl get pods)',
    'test -z "$(kubectl get pods)" && echo "all gone"',
    '[ "$(kubectl get pods | wc -l)" -eq 0 ] && echo none',
    'if [ -z "$(kubectl get pods)" ]; then echo none; fi',
    '[[ -z $(kubectl get pods) ]] || echo some',
    'case "$(kubectl get pods)" in "") echo none ;; esac',
    'for a in $(kubectl get pods); do echo "$a"; done',
    'for a in 1 2; do kubectl get pods; done',
    'echo "$(kubectl get pods; date)"',
    'if true; then kubectl get pods; fi',
    'true || false; (kubectl get pods)',
    'look() { kubectl get pods; }; look; echo fine',
    'K=kubectl; for a in 1; do $K get pods; done',
    'eval "kubectl get pods | cat"; echo',
    '{ timeout 5 kubectl get pods; date; }',
    '{ kubectl get pods; echo $?; }',
    'if true; then true; elif false; then true; else kubectl get pods; fi',
  ])('counts in: %s', text => {
    expect(failed(text, 'kubectl get pods')).toMatch(/get pods/);
  });

  it.each([
    'kubectl get pods || true',
    'kubectl get pods | cat || echo none',
    'kubectl get pods && kubectl top pods || echo none',
    'if kubectl get pods; then echo some; fi',
    'if true; then true; elif kubectl get pods; then true; fi',
    'until kubectl get pods; do sleep 1; done',
    'while ! kubectl get pods; do sleep 1; done',
    '! kubectl get pods',
    '{ kubectl get pods; } || true',
    'A=$(kubectl get pods) || A=',
    'echo "$(kubectl get pods || echo none)"',
    'for a in 1 2 3; do kubectl get pods && break; sleep 1; done',
    '{ kubectl get pods; code=$?; [ $code = 0 ] && echo; }',
    'look() { kubectl get pods; }; if look; then echo; fi',
    'bash -c "kubectl get pods" || true',
    './script.sh',
    'kubectl get nodes',
  ])('does not count in: %s', text => {
    expect(failed(text, 'kubectl get pods')).toBeUndefined();
  });

  it.each([
    ['kubectl diff -f a.yaml', 1],
    ['oc diff -f a.yaml', 1],
    ['kubectl get pods -w', 143],
    ['kubectl logs web', 141],
    ['kubectl get pods', 0],
  ])('is none: %s with %i', (words, exitCode) => {
    expect(failed(`(${words})`, words, exitCode)).toBeUndefined();
  });

  it.each([
    ['(kubectl get pod $NAME -o yaml)', 'kubectl get pod web -o yaml', true],
    ['(kubectl get pod $MORE -o yaml)', 'kubectl get pod -o yaml', true],
    ['(kubectl get pod "$NAME")', 'kubectl get pod a b c', true],
    ['(kubectl get pod *.x $B y)', 'kubectl get pod 1 y 2 y', true],
    ['(kubectl get pod $NAME -o yaml)', 'kubectl get pod web', false],
    ['(kubectl get $A x $B)', 'kubectl get pod', false],
    ['(xargs kubectl delete)', 'kubectl delete pod a', true],
    ['(kubectl get pod "a")', 'kubectl get pod a', true],
    ['(kubectl get pod)', 'kubectl get pod a', false],
  ])('is found by its words: in %s, %s: %s', (text, words, isFound) => {
    expect(failed(text, words) !== undefined).toBe(isFound);
  });

  it('is the one that stands near, where another one is handled', () => {
    const [first, second] = statementLines(
      'kubectl get ns a || true\n(kubectl get ns a)',
    );
    const all = [...first.calls, ...second.calls];
    const words = ['kubectl', 'get', 'ns', 'a'];
    expect(failedCall(words, 1, { near: second.calls, all })).toBeDefined();
    expect(failedCall(words, 1, { near: first.calls, all })).toBeUndefined();
  });
});
