import type {
  Run,
  StepState,
} from '@backstage-runbooks/plugin-runbooks-common';
import { runsInAllStates, stepResult } from '../testing/runs';
import { stepStateWords, wholeRunWords } from './runWords';

describe('where a step stands', () => {
  it.each<{ says: string; state: StepState; label: string; tone: string }>([
    {
      says: 'green where everything ended well',
      state: { status: 'succeeded', attempt: 1, result: stepResult() },
      label: 'Succeeded',
      tone: 'ok',
    },
    {
      says: 'not green where a command of it failed',
      state: {
        status: 'failed',
        attempt: 1,
        result: stepResult({
          ok: false,
          exitCode: 0,
          verdict: '1 of 3 commands failed',
        }),
      },
      label: '1 of 3 commands failed',
      tone: 'danger',
    },
    {
      says: 'not green though it is stored as succeeded and its result is not ok',
      state: {
        status: 'succeeded',
        attempt: 1,
        result: stepResult({
          ok: false,
          verdict: 'an expectation was not met',
        }),
      },
      label: 'An expectation was not met',
      tone: 'danger',
    },
    {
      says: 'a long verdict in a short word',
      state: {
        status: 'failed',
        attempt: 1,
        result: stepResult({ ok: false, verdict: 'x'.repeat(80) }),
      },
      label: 'Failed',
      tone: 'danger',
    },
    {
      says: 'that it ran out of time',
      state: {
        status: 'failed',
        attempt: 1,
        result: stepResult({ ok: false, timedOut: true }),
      },
      label: 'Timed out',
      tone: 'danger',
    },
    {
      says: 'not green where a person called it wrong',
      state: {
        status: 'succeeded',
        attempt: 1,
        result: stepResult(),
        judgement: {
          by: 'user:default/mia',
          at: '2026-11-21T02:00:00Z',
          good: false,
        },
      },
      label: 'Looks wrong',
      tone: 'danger',
    },
    {
      says: 'that it came back before it started',
      state: { status: 'pending', returnedBecause: 'a file was changed' },
      label: 'Not started',
      tone: 'caution',
    },
  ])('is told as $says', ({ state, label, tone }) => {
    expect(stepStateWords(state)).toMatchObject({ label, tone });
  });
});

describe('a run that somebody finished as a success', () => {
  const { run } = runsInAllStates().finished;
  const finished = (failedSteps: string[]): Run => ({
    ...run,
    status: {
      kind: 'finished',
      outcome: 'succeeded',
      at: run.startedAt,
      by: run.requestedBy,
      failedSteps,
    },
  });

  it('is green where no step failed', () => {
    expect(wholeRunWords(finished([]))).toMatchObject({
      label: 'Succeeded',
      tone: 'ok',
    });
  });

  it('is not green where one did', () => {
    expect(wholeRunWords(finished(['high-latency/1.2']))).toEqual({
      label: 'Succeeded, but 1 step failed',
      tone: 'caution',
    });
  });
});
