import { CHANGE_STEP, plan, plannedStep, stepResult } from '../testing/plans';
import { STATES } from '../testing/runsInStates';
import type { PlannedStep } from '../plan/model';
import { hasRolledBack } from './hasRolledBack';
import type { StepState } from './model';
import { summarizeRun } from './summarize';
import { runOf } from '../testing/runsInStates';

const BACK = plannedStep({
  id: 'scale/3.1',
  title: 'Back to the version before',
  effect: 'change',
  phase: { role: 'rollback', title: 'Rollback' },
});

describe('a run was rolled back', () => {
  it.each<{
    says: string;
    step?: Partial<PlannedStep>;
    state: StepState;
    expected: boolean;
  }>([
    {
      says: 'where a step of its rollback changed something and ended well',
      state: STATES.succeeded,
      expected: true,
    },
    {
      says: 'where nobody can tell beforehand what the step does',
      step: { effect: 'unknown' },
      state: STATES.succeeded,
      expected: true,
    },
    {
      says: 'where a person did a step of its rollback by hand',
      step: { type: 'manual', effect: 'local' },
      state: STATES.confirmed,
      expected: true,
    },
    {
      says: 'not where its rollback only looked',
      step: { effect: 'read' },
      state: STATES.succeeded,
      expected: false,
    },
    {
      says: 'not where the step of its rollback failed',
      state: STATES.failed,
      expected: false,
    },
    {
      says: 'not where the step ended and something of it was not good',
      state: {
        status: 'succeeded',
        attempt: 1,
        result: stepResult({ ok: false }),
      },
      expected: false,
    },
    {
      says: 'not where nobody ran its rollback',
      state: STATES.pending,
      expected: false,
    },
    {
      says: 'not where the step that changed something is none of a rollback',
      step: { phase: { role: 'steps', title: 'Steps' } },
      state: STATES.succeeded,
      expected: false,
    },
  ])('$says', ({ step, state, expected }) => {
    const run = runOf(CHANGE_STEP, { ...BACK, ...step });
    const steps = { ...run.steps, [BACK.id]: state };
    expect(hasRolledBack({ ...run, steps })).toBe(expected);
    expect(summarizeRun({ ...run, steps }).rolledBack).toBe(expected);
  });

  it('not where to roll back is what it was started for', () => {
    const run = {
      plan: {
        ...plan([BACK]),
        procedure: { ...plan().procedure, kind: 'rollback' as const },
      },
      steps: { [BACK.id]: STATES.succeeded },
    };
    expect(hasRolledBack(run)).toBe(false);
  });
});
