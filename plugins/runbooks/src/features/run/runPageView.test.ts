import { runsInAllStates } from '../../testing/runs';
import { runsToApprove } from '../../testing/runsToApprove';
import { runPageView } from './runPageView';

const RUNS = runsInAllStates();

describe('a run on its page', () => {
  it.each([
    { run: 'open', state: 'Open', current: 'high-latency/1.1' },
    { run: 'running', state: 'Running', current: 'high-latency/1.2' },
    {
      run: 'approval',
      state: 'Waiting for approval',
      current: 'high-latency/2.1',
    },
    { run: 'interrupted', state: 'Interrupted', current: 'high-latency/2.1' },
    { run: 'failed', state: 'Open, 1 failed', current: 'high-latency/1.2' },
    { run: 'finished', state: 'Succeeded', current: undefined },
  ])('$run: is $state and points at $current', ({ run, state, current }) => {
    const page = runPageView(RUNS[run]);
    expect(page.state.label).toBe(state);
    expect(page.currentStepId).toBe(current);
  });

  it('marks the option that was not taken', () => {
    const steps = runPageView(RUNS.approval).phases.flatMap(one => one.steps);
    const other = steps.find(one => one.step.id === 'high-latency/2.2');
    expect(other).toMatchObject({
      otherChosen: true,
      words: { label: 'Other option taken' },
    });
  });

  it('shows a step as it was judged when it was asked for, not as it was planned', () => {
    const steps = runPageView(
      runsToApprove()['several-approvals'],
    ).phases.flatMap(one => one.steps);
    const scaling = steps.find(one => one.step.id === 'high-latency/2.1');
    expect(scaling?.step).toMatchObject({
      effect: 'destructive',
      asWritten:
        'Its text alone changes something; with its values it is destructive',
    });
    expect(scaling?.approving).toEqual({
      words:
        'You approve for component:default/auth-service and component:default/user-service. It runs as soon as you approve.',
      isLast: true,
    });
  });

  it('keeps a step that ended well in sight until something newer happens', () => {
    const behind = (run: string) =>
      runPageView(RUNS[run])
        .phases.flatMap(one => one.steps)
        .filter(({ isBehind }) => isBehind)
        .map(({ step }) => step.id);
    expect(behind('running')).toEqual(['high-latency/1.1']);
    expect(behind('failed')).toEqual(['high-latency/1.1']);
    const { run } = RUNS.running;
    const just = {
      ...RUNS.running,
      run: {
        ...run,
        steps: {
          ...run.steps,
          'high-latency/1.2': { status: 'pending' as const },
        },
      },
    };
    const [first] = runPageView(just).phases[0].steps;
    expect(first.state.status).toBe('succeeded');
    expect(first.isBehind).toBe(false);
  });

  it('says of what is to come that it needs an approval, not of an option that was not taken', () => {
    const labels = (run: string) =>
      Object.fromEntries(
        runPageView(RUNS[run])
          .phases.flatMap(one => one.steps)
          .map(({ step, words }) => [step.id, words.label]),
      );
    expect(labels('open')).toMatchObject({
      'high-latency/1.1': 'Not run yet',
      'high-latency/2.1': 'Needs an approval',
    });
    expect(labels('approval')['high-latency/2.2']).toBe('Other option taken');
    expect(labels('finished')['high-latency/2.2']).not.toBe(
      'Needs an approval',
    );
  });

  it('counts done steps without those of options not taken', () => {
    const { done, total } = runPageView(RUNS.finished);
    expect({ done, total }).toEqual({ done: 4, total: 5 });
  });

  it('says of what was not run that it was not, and asks nobody for it, once it has ended', () => {
    const ended = {
      ...RUNS.approval,
      run: { ...RUNS.approval.run, status: RUNS.finished.run.status },
    };
    const steps = runPageView(ended).phases.flatMap(one => one.steps);
    const open = steps.filter(({ state }) =>
      ['pending', 'waiting-approval'].includes(state.status),
    );
    expect(open.map(({ state }) => state.status)).toEqual(
      expect.arrayContaining(['pending', 'waiting-approval']),
    );
    expect(open.flatMap(({ approvals }) => approvals)).toEqual([]);
    expect(
      open
        .filter(({ otherChosen }) => !otherChosen)
        .map(({ words }) => words.label)
        .filter(label => label !== 'Not run'),
    ).toEqual([]);
  });

  it('keeps the phases of the plan and knows which one undoes', () => {
    const { phases } = runPageView(RUNS.open);
    expect(
      phases.map(({ roleLabel, isRollback }) => ({ roleLabel, isRollback })),
    ).toEqual([
      { roleLabel: 'Investigation', isRollback: false },
      { roleLabel: 'Steps', isRollback: false },
      { roleLabel: 'Rollback', isRollback: true },
    ]);
  });
});
