import { stepResult } from '../../testing/runs';
import { commandLines, notGood } from './attemptFacts';

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
    expect(
      notGood(stepResult({ ok: false, verdict: 'an expectation was not met' })),
    ).toEqual({ title: 'An expectation was not met', commands: [] });
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
