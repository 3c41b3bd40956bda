import type { StepState } from '@backstage-runbooks/plugin-runbooks-common';
import { CHECKED, runsInAllStates, stepResult } from '../../testing/runs';
import { wayBack } from './wayBack';

const ROLLBACK = 'high-latency/3.1';
const CHANGE = 'high-latency/2.1';
const CHECK = 'high-latency/1.2';

const calls = { total: 4, writes: 1, refused: 0 };
const changed: StepState = { ...CHECKED, result: stepResult({ calls }) };
const failed: StepState = {
  status: 'failed',
  attempt: 1,
  result: stepResult({ ok: false, exitCode: 1 }),
};

function after(steps: Record<string, StepState>) {
  const { run } = runsInAllStates().open;
  return { ...run, steps: { ...run.steps, ...steps } };
}

describe('the way back from a step that failed', () => {
  it('is the rollback, where something was changed before', () => {
    const run = after({ [CHANGE]: changed, [CHECK]: failed });
    expect(wayBack(run, CHECK)).toBe(ROLLBACK);
  });

  it('is the rollback, where the step itself changed something', () => {
    const half: StepState = {
      ...failed,
      result: stepResult({ ok: false, calls }),
    };
    expect(wayBack(after({ [CHANGE]: half }), CHANGE)).toBe(ROLLBACK);
  });

  it('is not needed where nothing was changed', () => {
    expect(wayBack(after({ [CHECK]: failed }), CHECK)).toBeUndefined();
  });

  it('is not told of a step that went well, or in the rollback itself', () => {
    const run = after({ [CHANGE]: changed, [ROLLBACK]: failed });
    expect(wayBack(run, CHANGE)).toBeUndefined();
    expect(wayBack(run, ROLLBACK)).toBeUndefined();
  });
});
