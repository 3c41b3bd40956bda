import { isAnswer } from './answers';

describe('an exit code that is an answer', () => {
  it.each<[string, number]>([
    ['grep -i error', 1],
    ['sudo egrep "a|b" file', 1],
    ['grep -c Running', 1],
    ['pgrep nginx', 1],
    ['diff a b', 1],
    ['kubectl -n web diff -f a.yaml', 1],
    ['xargs -n1 grep error', 123],
    ['timeout 30 kubectl logs -f deploy/a', 124],
    ['timeout 5 watch kubectl get pods', 124],
    ['kubectl get pods -A', 141],
  ])('is that of %s with %i', (command, exitCode) => {
    expect(isAnswer(command, exitCode)).toBe(true);
  });

  it.each<[string, number]>([
    ['python3 -m json.tool', 32],
    ['python3.11 report.py', 120],
    ['sudo python3 report.py', 32],
    ['curl -s localhost:6443/api', 23],
  ])(
    'is that of %s with %i where its reader had enough, and only there',
    (command, exitCode) => {
      expect(isAnswer(command, exitCode, { isRead: true })).toBe(true);
      expect(isAnswer(command, exitCode)).toBe(false);
    },
  );

  it.each<[string, number]>([
    ['grep error', 2],
    ['kubectl get pods', 32],
    ['python3 -m json.tool', 1],
  ])('is not that of %s with %i, whoever reads it', (command, exitCode) => {
    expect(isAnswer(command, exitCode, { isRead: true })).toBe(false);
  });

  it.each<[string, number]>([
    ['grep -q Running', 1],
    ['grep error missing-file', 2],
    ['kubectl get pods', 1],
    ['kubectl get pods grep', 1],
    ['kubectl delete pod diff-1', 1],
    ['diff a missing', 2],
    ['timeout 300 kubectl rollout status deploy/a', 124],
    ['xargs kubectl delete', 123],
    ['kubectl logs web', 137],
  ])('is not that of %s with %i', (command, exitCode) => {
    expect(isAnswer(command, exitCode)).toBe(false);
  });
});
