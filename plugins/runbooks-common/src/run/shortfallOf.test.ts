import type { PlannedStep } from '../plan/model';
import { plan, plannedStep, stepResult } from '../testing/plans';
import type { StepResult, StepState } from './model';
import { shortfallOf } from './shortfallOf';

const NOTHING = { failed: 0, unexpected: 0, notDone: 0, skipped: 0 };
const BY = 'user:default/maya';
const AT = '2026-11-21T02:00:00.000Z';
const PENDING: StepState = { status: 'pending' };
const GOOD = ended({});
const SKIPPED: StepState = {
  status: 'skipped',
  by: BY,
  at: AT,
  reason: 'done already',
};
const UNEXPECTED: Partial<StepResult> = {
  ok: false,
  exitCode: 0,
  expectations: [
    { verdict: 'missed', because: '2 of 3 pods are ready' },
  ] as StepResult['expectations'],
};

interface StepOfRun {
  step?: Partial<PlannedStep>;
  state: StepState;
}

describe('what a run is short of', () => {
  it.each<{ says: string; steps: StepOfRun[]; counts: object }>([
    {
      says: 'nothing where every step ended well',
      steps: [{ state: GOOD }],
      counts: {},
    },
    {
      says: 'a step that failed',
      steps: [{ state: ended({ ok: false, exitCode: 1 }) }, { state: GOOD }],
      counts: { failed: 1 },
    },
    {
      says: 'a step whose expectation was not met',
      steps: [{ state: ended(UNEXPECTED) }],
      counts: { unexpected: 1 },
    },
    {
      says: 'a failure, where a command failed and an expectation was missed',
      steps: [{ state: ended({ ...UNEXPECTED, exitCode: 1 }) }],
      counts: { failed: 1 },
    },
    {
      says: 'a step that ended well and that a person called wrong',
      steps: [{ state: judged(GOOD, false) }],
      counts: { unexpected: 1 },
    },
    {
      says: 'a step that failed although a person called it good',
      steps: [{ state: judged(ended({ ok: false, exitCode: 1 }), true) }],
      counts: { failed: 1 },
    },
    {
      says: 'steps that nobody ran, of whatever kind',
      steps: [{ state: PENDING }, { step: { type: 'manual' }, state: PENDING }],
      counts: { notDone: 2 },
    },
    {
      says: 'a step that a person left out with a reason',
      steps: [{ state: SKIPPED }],
      counts: { skipped: 1 },
    },
    {
      says: 'no step of a rollback, and none with a condition, that was not taken',
      steps: [
        { step: { phase: { role: 'rollback', title: '' } }, state: PENDING },
        { step: { phase: { role: 'escalation', title: '' } }, state: PENDING },
        { step: { condition: 'if it still fails' }, state: SKIPPED },
      ],
      counts: {},
    },
    {
      says: 'a step of a rollback that failed',
      steps: [
        {
          step: { phase: { role: 'rollback', title: '' } },
          state: ended({ ok: false }),
        },
      ],
      counts: { failed: 1 },
    },
    {
      says: 'a conditional step that was asked for and denied',
      steps: [
        {
          step: { condition: 'if it still fails' },
          state: { status: 'denied' } as StepState,
        },
      ],
      counts: { notDone: 1 },
    },
    {
      says: 'no option of a choice of which another was taken',
      steps: [
        { step: option('a'), state: PENDING },
        { step: option('b'), state: GOOD },
      ],
      counts: {},
    },
    {
      says: 'one step, of a choice of which no option was taken',
      steps: [
        { step: option('a'), state: PENDING },
        { step: option('b'), state: SKIPPED },
        { step: option('c'), state: PENDING },
      ],
      counts: { notDone: 1 },
    },
  ])('is $says', ({ steps, counts }) => {
    const planned = steps.map(({ step }, n) =>
      plannedStep({ id: `scale/${n}`, ...step }),
    );
    const states = Object.fromEntries(
      steps.map(({ state }, n) => [`scale/${n}`, state]),
    );
    expect(shortfallOf({ plan: plan(planned), steps: states })).toEqual({
      ...NOTHING,
      ...counts,
    });
  });
});

function option(label: string): Partial<PlannedStep> {
  return { alternative: { group: 'cause', label } };
}

function ended(over: Partial<StepResult>): StepState {
  const result = stepResult(over);
  return { status: result.ok ? 'succeeded' : 'failed', attempt: 1, result };
}

function judged(state: StepState, good: boolean): StepState {
  return { ...state, judgement: { by: BY, at: AT, good } } as StepState;
}
