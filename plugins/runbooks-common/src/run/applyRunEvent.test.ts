import {
  CHANGE_STEP,
  OWNER,
  READ_STEP,
  REQUESTER,
  STARTED,
  stepResult,
} from '../testing/plans';
import { applyRunEvent, foldRun } from './applyRunEvent';
import type { Run, RunEvent, StepState } from './model';
import {
  APPROVAL,
  AT,
  EXPIRES_AT,
  REQUEST,
  runWith,
  STATES,
} from '../testing/runsInStates';

const T1 = '2026-11-21T02:01:00.000Z';
const STEP = { stepId: CHANGE_STEP.id };
const { binding } = REQUEST;

describe('what an event makes of a step', () => {
  it.each<[string, StepState, RunEvent, StepState]>([
    [
      'a request waits for approvals, with its reason',
      STATES.pending,
      {
        kind: 'approval-requested',
        ...STEP,
        by: REQUESTER,
        digest: REQUEST.digest,
        binding,
        differences: [],
        expiresAt: EXPIRES_AT,
        reason: 'more traffic',
      },
      {
        status: 'waiting-approval',
        request: {
          ...REQUEST,
          requestedBy: REQUESTER,
          requestedAt: T1,
          reason: 'more traffic',
        },
        given: [],
      },
    ],
    [
      'an approval is kept beside the others',
      STATES['waiting-approval'],
      {
        kind: 'step-approved',
        ...STEP,
        by: OWNER,
        digest: REQUEST.digest,
        covers: [],
      },
      {
        status: 'waiting-approval',
        request: REQUEST,
        given: [{ approvedBy: OWNER, approvedAt: T1, covers: [] }],
      },
    ],
    [
      'an approval of what waits for none changes nothing',
      STATES.skipped,
      {
        kind: 'step-approved',
        ...STEP,
        by: OWNER,
        digest: REQUEST.digest,
        covers: [],
      },
      STATES.skipped,
    ],
    [
      'a no ends the request, with its reason',
      STATES['waiting-approval'],
      { kind: 'step-denied', ...STEP, by: OWNER, reason: 'not today' },
      {
        status: 'denied',
        request: REQUEST,
        deniedBy: OWNER,
        deniedAt: T1,
        reason: 'not today',
      },
    ],
    [
      'a no to what waits for none changes nothing',
      STATES.confirmed,
      { kind: 'step-denied', ...STEP, by: OWNER },
      STATES.confirmed,
    ],
    [
      'a request that expired leaves the step as it was before',
      STATES['waiting-approval'],
      { kind: 'approval-expired', ...STEP },
      { status: 'pending' },
    ],
    [
      'a voided approval leaves it with the reason',
      STATES.queued,
      { kind: 'approval-voided', ...STEP, because: 'the script was changed' },
      { status: 'pending', returnedBecause: 'the script was changed' },
    ],
    [
      'a queued step has the approvals that were given',
      STATES['waiting-approval'],
      { kind: 'step-queued', ...STEP, by: OWNER, attempt: 1 },
      {
        status: 'queued',
        attempt: 1,
        queuedBy: OWNER,
        queuedAt: T1,
        binding,
        approval: { ...REQUEST, given: [] },
      },
    ],
    [
      'a step that is tried again by itself keeps its approval',
      STATES.interrupted,
      { kind: 'step-queued', ...STEP, by: REQUESTER, attempt: 2 },
      {
        status: 'queued',
        attempt: 2,
        queuedBy: REQUESTER,
        queuedAt: T1,
        binding,
        approval: APPROVAL,
      },
    ],
    [
      'a step that ran and is run anew has no approval of before',
      STATES.failed,
      { kind: 'step-queued', ...STEP, by: REQUESTER, attempt: 2, binding },
      {
        status: 'queued',
        attempt: 2,
        queuedBy: REQUESTER,
        queuedAt: T1,
        binding,
      },
    ],
    [
      'a started step runs what was queued',
      STATES.queued,
      {
        kind: 'step-started',
        ...STEP,
        attempt: 1,
        executor: 'local',
        worker: 'w1',
        digest: binding.digest,
      },
      {
        status: 'running',
        attempt: 1,
        startedAt: T1,
        executor: 'local',
        binding,
        approval: APPROVAL,
      },
    ],
    [
      'a step ends well',
      STATES.running,
      { kind: 'step-finished', ...STEP, attempt: 1, result: stepResult() },
      STATES.succeeded,
    ],
    [
      'a step fails',
      STATES.running,
      {
        kind: 'step-finished',
        ...STEP,
        attempt: 1,
        result: stepResult({ ok: false, exitCode: 1 }),
      },
      STATES.failed,
    ],
    [
      'an interrupted step keeps what it ran and who approved it',
      STATES.running,
      { kind: 'step-interrupted', ...STEP, attempt: 1, because: 'lost' },
      {
        status: 'interrupted',
        attempt: 1,
        interruptedAt: T1,
        because: 'lost',
        binding,
        approval: APPROVAL,
      },
    ],
    [
      'an interruption that a person calls done is confirmed by them',
      STATES.interrupted,
      {
        kind: 'interruption-settled',
        ...STEP,
        by: OWNER,
        as: 'done',
        reason: 'we looked',
      },
      { status: 'confirmed', by: OWNER, at: T1, note: 'we looked' },
    ],
    [
      'an interruption that is to be tried again needs everything anew',
      STATES.interrupted,
      {
        kind: 'interruption-settled',
        ...STEP,
        by: OWNER,
        as: 'again',
        reason: 'we looked',
      },
      { status: 'pending' },
    ],
    [
      'a confirmed step has the note of the person',
      STATES.pending,
      { kind: 'step-confirmed', ...STEP, by: OWNER, note: 'told them' },
      { status: 'confirmed', by: OWNER, at: T1, note: 'told them' },
    ],
    [
      'a skipped step has the reason',
      STATES.pending,
      { kind: 'step-skipped', ...STEP, by: OWNER, reason: 'not needed' },
      { status: 'skipped', by: OWNER, at: T1, reason: 'not needed' },
    ],
    [
      'a person judges what succeeded',
      STATES.succeeded,
      { kind: 'step-judged', ...STEP, by: OWNER, good: false, note: 'slow' },
      {
        ...STATES.succeeded,
        judgement: { by: OWNER, at: T1, good: false, note: 'slow' },
      } as StepState,
    ],
    [
      'a person judges what failed',
      STATES.failed,
      { kind: 'step-judged', ...STEP, by: OWNER, good: true },
      {
        ...STATES.failed,
        judgement: { by: OWNER, at: T1, good: true },
      } as StepState,
    ],
    [
      'nobody judges what did not run',
      STATES.skipped,
      { kind: 'step-judged', ...STEP, by: OWNER, good: true },
      STATES.skipped,
    ],
  ])('%s', (_, before, event, after) => {
    const run = applied(runWith(before), event);
    expect(run.steps[CHANGE_STEP.id]).toStrictEqual(after);
    expect(run.eventCount).toBe(2);
  });

  it('leaves out the words that nobody gave', () => {
    const waiting = runWith(STATES['waiting-approval']);
    for (const [before, event] of [
      [waiting, { kind: 'step-denied', ...STEP, by: OWNER }],
      [runWith(STATES.pending), { kind: 'step-confirmed', ...STEP, by: OWNER }],
    ] as Array<[Run, RunEvent]>) {
      const state = applied(before, event).steps[CHANGE_STEP.id];
      expect(Object.keys(state)).not.toContain('reason');
      expect(Object.keys(state)).not.toContain('note');
    }
  });

  it('counts attempts by the step, and only where one is queued', () => {
    const queued = applied(runWith(STATES.failed), {
      kind: 'step-queued',
      ...STEP,
      by: OWNER,
      attempt: 2,
      binding,
    });
    expect(queued.attempts).toEqual({ [CHANGE_STEP.id]: 2 });
    const both = applied(queued, {
      kind: 'step-queued',
      stepId: READ_STEP.id,
      by: OWNER,
      attempt: 1,
      binding,
    });
    expect(both.attempts).toEqual({ [CHANGE_STEP.id]: 2, [READ_STEP.id]: 1 });
    const confirmed = applied(both, {
      kind: 'step-confirmed',
      ...STEP,
      by: OWNER,
    });
    expect(confirmed.attempts).toEqual(both.attempts);
  });
});

describe('a ledger that tells no run', () => {
  it('is one without events, or that does not begin with the start', () => {
    expect(() => foldRun([])).toThrow('A run has at least one event');
    expect(() =>
      foldRun([
        { runId: 'a', at: AT, event: { kind: 'cancel-requested', by: OWNER } },
      ]),
    ).toThrow('Run a does not begin with run-started');
  });

  it('is one about a step that the plan does not have', () => {
    expect(() =>
      applied(runWith(STATES.pending), {
        kind: 'step-skipped',
        stepId: 'scale/9',
        by: OWNER,
        reason: 'x',
      }),
    ).toThrow('Run run-1 has no step scale/9');
  });

  it('is read from the first event on', () => {
    const run = foldRun([
      { runId: 'run-1', at: AT, event: STARTED },
      {
        runId: 'run-1',
        at: T1,
        event: { kind: 'cancel-requested', by: OWNER },
      },
    ]);
    expect(run).toMatchObject({
      id: 'run-1',
      startedAt: AT,
      requestedBy: REQUESTER,
      status: { kind: 'cancelling', by: OWNER, at: T1 },
    });
  });
});

function applied(run: Run, event: RunEvent): Run {
  return applyRunEvent(run, event, T1, run.id);
}
