import { CHANGE_STEP, MANUAL_STEP, plannedStep } from '../testing/plans';
import { runOf, STATES } from '../testing/runsInStates';
import type { PlannedStep } from '../plan/model';
import type { Run, StepState } from './model';
import { nextRead } from './nextRead';

const FIRST = plannedStep({ id: 'p/1' });
const SECOND = plannedStep({ id: 'p/2' });

describe('a run that goes on by itself', () => {
  it('runs the first step that is not done, where it only reads', () => {
    expect(nextRead(runOf(FIRST, SECOND))).toEqual(runs(FIRST));
    expect(
      nextRead(having(runOf(FIRST, SECOND), { 'p/1': STATES.succeeded })),
    ).toEqual(runs(SECOND));
  });

  it.each<[string, PlannedStep, string]>([
    ['needs an approval', CHANGE_STEP, 'approval'],
    [
      'may need one when its values are known',
      plannedStep({
        requires: { kind: 'later', because: '$X decides', variables: ['X'] },
      }),
      'approval',
    ],
    ['a person does', MANUAL_STEP, 'by-hand'],
    [
      'a person does, although it is a command',
      plannedStep({ manualBecause: 'it needs the network' }),
      'by-hand',
    ],
    [
      'has a condition',
      plannedStep({ condition: 'If pods crash' }),
      'condition',
    ],
    [
      'is one of several options',
      plannedStep({ alternative: { group: 'g', label: 'Option 1' } }),
      'choice',
    ],
  ])('stops at a step that %s', (_what, step, because) => {
    expect(nextRead(runOf(step, SECOND))).toEqual({
      kind: 'stop',
      because,
      stepId: step.id,
    });
  });

  it.each<[StepState['status'], string]>([
    ['waiting-approval', 'approval'],
    ['denied', 'approval'],
    ['interrupted', 'not-good'],
  ])('stops where a step is %s', (status, because) => {
    const run = having(runOf(CHANGE_STEP, SECOND), {
      [CHANGE_STEP.id]: STATES[status],
    });
    expect(nextRead(run)).toMatchObject({ kind: 'stop', because });
  });

  it('stops at a step that came back', () => {
    const run = having(runOf(FIRST), {
      'p/1': { status: 'pending', returnedBecause: 'it needs an approval' },
    });
    expect(nextRead(run)).toMatchObject({ because: 'came-back' });
  });

  it('stops behind its own step that went badly, and goes on where a person says so', () => {
    const run = having(runOf(FIRST, SECOND), { 'p/1': STATES.failed });
    expect(nextRead(run, 'p/1')).toEqual({
      kind: 'stop',
      because: 'not-good',
      stepId: 'p/1',
    });
    expect(nextRead(run)).toEqual(runs(SECOND));
  });

  it('waits while a step is under way', () => {
    for (const status of ['queued', 'running'] as const) {
      const run = having(runOf(FIRST, SECOND), { 'p/1': STATES[status] });
      expect(nextRead(run, 'p/1')).toEqual({ kind: 'wait' });
    }
  });

  it('passes over what is only taken in need, and over options that were not taken', () => {
    const rollback = plannedStep({
      id: 'p/0',
      phase: { role: 'rollback', title: 'Rollback' },
    });
    const [one, other] = ['1', '2'].map(label =>
      plannedStep({ id: `o/${label}`, alternative: { group: 'g', label } }),
    );
    const run = having(runOf(rollback, one, other, SECOND), {
      'o/1': STATES.succeeded,
    });
    expect(nextRead(run)).toEqual(runs(SECOND));
  });

  it('is done where nothing is left, and where the run has ended', () => {
    const run = having(runOf(FIRST), { 'p/1': STATES.succeeded });
    expect(nextRead(run)).toEqual({ kind: 'stop', because: 'done' });
    expect(
      nextRead({
        ...runOf(FIRST),
        status: {
          kind: 'finished',
          outcome: 'failed',
          at: '2026-11-21T02:00:00.000Z',
          by: 'user:default/maya',
        },
      }),
    ).toEqual({ kind: 'stop', because: 'done' });
  });
});

function runs({ id }: PlannedStep) {
  return { kind: 'run', stepId: id };
}

function having(run: Run, steps: Record<string, StepState>): Run {
  return { ...run, steps: { ...run.steps, ...steps } };
}
