import { plannedStep, stepResult } from '../testing/plans';
import { judgeResult } from './judgeResult';

const STEP = plannedStep();
const EXPECTING = plannedStep({
  expectation: {
    text: 'All pods are Running',
    checks: [{ kind: 'contains', text: 'Running' }],
  } as NonNullable<typeof STEP.expectation>,
});
const command = (exitCode: number, failed?: string) => ({
  line: 1,
  text: 'kubectl get pods',
  exitCode,
  ...(failed === undefined ? {} : { failed }),
});

describe('the verdict of an attempt', () => {
  it('is good where every command was and the output is what is expected', () => {
    expect(judgeResult(EXPECTING, stepResult(), 'web Running')).toMatchObject({
      ok: true,
      expectations: [{ verdict: 'met' }],
    });
  });

  it('is never good where a command failed, though the step went on and ended with 0', () => {
    const commands = [command(0), command(1, 'kubectl get pods'), command(0)];
    expect(
      judgeResult(STEP, stepResult({ commands, exitCode: 0 }), ''),
    ).toEqual({ ok: false, verdict: '1 of 3 commands failed' });
  });

  it.each([
    [1, '1 call was refused'],
    [2, '2 calls were refused'],
  ])('is never good where %d calls were refused', (refused, verdict) => {
    const calls = { total: 3, writes: 0, refused };
    expect(judgeResult(STEP, stepResult({ calls }), '')).toEqual({
      ok: false,
      verdict,
    });
  });

  it('names what failed where there is one command, which may end with 0', () => {
    const commands = [command(0, 'kubectl logs web')];
    expect(
      judgeResult(STEP, stepResult({ commands, exitCode: 0 }), ''),
    ).toEqual({ ok: false, verdict: 'a part of it failed: kubectl logs web' });
  });

  it('says that it failed, and of no part, where there is one command and all of it failed', () => {
    const commands = [command(1, 'kubectl get pods')];
    expect(
      judgeResult(STEP, stepResult({ commands, exitCode: 1 }), ''),
    ).toEqual({ ok: false, verdict: 'it failed with exit code 1' });
  });

  it('is not bad for a command with another exit code that counts as fine', () => {
    const commands = [command(1)];
    expect(judgeResult(STEP, stepResult({ commands }), '').ok).toBe(true);
  });

  it('is never good where an expectation was missed', () => {
    expect(judgeResult(EXPECTING, stepResult(), 'web Pending')).toMatchObject({
      ok: false,
      verdict: expect.stringContaining('does not hold "Running"'),
      expectations: [{ verdict: 'missed' }],
    });
  });

  it.each([
    {
      over: { failure: 'bubblewrap is not there' },
      verdict: 'it could not run: bubblewrap is not there',
    },
    {
      over: {
        failure: 'it was ended because it uses too much memory',
        failedAfterStart: true as const,
      },
      verdict: 'it was ended because it uses too much memory',
    },
    { over: { cancelled: true }, verdict: 'it was cancelled' },
    { over: { timedOut: true }, verdict: 'it took too long' },
    { over: { exitCode: 3 }, verdict: 'it ended with exit code 3' },
  ])('says why it is not good: $verdict', ({ over, verdict }) => {
    expect(judgeResult(STEP, stepResult({ ok: false, ...over }), '')).toEqual({
      ok: false,
      verdict,
    });
  });
});
