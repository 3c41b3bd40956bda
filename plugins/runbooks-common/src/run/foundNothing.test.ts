import { foundNothing } from './foundNothing';

describe('a search that found nothing', () => {
  it.each([
    'kubectl logs -l app=a --tail=200 | grep -i "error\\|exception"',
    "kubectl get pods -A | grep -v 'Running'",
    'grep -i fatal /tmp/app.log',
    'kubectl get events | egrep "a|b"',
    'kubectl get pods | grep -c Running',
    'kubectl logs web | grep error 2>&1',
  ])('is an answer: %s', text => {
    expect(foundNothing(ended(text, 1))).toBe(true);
  });

  it.each([
    ['kubectl rollout status deployment/a', 1],
    ['kubectl get pods | grep -q Running', 1],
    ['kubectl get pods | grep Running | wc -l', 1],
    ['grep Running; kubectl delete pod a', 1],
    ['grep Running missing-file', 2],
    ['echo "| grep x" && false', 1],
  ])('is not what ended %s with %i', (text, exitCode) => {
    expect(foundNothing(ended(text, exitCode))).toBe(false);
  });

  it('is no excuse for another command that failed', () => {
    const result = ended('kubectl get pods | grep error', 1);
    const failed = { ...result.commands[0], exitCode: 1, failed: 'kubectl' };
    expect(
      foundNothing({ ...result, commands: [failed, result.commands[1]] }),
    ).toBe(false);
  });

  it('is no excuse for a step that was stopped', () => {
    expect(foundNothing({ ...ended('grep a b', 1), timedOut: true })).toBe(
      false,
    );
    expect(foundNothing({ ...ended('grep a b', 1), cancelled: true })).toBe(
      false,
    );
  });
});

function ended(text: string, exitCode: number) {
  return {
    exitCode,
    commands: [
      { line: 1, text: 'kubectl get pods', exitCode: 0 },
      { line: 2, text, exitCode },
    ],
    timedOut: false,
    cancelled: false,
  };
}
