import { CHECKED } from '../../testing/runs';
import { runsInAllStates, stepResult } from '../../testing/runs';
import { approvedWords } from './approvedWords';

const AUTH = 'component:default/auth-service';
const { steps } = runsInAllStates().approval.run;

describe('what became of an approval that was just given', () => {
  it('is that the step runs', () => {
    const { running } = runsInAllStates();
    expect(
      approvedWords(running.run.steps['high-latency/1.2'], [])?.title,
    ).toBe('Approved: it runs');
  });

  it('is that it succeeded, once it has', () => {
    expect(approvedWords(CHECKED, [])).toEqual({
      title: 'Approved: it ran and succeeded',
      tone: 'ok',
    });
  });

  it('is whose approval is still missing', () => {
    expect(
      approvedWords(steps['high-latency/2.1'], [
        { entityRef: AUTH, people: [] },
      ])?.title,
    ).toBe(`Approved by you; it still waits for an approval for ${AUTH}`);
  });

  it('is left to the step where that failed or came back', () => {
    const failed = { ...CHECKED, result: stepResult({ ok: false }) };
    expect(approvedWords(failed, [])).toBeUndefined();
    expect(approvedWords({ status: 'pending' }, [])).toBeUndefined();
  });
});
