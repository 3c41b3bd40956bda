import type { RunCommandRequest } from '../api/requests';
import type { StepBinding, StepRequirement } from '../plan/model';
import {
  CHANGE_STEP,
  DESTRUCTIVE_STEP,
  MANUAL_STEP,
  OWNER,
  plannedStep,
  READ_STEP,
  REQUESTER,
} from '../testing/plans';
import { boundAsPlanned } from './boundAsPlanned';
import { decideRun, type RunCommand } from './decideRun';
import type { Actor } from './decision';
import { settleLostStep, workOf } from './decideWork';
import type { Run, RunEvent } from './model';
import {
  APPROVAL,
  AT,
  REQUEST,
  runOf,
  runWith,
  STATES,
} from '../testing/runsInStates';

const AUTH = 'component:default/auth-service';
const SHOP = 'component:default/shop';
const POLICY = { approvalExpiresAfterMs: 3_600_000 };
const entitled = { entitled: true as const, entitledBy: 'an owner' };
const requester: Actor = { userRef: REQUESTER, entitlements: {}, sameAs: [] };
const owner: Actor = {
  userRef: OWNER,
  entitlements: { [AUTH]: entitled },
  sameAs: [],
};
const stranger: Actor = {
  userRef: 'user:default/ines',
  entitlements: {},
  sameAs: [],
};
const FINISHED: Run['status'] = {
  kind: 'finished',
  outcome: 'succeeded',
  at: AT,
  by: OWNER,
};
const CANCELLING: Run['status'] = { kind: 'cancelling', by: OWNER, at: AT };
const OPEN = runWith(STATES.pending);
const skip: RunCommand = { kind: 'skip', stepId: CHANGE_STEP.id, reason: 'x' };

describe('what cannot be done to a run', () => {
  it.each<[string, Run, RunCommand, string, string]>([
    [
      'anything where it has ended',
      { ...OPEN, status: FINISHED },
      skip,
      'run-finished',
      `This run ended at ${AT}`,
    ],
    [
      'a step while it is being cancelled',
      { ...OPEN, status: CANCELLING },
      skip,
      'run-cancelling',
      'This run is being cancelled',
    ],
    [
      'to cancel it twice',
      { ...OPEN, status: CANCELLING },
      { kind: 'cancel', reason: 'x' },
      'run-cancelling',
      'This run is being cancelled already',
    ],
    [
      'to finish it while it is being cancelled',
      { ...OPEN, status: CANCELLING },
      { kind: 'finish', outcome: 'succeeded' },
      'steps-in-flight',
      'A step is still running; wait for it or cancel the run',
    ],
    [
      'to finish it while a step runs',
      runWith(STATES.running),
      { kind: 'finish', outcome: 'succeeded' },
      'steps-in-flight',
      'A step is still running; wait for it or cancel the run',
    ],
    ...(['waiting-approval', 'interrupted'] as const).map(
      (status): [string, Run, RunCommand, string, string] => [
        `to finish it while a step is ${status}`,
        runWith(STATES[status]),
        { kind: 'finish', outcome: 'succeeded' },
        'wrong-state',
        '"Scale up" waits for a decision; settle or skip it before ending the run',
      ],
    ),
    [
      'what it does not have',
      OPEN,
      { kind: 'confirm', stepId: 'scale/9' },
      'unknown-step',
      'This run has no step "scale/9"',
    ],
    [
      'to judge what has no output',
      OPEN,
      { kind: 'judge', stepId: CHANGE_STEP.id, good: true },
      'wrong-state',
      '"Scale up" has no output to judge yet',
    ],
    [
      'to settle what was not interrupted',
      OPEN,
      {
        kind: 'settle-interruption',
        stepId: CHANGE_STEP.id,
        as: 'done',
        reason: 'x',
      },
      'wrong-state',
      '"Scale up" was not interrupted',
    ],
    [
      'to confirm a command',
      OPEN,
      { kind: 'confirm', stepId: CHANGE_STEP.id },
      'wrong-kind-of-step',
      '"Scale up" is run, not confirmed; skip it where it was done by hand',
    ],
    [
      'to confirm twice',
      runWith(STATES.confirmed, MANUAL_STEP),
      { kind: 'confirm', stepId: MANUAL_STEP.id },
      'wrong-state',
      '"Tell the team" is already confirmed',
    ],
    [
      'to skip what has ended',
      runWith(STATES.succeeded),
      skip,
      'wrong-state',
      '"Scale up" is already succeeded',
    ],
    [
      'to approve what waits for no approval',
      OPEN,
      { kind: 'approve', stepId: CHANGE_STEP.id, digest: 'x' },
      'wrong-state',
      '"Scale up" does not wait for an approval',
    ],
    [
      'to deny what waits for no approval',
      OPEN,
      { kind: 'deny', stepId: CHANGE_STEP.id },
      'wrong-state',
      '"Scale up" does not wait for an approval',
    ],
    [
      'to run what is done by hand',
      OPEN,
      run(MANUAL_STEP),
      'wrong-kind-of-step',
      '"Tell the team" is done by hand',
    ],
    [
      'to run what its executor cannot run',
      OPEN,
      run(READ_STEP, { impossible: 'psql is not there' }),
      'wrong-kind-of-step',
      '"Look at the deployment" is done by hand: psql is not there',
    ],
    [
      'to run what runs',
      runWith(STATES.running, READ_STEP),
      run(READ_STEP),
      'wrong-state',
      '"Look at the deployment" is running',
    ],
    [
      'to run a second step while one runs',
      runWith(STATES.running),
      run(READ_STEP),
      'step-in-flight',
      '"Scale up" is still running; steps of a run go one at a time',
    ],
    [
      'to run what needs an approval',
      OPEN,
      run(CHANGE_STEP),
      'approval-needed',
      '"Scale up" scales deployment auth-service to 4 replicas: it needs an approval first',
    ],
    [
      'to ask for an approval of what needs none',
      OPEN,
      ask(READ_STEP),
      'wrong-kind-of-step',
      '"Look at the deployment" needs no approval',
    ],
    [
      'to ask for what must be typed without typing it',
      OPEN,
      { ...ask(DESTRUCTIVE_STEP), confirmation: 'auth' } as RunCommand,
      'confirmation-mismatch',
      '"Delete the pod" deletes pod auth-service-1: type "auth-service" to ask for it',
    ],
    [
      'to run what reads variables that no step has set',
      OPEN,
      run(READ_STEP, { open: ['POD', 'NODE'] }),
      'not-known-yet',
      '"Look at the deployment" reads $POD, $NODE, which no step has set yet; run the step that sets it first',
    ],
    [
      'to run what is decided by a variable that no step has set',
      OPEN,
      run(READ_STEP, {}, later('POD', 'NODE')),
      'not-known-yet',
      '"Look at the deployment" waits; run the step that sets $POD, $NODE first',
    ],
    [
      'to run what is decided by what the verdict found open',
      OPEN,
      run(READ_STEP, { open: ['POD'] }, later()),
      'not-known-yet',
      '"Look at the deployment" waits; run the step that sets $POD first',
    ],
    [
      'to run what is decided later by something without a name',
      OPEN,
      run(READ_STEP, {}, later()),
      'not-known-yet',
      '"Look at the deployment" waits; run the step that sets it first',
    ],
  ])('is %s', (_, given, command, code, message) => {
    expect(decideRun(given, command, requester, POLICY, AT)).toEqual({
      kind: 'refused',
      refusal: { code, message },
    });
  });

  it('is to run a command that was planned to be done by hand', () => {
    const byHand = plannedStep({ manualBecause: 'helm is not there' });
    expect(
      decideRun(runOf(byHand), run(byHand), requester, POLICY, AT),
    ).toMatchObject({
      refusal: {
        message: '"Look at the deployment" is done by hand: helm is not there',
      },
    });
  });

  it('is whatever somebody wants who has nothing to do with it, and they are told why', () => {
    expect(decideRun(OPEN, skip, stranger, POLICY, AT)).toEqual({
      kind: 'refused',
      refusal: {
        code: 'not-a-participant',
        message: `Only ${REQUESTER}, the owners of ${AUTH} and those on call for it drive this run; user:default/ines is not known to own ${AUTH} or to be on call for it`,
      },
    });
  });

  it('is to end a run of another team without saying why, also by finishing it', () => {
    const ofShop = { ...stranger, entitlements: { [SHOP]: entitled } };
    const requires: StepRequirement = {
      kind: 'approval',
      because: 'x',
      approvedBy: [SHOP],
    };
    const locking = runWith({
      ...STATES.interrupted,
      binding: { ...REQUEST.binding, requires },
    } as never);
    for (const command of [
      { kind: 'finish', outcome: 'failed' },
      { kind: 'cancel' },
    ] as RunCommand[]) {
      expect(decideRun(locking, command, ofShop, POLICY, AT)).toEqual({
        kind: 'refused',
        refusal: {
          code: 'reason-missing',
          message: 'This is a run of another team; say why you end it',
        },
      });
    }
  });
});

describe('what people may say of a step', () => {
  it.each(['pending', 'denied', 'waiting-approval'] as const)(
    'is to skip it while it is %s, with the reason',
    status => {
      expect(eventsOf(runWith(STATES[status]), skip)).toEqual([
        {
          kind: 'step-skipped',
          stepId: CHANGE_STEP.id,
          by: REQUESTER,
          reason: 'x',
        },
      ]);
    },
  );

  it.each(['succeeded', 'failed'] as const)(
    'is what they think of its output once it has %s',
    status => {
      const judge: RunCommand = {
        kind: 'judge',
        stepId: CHANGE_STEP.id,
        good: false,
      };
      const judged = {
        kind: 'step-judged',
        stepId: CHANGE_STEP.id,
        by: REQUESTER,
        good: false,
      };
      const given = runWith(STATES[status]);
      expect(eventsOf(given, judge)).toStrictEqual([judged]);
      expect(eventsOf(given, { ...judge, note: 'slow' })).toStrictEqual([
        { ...judged, note: 'slow' },
      ]);
    },
  );

  it.each(['pending', 'denied', 'failed', 'succeeded'] as const)(
    'is to run it while it is %s',
    status => {
      expect(
        eventsOf(runWith(STATES[status], READ_STEP), run(READ_STEP)),
      ).toMatchObject([{ kind: 'step-queued', by: REQUESTER }]);
    },
  );

  it('is what they did by hand, with a note where there is one', () => {
    const confirm: RunCommand = { kind: 'confirm', stepId: MANUAL_STEP.id };
    const confirmed = {
      kind: 'step-confirmed',
      stepId: MANUAL_STEP.id,
      by: REQUESTER,
    };
    expect(eventsOf(OPEN, confirm)).toStrictEqual([confirmed]);
    expect(eventsOf(OPEN, { ...confirm, note: 'told' })).toStrictEqual([
      { ...confirmed, note: 'told' },
    ]);
  });

  it('is kept with what they asked for: the reason, and what they typed', () => {
    const bound = boundAsPlanned(DESTRUCTIVE_STEP);
    const asked = {
      kind: 'approval-requested',
      stepId: DESTRUCTIVE_STEP.id,
      by: REQUESTER,
      digest: DESTRUCTIVE_STEP.digest,
      ...bound,
      expiresAt: '2026-11-21T03:00:00.000Z',
      confirmation: 'auth-service',
    };
    const command = { ...ask(DESTRUCTIVE_STEP), confirmation: 'auth-service' };
    expect(eventsOf(OPEN, command as RunCommand)).toStrictEqual([asked]);
    expect(
      eventsOf(OPEN, { ...command, reason: 'it hangs' } as RunCommand),
    ).toStrictEqual([{ ...asked, reason: 'it hangs' }]);
  });

  it('is how the run ended, with a note where there is one', () => {
    const finish: RunCommand = { kind: 'finish', outcome: 'failed' };
    const finished = { kind: 'run-finished', by: REQUESTER, outcome: 'failed' };
    expect(eventsOf(OPEN, finish)).toStrictEqual([finished]);
    expect(eventsOf(OPEN, { ...finish, note: 'no luck' })).toStrictEqual([
      { ...finished, note: 'no luck' },
    ]);
  });

  it('is to cancel: at once where nothing runs, and else when the step has ended', () => {
    const asked = { kind: 'cancel-requested', by: REQUESTER };
    expect(eventsOf(runWith(STATES.running), { kind: 'cancel' })).toStrictEqual(
      [asked],
    );
    expect(
      eventsOf(OPEN, { kind: 'cancel', reason: 'too late' }),
    ).toStrictEqual([
      { ...asked, reason: 'too late' },
      { kind: 'run-finished', by: REQUESTER, outcome: 'cancelled' },
    ]);
  });
});

describe('what a person reads who may not approve', () => {
  const approve: RunCommand = {
    kind: 'approve',
    stepId: CHANGE_STEP.id,
    digest: REQUEST.digest,
  };
  const requires: StepRequirement = {
    kind: 'approval',
    because: 'x',
    approvedBy: [AUTH, SHOP],
  };
  const waiting = {
    ...STATES['waiting-approval'],
    request: { ...REQUEST, binding: { ...REQUEST.binding, requires } },
  } as never;

  it('names every entity whose owners may, and why they are none', () => {
    const no = { entitled: false as const, because: 'you are in no group' };
    const actor = { ...stranger, entitlements: { [AUTH]: no, [SHOP]: no } };
    expect(decideRun(runWith(waiting), approve, actor, POLICY, AT)).toEqual({
      kind: 'refused',
      refusal: {
        code: 'not-entitled',
        message: `Only the owners of ${AUTH} or ${SHOP} and those on call for it approve; you are in no group; you are in no group`,
      },
    });
  });

  it('names the approvals that are missing, where theirs was given by another', () => {
    const covers = [{ entityRef: AUTH, entitledBy: 'an owner' }];
    const given = [{ approvedBy: 'user:default/zoe', approvedAt: AT, covers }];
    const run_ = runWith({ ...(waiting as object), given } as never);
    const actor = {
      ...owner,
      entitlements: {
        [AUTH]: entitled,
        [SHOP]: { entitled: false as const, because: 'not of the shop' },
      },
    };
    expect(decideRun(run_, approve, actor, POLICY, AT)).toEqual({
      kind: 'refused',
      refusal: {
        code: 'not-entitled',
        message: `It still needs an owner of ${SHOP}; not of the shop`,
      },
    });
  });

  it('names when the request expired, or that the text is another', () => {
    const run_ = runWith(STATES['waiting-approval']);
    expect(
      decideRun(run_, approve, owner, POLICY, REQUEST.expiresAt),
    ).toMatchObject({
      refusal: {
        message: `The request expired at ${REQUEST.expiresAt}; it must be made again`,
      },
    });
    expect(
      decideRun(run_, { ...approve, digest: 'x' }, owner, POLICY, AT),
    ).toMatchObject({
      refusal: {
        message:
          '"Scale up" is not what you saw; look at it again before approving',
      },
    });
  });
});

describe('what is due on a run', () => {
  it('is nothing where it has ended, or waits for people', () => {
    const nothing = { kind: 'nothing' };
    const ended = { ...runWith(STATES.running), status: FINISHED };
    expect(workOf(ended, AT)).toEqual(nothing);
    expect(workOf(OPEN, AT)).toEqual(nothing);
    expect(workOf(runWith(STATES['waiting-approval']), AT)).toEqual(nothing);
  });

  it('is the queued step, with the approval that it has', () => {
    const due = {
      kind: 'run-step',
      step: CHANGE_STEP,
      attempt: 1,
      binding: REQUEST.binding,
    };
    expect(workOf(runWith(STATES.queued), AT)).toStrictEqual({
      ...due,
      approval: APPROVAL,
    });
    const { approval: _, ...queued } = STATES.queued as never as {
      approval: unknown;
    };
    expect(workOf(runWith(queued as never), AT)).toStrictEqual(due);
  });

  it('is to end it where it is being cancelled and nothing runs any more', () => {
    const cancelled = {
      kind: 'record',
      events: [{ kind: 'run-finished', by: OWNER, outcome: 'cancelled' }],
    };
    for (const state of [STATES.pending, STATES.queued]) {
      const run_ = { ...runWith(state), status: CANCELLING };
      expect(workOf(run_, AT)).toEqual(cancelled);
    }
  });

  it('is to settle what ran when its worker was lost, also while it is being cancelled', () => {
    const lost = {
      kind: 'settle-lost',
      step: CHANGE_STEP,
      attempt: 1,
      binding: REQUEST.binding,
    };
    expect(workOf(runWith(STATES.running), AT)).toEqual(lost);
    expect(
      workOf({ ...runWith(STATES.running), status: CANCELLING }, AT),
    ).toEqual(lost);
  });
});

describe('a step whose worker was lost', () => {
  const settle = (run_: Run, step = READ_STEP, writes = 0) =>
    settleLostStep(run_, step, 1, boundAsPlanned(step).binding, { writes });
  const interrupted = (stepId: string, because: string) => ({
    kind: 'step-interrupted',
    stepId,
    attempt: 1,
    because,
  });

  it('that only reads is tried again, and says so', () => {
    expect(settle(runWith(STATES.running, READ_STEP))).toEqual([
      interrupted(
        READ_STEP.id,
        'the worker was lost; the step only reads and is tried again',
      ),
      {
        kind: 'step-queued',
        stepId: READ_STEP.id,
        by: 'user:system/runbooks',
        attempt: 2,
      },
    ]);
  });

  it('waits for a person where the gateway saw a write of a read, or it may write', () => {
    const words = (did: string) =>
      `the worker was lost and nobody saw the step end; by what the gateway recorded, it ${did}`;
    expect(settle(OPEN, READ_STEP, 1)).toEqual([
      interrupted(READ_STEP.id, words('made 1 write')),
    ]);
    expect(settle(OPEN, CHANGE_STEP)).toEqual([
      interrupted(CHANGE_STEP.id, words('wrote nothing')),
    ]);
  });

  it('ends a run that was being cancelled', () => {
    expect(settle({ ...OPEN, status: CANCELLING })).toEqual([
      interrupted(
        READ_STEP.id,
        'the worker was lost while the run was being cancelled',
      ),
      { kind: 'run-finished', by: OWNER, outcome: 'cancelled' },
    ]);
  });
});

function run(
  step: typeof READ_STEP,
  verdict: Partial<StepBinding['verdict']> = {},
  requires?: StepRequirement,
): RunCommand {
  const { binding, differences } = boundAsPlanned(step);
  return {
    kind: 'run-step',
    stepId: step.id,
    differences,
    binding: {
      ...binding,
      verdict: { ...binding.verdict, ...verdict },
      requires: requires ?? binding.requires,
    },
  };
}

function ask(step: typeof READ_STEP): RunCommand {
  const request: RunCommandRequest = {
    kind: 'request-approval',
    stepId: step.id,
  };
  return { ...request, ...boundAsPlanned(step) } as RunCommand;
}

function later(...variables: string[]): StepRequirement {
  return { kind: 'later', because: 'waits', variables };
}

function eventsOf(given: Run, command: RunCommand): RunEvent[] {
  const decision = decideRun(given, command, requester, POLICY, AT);
  if (decision.kind === 'refused') throw new Error(decision.refusal.message);
  return decision.events;
}
