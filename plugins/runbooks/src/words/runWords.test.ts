import {
  summarizeRun,
  type Shortfall,
  type StepState,
} from '@backstage-runbooks/plugin-runbooks-common';
import { NO_SHORTFALL, runsInAllStates, stepResult } from '../testing/runs';
import {
  RUN_STATES,
  runWords,
  stepStateWords,
  wholeRunWords,
} from './runWords';

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

describe('a run', () => {
  it.each<{
    says: string;
    state?: string;
    shortfall: Partial<Shortfall>;
    rolledBack?: boolean;
    words: object;
  }>([
    {
      says: 'green where it is called a success and every step was good',
      shortfall: {},
      words: { label: 'Succeeded', tone: 'ok' },
    },
    {
      says: 'not green where a step failed, and how many did',
      shortfall: { failed: 2, unexpected: 1, notDone: 3 },
      words: {
        label: 'Success, but 2 failed',
        tone: 'caution',
        title:
          'Ended as a success: 2 steps failed, 1 not as expected, 3 not done',
      },
    },
    {
      says: 'not green where an expectation was not met',
      shortfall: { unexpected: 1 },
      words: {
        label: 'Success, but 1 not as expected',
        tone: 'caution',
        title: 'Ended as a success: 1 step not as expected',
      },
    },
    {
      says: 'not green where steps were not done',
      shortfall: { notDone: 2 },
      words: {
        label: 'Success, but 2 not done',
        tone: 'neutral',
        title: 'Ended as a success: 2 steps not done',
      },
    },
    {
      says: 'not green where steps were skipped',
      shortfall: { skipped: 1 },
      words: {
        label: 'Success, but 1 skipped',
        tone: 'neutral',
        title: 'Ended as a success: 1 step skipped',
      },
    },
    {
      says: 'failed, as it was called, with what was not good',
      state: 'failed',
      shortfall: { failed: 1 },
      words: {
        label: 'Failed',
        tone: 'danger',
        title: 'Failed: 1 step failed',
      },
    },
    {
      says: 'not to be read, which is no success',
      state: 'unreadable',
      shortfall: {},
      words: {
        label: 'Cannot be read',
        tone: 'danger',
        title:
          'Its events are of a version that is read no more, or were altered. The ledger can still be verified',
      },
    },
    {
      says: 'still open, whatever is not done yet',
      state: 'open',
      shortfall: { notDone: 4 },
      words: { label: 'Open', tone: 'info' },
    },
    {
      says: 'still open, with what failed so far',
      state: 'open',
      shortfall: { failed: 1, notDone: 4 },
      words: {
        label: 'Open, 1 failed',
        tone: 'caution',
        title: 'Open: 1 step failed',
      },
    },
    {
      says: 'waiting, with what failed so far and that it was rolled back',
      state: 'waiting-approval',
      shortfall: { unexpected: 2 },
      rolledBack: true,
      words: {
        label: 'Waiting for approval, 2 not as expected, rolled back',
        tone: 'caution',
        title: 'Waiting for approval: rolled back, 2 steps not as expected',
      },
    },
    {
      says: 'rolled back, whatever it was called',
      shortfall: {},
      rolledBack: true,
      words: {
        label: 'Rolled back',
        tone: 'caution',
        title: 'Ended as a success: rolled back',
      },
    },
    {
      says: 'rolled back, with what failed',
      shortfall: { failed: 1, notDone: 2 },
      rolledBack: true,
      words: {
        label: 'Rolled back, 1 failed',
        tone: 'caution',
        title: 'Ended as a success: rolled back, 1 step failed, 2 not done',
      },
    },
    {
      says: 'failed and rolled back',
      state: 'failed',
      shortfall: { failed: 1 },
      rolledBack: true,
      words: {
        label: 'Failed, rolled back',
        tone: 'danger',
        title: 'Failed: rolled back, 1 step failed',
      },
    },
  ])(
    'is told as $says',
    ({ state = 'succeeded', shortfall, rolledBack = false, words }) => {
      expect(
        runWords({
          state,
          shortfall: { ...NO_SHORTFALL, ...shortfall },
          rolledBack,
        }),
      ).toEqual(words);
    },
  );

  it('is told on its page as in lists', () => {
    const runs = Object.values(runsInAllStates()).map(({ run }) => run);
    for (const run of runs) {
      expect(wholeRunWords(run)).toEqual(runWords(summarizeRun(run)));
      expect(RUN_STATES).toContain(summarizeRun(run).state);
    }
    const { finished, failed } = runsInAllStates();
    expect(wholeRunWords(finished.run)).toMatchObject({ tone: 'ok' });
    const called = { ...failed.run, status: finished.run.status };
    expect(wholeRunWords(called)).toMatchObject({
      label: 'Success, but 1 failed',
      tone: 'caution',
    });
  });
});
