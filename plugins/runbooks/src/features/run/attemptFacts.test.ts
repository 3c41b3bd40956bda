import { stepResult } from '../../testing/runs';
import { stepStateWords } from '../../words/runWords';
import { attemptFacts, commandLines, notGood } from './attemptFacts';

describe('what was not good about an attempt', () => {
  it('is nothing where it ended well', () => {
    expect(notGood(stepResult())).toBeUndefined();
  });

  it('names the commands that failed among several', () => {
    const result = stepResult({
      ok: false,
      verdict: '1 of 2 commands failed',
      commands: [
        {
          line: 1,
          text: 'kubectl logs gone | grep -i error | wc -l',
          exitCode: 1,
          failed: 'kubectl logs gone',
        },
        { line: 2, text: 'grep -c error log', exitCode: 1 },
      ],
    });
    expect(notGood(result)).toEqual({
      title: '1 of 2 commands failed',
      commands: [
        {
          key: '0',
          text: 'kubectl logs gone',
          end: 'ended with exit code 1',
        },
      ],
    });
  });

  it('tells a search that found nothing from a command that failed', () => {
    const result = stepResult({
      commands: [
        { line: 1, text: 'grep -c error log', exitCode: 1 },
        {
          line: 2,
          text: 'kubectl apply',
          exitCode: 1,
          failed: 'kubectl apply',
        },
        { line: 3, text: 'date', exitCode: 0 },
      ],
    });
    expect(commandLines(result).map(line => line.end)).toEqual([
      'Ended with exit code 1:',
      'Failed with exit code 1:',
      'Succeeded:',
    ]);
  });

  it('is said where an expectation was not met though every command ended well', () => {
    const result = stepResult({
      ok: false,
      exitCode: 0,
      verdict: '3 of 4 replicas are ready',
      expectations: [
        {
          check: { kind: 'ready' },
          verdict: 'missed',
          because: '3 of 4 replicas are ready',
        },
      ],
    });
    expect(notGood(result)).toEqual({
      title: '3 of 4 replicas are ready',
      commands: [],
    });
  });

  it('says why it was ended, not that it could not run, where it did run', () => {
    expect(
      notGood(
        stepResult({
          ok: false,
          failure: 'it was ended because the workspace has too many files',
          failedAfterStart: true,
        }),
      ),
    ).toEqual({
      title: 'It was ended because the workspace has too many files',
      commands: [],
    });
  });

  it('says why it could not run at all', () => {
    expect(
      notGood(stepResult({ ok: false, failure: 'bubblewrap is not there' })),
    ).toEqual({
      title: 'It could not run',
      detail: 'Bubblewrap is not there',
      commands: [],
    });
  });
});

describe('an exit code', () => {
  const failed = stepResult({
    ok: false,
    exitCode: 1,
    verdict: 'it failed with exit code 1',
    commands: [
      { line: 1, text: 'kubectl get x', exitCode: 1, failed: 'kubectl get x' },
    ],
  });

  it('is told once of a command that failed: by the tag of its step', () => {
    const state = { status: 'failed', attempt: 1, result: failed } as const;
    expect([
      stepStateWords(state).label,
      notGood(failed)?.title,
      ...attemptFacts(failed, 1).filter(fact => /exit code/i.test(fact)),
    ]).toEqual(['It failed with exit code 1', undefined]);
  });

  it('is a fact where nothing else tells it', () => {
    expect(attemptFacts(stepResult({ exitCode: 0 }), 1)).toContain(
      'Exit code 0',
    );
    expect(attemptFacts({ ...failed, verdict: 'it failed' }, 1)).toContain(
      'Exit code 1',
    );
  });
});

describe('the Kubernetes calls of an attempt', () => {
  it('are told by what they did', () => {
    const calls = { total: 3, writes: 0, refused: 0, uncertain: 1 };
    expect(attemptFacts(stepResult({ calls }), 1)).toContain(
      '3 Kubernetes calls, may have changed something',
    );
  });
});
