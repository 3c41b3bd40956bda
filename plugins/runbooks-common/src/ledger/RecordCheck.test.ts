import type { ApiCall, RunEvent } from '../run/model';
import { stepResult } from '../testing/plans';
import { CallsDigest } from './CallsDigest';
import { sha256Hex } from './digest';
import { RecordCheck } from './RecordCheck';

const STEP = 'scale/1.1';
const CALL: ApiCall = {
  id: 'one',
  at: '2026-11-29T02:00:00.000Z',
  verb: 'list',
  group: '',
  resource: 'pods',
  subresource: '',
  namespace: 'fintech-services',
  name: '',
  decision: 'passed',
  dryRun: false,
};
const WHERE = `attempt 1 of step ${STEP} of run a`;

describe('what is kept of the attempts of a run', () => {
  it('is as it was where calls and output have their digests, in however many pieces they come', () => {
    const check = checkOf(begun(), finished());
    expect(check.takeCalls(STEP, 1, [CALL])).toBeUndefined();
    expect(check.takeCalls(STEP, 1, [])).toBeUndefined();
    expect(check.takeOutput(STEP, 1, 'rea')).toBeUndefined();
    expect(check.takeOutput(STEP, 1, 'dy\n')).toBeUndefined();
    expect(check.end()).toBeUndefined();
  });

  it.each([
    ['finished', finished()],
    ['interrupted', interrupted()],
  ])(
    'is missing of an attempt that was %s where its output is not there',
    (_, end) => {
      const check = checkOf(begun(), end);
      check.takeCalls(STEP, 1, [CALL]);
      expect(check.end()).toEqual({
        seq: 2,
        message: `the output of ${WHERE} was changed after it ended`,
      });
    },
  );

  it('is told apart by its calls, in number and in what they say', () => {
    const fewer = checkOf(begun(), interrupted());
    fewer.takeOutput(STEP, 1, 'ready\n');
    expect(fewer.end()).toEqual({
      seq: 2,
      message: `the calls of ${WHERE} were changed after it ended: there are 0, 1 were recorded`,
    });
    const others = checkOf(begun(), interrupted());
    others.takeCalls(STEP, 1, [{ ...CALL, verb: 'delete' }]);
    expect(others.end()?.message).toBe(
      `the calls of ${WHERE} were changed after it ended`,
    );
  });

  it('tells nothing yet of an attempt that is under way', () => {
    const check = checkOf(begun());
    expect(check.takeCalls(STEP, 1, [CALL])).toBeUndefined();
    expect(check.takeOutput(STEP, 1, 'so far')).toBeUndefined();
    expect(check.ended()).toEqual([]);
    expect(check.end()).toBeUndefined();
  });

  it('counts the attempts that have ended, in order', () => {
    const check = checkOf(begun(), interrupted(), begun(2), finished(2));
    check.takeEvent(begun(3), 9);
    expect(check.ended()).toEqual([
      { stepId: STEP, attempt: 1 },
      { stepId: STEP, attempt: 2 },
    ]);
  });

  it('of older versions, which recorded no calls, is judged by its output alone', () => {
    const check = checkOf(begun(), finished(1, false), interruptedBefore());
    check.takeOutput(STEP, 1, 'ready\n');
    check.takeCalls(STEP, 1, [CALL]);
    expect(check.end()).toBeUndefined();
    expect(check.ended()).toEqual([{ stepId: STEP, attempt: 1 }]);
  });

  it('does not belong to an attempt that never began', () => {
    const check = checkOf({
      kind: 'step-queued',
      stepId: STEP,
      by: 'user:default/maya',
      attempt: 1,
    });
    expect(check.takeCalls(STEP, 1, [CALL])).toBe(
      `there are calls of ${WHERE}, which never began`,
    );
    expect(check.takeOutput(STEP, 1, 'x')).toBe(
      `there are output of ${WHERE}, which never began`,
    );
  });
});

function checkOf(...events: RunEvent[]): RecordCheck {
  const check = new RecordCheck('a');
  events.forEach((event, index) => check.takeEvent(event, index + 1));
  return check;
}

function begun(attempt = 1): RunEvent {
  return {
    kind: 'step-started',
    stepId: STEP,
    attempt,
    executor: 'local',
    worker: 'w1',
    digest: 'a'.repeat(64),
  };
}

function finished(attempt = 1, withCalls = true): RunEvent {
  return {
    kind: 'step-finished',
    stepId: STEP,
    attempt,
    result: stepResult({ outputDigest: sha256Hex('ready\n') }),
    ...(withCalls ? { record: recordOf() } : {}),
  };
}

function interrupted(): RunEvent {
  return { ...interruptedBefore(1), record: recordOf() };
}

/** As it was recorded before calls and output entered the ledger. */
function interruptedBefore(
  attempt = 2,
): Extract<RunEvent, { kind: 'step-interrupted' }> {
  return {
    kind: 'step-interrupted',
    stepId: STEP,
    attempt,
    because: 'its worker was lost',
  };
}

function recordOf() {
  const calls = new CallsDigest();
  calls.add(CALL);
  return { calls: calls.end(), outputDigest: sha256Hex('ready\n') };
}
