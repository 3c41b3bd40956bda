import type { ChangeCounts } from '../gateway/callDone';
import type { RunCommandRequest } from '../api/requests';
import type { PlannedStep, StepBinding } from '../plan/model';
import {
  CHANGE_STEP,
  DESTRUCTIVE_STEP,
  MANUAL_STEP,
  OUTSIDER,
  OWNER,
  plan,
  READ_STEP,
  REQUESTER,
  STARTED,
  stepResult,
} from '../testing/plans';
import { stepActionsOf } from './actionsOf';
import { applyRunEvent } from './applyRunEvent';
import { boundAsPlanned } from './boundAsPlanned';
import { decideRun, type RunCommand } from './decideRun';
import type { Actor, RunDecision } from './decision';
import { eventsAfterStep, settleLostStep, workOf } from './decideWork';
import type { Run, RunEvent } from './model';
import { summarizeRun } from './summarize';

const T0 = '2026-11-21T02:00:00.000Z';
const T1 = '2026-11-21T02:01:00.000Z';
const NEXT_DAY = '2026-11-22T02:02:00.000Z';
const POLICY = { approvalExpiresAfterMs: 24 * 3600 * 1000 };

const AUTH = 'component:default/auth-service';

const requester: Actor = {
  userRef: REQUESTER,
  entitlements: {
    [AUTH]: { entitled: true, entitledBy: 'member of group:default/identity' },
  },
  sameAs: [],
};
const owner: Actor = {
  userRef: OWNER,
  entitlements: {
    [AUTH]: { entitled: true, entitledBy: 'on call for auth-service' },
  },
  sameAs: [],
};
const outsider: Actor = {
  userRef: OUTSIDER,
  entitlements: {
    [AUTH]: {
      entitled: false,
      because: 'they neither own it nor are on call',
    },
  },
  sameAs: [],
};

describe('a run', () => {
  it('that keeps objects of others locked is let go by their owners, with a reason', () => {
    const shop = 'component:default/shop';
    const ofShop: Actor = {
      userRef: 'user:default/sam',
      entitlements: { [shop]: { entitled: true, entitledBy: 'owner' } },
      sameAs: [],
    };
    const { binding } = boundAsPlanned({
      ...CHANGE_STEP,
      requires: { kind: 'approval', because: 'x', approvedBy: [shop] },
    });
    const interrupted: Run = {
      ...started(),
      steps: {
        ...started().steps,
        [CHANGE_STEP.id]: {
          status: 'interrupted',
          attempt: 1,
          interruptedAt: T0,
          because: 'the backend was stopped',
          binding,
        },
      },
    };
    const as = (actor: Actor, run: Run, command: RunCommand) =>
      decideRun(run, command, actor, POLICY, T1);
    const settle: RunCommand = {
      kind: 'settle-interruption',
      stepId: CHANGE_STEP.id,
      as: 'done',
      reason: 'we looked',
    };
    expect(eventsOf(as(ofShop, interrupted, settle))).toHaveLength(1);
    expect(
      eventsOf(as(ofShop, interrupted, { kind: 'cancel', reason: 'gone' })),
    ).toMatchObject([{ kind: 'cancel-requested' }, { kind: 'run-finished' }]);
    expect(refusalOf(as(ofShop, interrupted, { kind: 'cancel' })).code).toBe(
      'reason-missing',
    );
    // Where nothing of theirs is locked, and for anything else, they are outsiders.
    expect(
      refusalOf(as(ofShop, started(), { kind: 'cancel', reason: 'no' })).code,
    ).toBe('not-a-participant');
    expect(
      refusalOf(
        as(ofShop, interrupted, {
          kind: 'skip',
          stepId: READ_STEP.id,
          reason: 'no',
        }),
      ).code,
    ).toBe('not-a-participant');
    expect(refusalOf(as(outsider, interrupted, settle)).code).toBe(
      'not-a-participant',
    );
  });

  it('takes no more than 2,000 events: then it can only be finished or cancelled', () => {
    const almost: Run = { ...started(), eventCount: 1_999 };
    const full: Run = { ...started(), eventCount: 2_000 };
    const read: RunCommandRequest = { kind: 'run-step', stepId: READ_STEP.id };
    expect(eventsOf(decide(almost, read))).toHaveLength(1);
    expect(refusalOf(decide(full, read))).toEqual({
      code: 'too-many-events',
      message:
        'This run has 2000 events, and at most 2000 are taken; finish or cancel it, and start another',
    });
    expect(
      eventsOf(decide(full, { kind: 'cancel', reason: 'too long' })).length,
    ).toBeGreaterThan(0);
    expect(
      eventsOf(decide(full, { kind: 'finish', outcome: 'failed' })).length,
    ).toBeGreaterThan(0);
  });

  it('runs a step that only reads at once', () => {
    expect(
      eventsOf(decide(started(), { kind: 'run-step', stepId: READ_STEP.id })),
    ).toEqual([
      {
        kind: 'step-queued',
        stepId: READ_STEP.id,
        by: REQUESTER,
        attempt: 1,
        binding: boundAsPlanned(READ_STEP).binding,
      },
    ]);
  });

  it('does not run a changing step without an approval', () => {
    expect(
      refusalOf(
        decide(started(), { kind: 'run-step', stepId: CHANGE_STEP.id }),
      ),
    ).toMatchObject({
      code: 'approval-needed',
      message: expect.stringContaining(
        'scales deployment auth-service to 4 replicas',
      ),
    });
  });

  it('runs a changing step as soon as another owner approves exactly its text', () => {
    const run = afterCommand(started(), askFor(CHANGE_STEP));
    const decision = decide(run, approve(CHANGE_STEP), owner);
    expect(eventsOf(decision)).toEqual([
      {
        kind: 'step-approved',
        stepId: CHANGE_STEP.id,
        by: OWNER,
        digest: CHANGE_STEP.digest,
        covers: [{ entityRef: AUTH, entitledBy: 'on call for auth-service' }],
      },
      { kind: 'step-queued', stepId: CHANGE_STEP.id, by: OWNER, attempt: 1 },
    ]);
    expect(apply(run, eventsOf(decision)).steps[CHANGE_STEP.id]).toMatchObject({
      status: 'queued',
      attempt: 1,
      approval: { given: [{ approvedBy: OWNER }], requestedBy: REQUESTER },
    });
  });

  it.each<{ who: string; actor: Actor; code: string }>([
    { who: 'the requester', actor: requester, code: 'own-request' },
    {
      who: 'somebody who does not own the service',
      actor: outsider,
      code: 'not-entitled',
    },
  ])('is not approved by $who', ({ actor, code }) => {
    const run = afterCommand(started(), askFor(CHANGE_STEP));
    expect(refusalOf(decide(run, approve(CHANGE_STEP), actor)).code).toBe(code);
    expect(
      refusalOf(decide(run, { kind: 'deny', stepId: CHANGE_STEP.id }, actor))
        .code,
    ).toBe(code);
  });

  it('is not approved by the person who started it when somebody else asked for the step', () => {
    const run = afterCommand(started(), askFor(CHANGE_STEP), owner);
    expect(refusalOf(decide(run, approve(CHANGE_STEP), requester)).code).toBe(
      'own-request',
    );
  });

  it('is not approved by whoever asked for it, also where another person started the run', () => {
    const run = afterCommand(started(), askFor(CHANGE_STEP), owner);
    expect(run.requestedBy).toBe(REQUESTER);
    for (const command of [
      approve(CHANGE_STEP),
      { kind: 'deny', stepId: CHANGE_STEP.id } as const,
    ]) {
      expect(refusalOf(decide(run, command, owner)).code).toBe('own-request');
    }
  });

  it.each([
    { who: 'the run', asker: requester },
    { who: 'the step', asker: { ...owner, userRef: 'user:default/third' } },
  ])(
    'is not approved with another account of the person who asked for $who',
    ({ asker }) => {
      const run = afterCommand(started(), askFor(CHANGE_STEP), asker);
      const second: Actor = {
        ...owner,
        userRef: 'user:default/second-account',
        sameAs: [asker.userRef],
      };
      expect(refusalOf(decide(run, approve(CHANGE_STEP), second)).code).toBe(
        'own-request',
      );
      expect(
        decide(run, approve(CHANGE_STEP), { ...second, sameAs: [] }).kind,
      ).toBe('accepted');
    },
  );

  it('gives no rights to an account of which nobody can tell whose it is', () => {
    const unknown = { ...outsider, sameAs: [REQUESTER] };
    expect(refusalOf(decide(started(), { kind: 'cancel' }, unknown)).code).toBe(
      'not-a-participant',
    );
  });

  it('refuses an approval of another text than the one of the step', () => {
    const run = afterCommand(started(), askFor(CHANGE_STEP));
    const decision = decide(
      run,
      { kind: 'approve', stepId: CHANGE_STEP.id, digest: READ_STEP.digest },
      owner,
    );
    expect(refusalOf(decision).code).toBe('digest-mismatch');
  });

  it('refuses an approval that comes after the request expired', () => {
    const run = afterCommand(started(), askFor(CHANGE_STEP));
    expect(
      refusalOf(decide(run, approve(CHANGE_STEP), owner, NEXT_DAY)).code,
    ).toBe('approval-expired');
    expect(workOf(run, NEXT_DAY)).toEqual({
      kind: 'record',
      events: [{ kind: 'approval-expired', stepId: CHANGE_STEP.id }],
    });
  });

  it('takes an approval until the very moment at which the request expires', () => {
    const run = afterCommand(started(), askFor(CHANGE_STEP));
    const state = run.steps[CHANGE_STEP.id];
    if (state.status !== 'waiting-approval') throw new Error(state.status);
    const { expiresAt } = state.request;
    const before = new Date(Date.parse(expiresAt) - 1).toISOString();
    expect(decide(run, approve(CHANGE_STEP), owner, before).kind).toBe(
      'accepted',
    );
    expect(workOf(run, before)).toEqual({ kind: 'nothing' });
    expect(
      refusalOf(decide(run, approve(CHANGE_STEP), owner, expiresAt)).code,
    ).toBe('approval-expired');
    expect(workOf(run, expiresAt)).toMatchObject({
      kind: 'record',
      events: [{ kind: 'approval-expired' }],
    });
  });

  it('asks for the name of the service to be typed before a destructive step', () => {
    const bare: RunCommandRequest = {
      kind: 'request-approval',
      stepId: DESTRUCTIVE_STEP.id,
    };
    expect(refusalOf(decide(started(), bare)).code).toBe(
      'confirmation-mismatch',
    );
    expect(
      eventsOf(decide(started(), { ...bare, confirmation: 'auth-service' })),
    ).toMatchObject([
      { kind: 'approval-requested', confirmation: 'auth-service' },
    ]);
  });

  it('runs one step at a time', () => {
    const run = afterCommand(started(), {
      kind: 'run-step',
      stepId: READ_STEP.id,
    });
    expect(refusalOf(decide(run, askFor(CHANGE_STEP))).code).toBe(
      'step-in-flight',
    );
  });

  it('is driven by nobody but its requester, the owners and those on call', () => {
    expect(
      refusalOf(
        decide(started(), { kind: 'run-step', stepId: READ_STEP.id }, outsider),
      ).code,
    ).toBe('not-a-participant');
  });

  it('keeps a denied step open to be asked for again', () => {
    let run = afterCommand(started(), askFor(CHANGE_STEP));
    run = afterCommand(
      run,
      { kind: 'deny', stepId: CHANGE_STEP.id, reason: 'not now' },
      owner,
    );
    expect(run.steps[CHANGE_STEP.id]).toMatchObject({
      status: 'denied',
      reason: 'not now',
    });
    expect(decide(run, askFor(CHANGE_STEP)).kind).toBe('accepted');
  });

  it('confirms what is done by hand and never a command', () => {
    expect(
      eventsOf(decide(started(), { kind: 'confirm', stepId: MANUAL_STEP.id })),
    ).toEqual([
      { kind: 'step-confirmed', stepId: MANUAL_STEP.id, by: REQUESTER },
    ]);
    expect(
      refusalOf(decide(started(), { kind: 'confirm', stepId: READ_STEP.id }))
        .code,
    ).toBe('wrong-kind-of-step');
  });

  it('ends at once when it is cancelled while nothing runs', () => {
    const run = afterCommand(started(), { kind: 'cancel' });
    expect(run.status).toMatchObject({
      kind: 'finished',
      outcome: 'cancelled',
      by: REQUESTER,
    });
    expect(
      refusalOf(decide(run, { kind: 'run-step', stepId: READ_STEP.id })).code,
    ).toBe('run-finished');
  });

  it('ends as cancelled only when the running step has ended', () => {
    let run = afterCommand(running(READ_STEP.id), { kind: 'cancel' });
    expect(run.status.kind).toBe('cancelling');
    run = apply(
      run,
      eventsAfterStep(
        run,
        READ_STEP.id,
        1,
        stepResult({ ok: false, cancelled: true }),
      ),
    );
    expect(run.status).toMatchObject({
      kind: 'finished',
      outcome: 'cancelled',
    });
  });

  it('is not finished while a decision is open', () => {
    const run = afterCommand(started(), askFor(CHANGE_STEP));
    expect(
      refusalOf(decide(run, { kind: 'finish', outcome: 'succeeded' })).code,
    ).toBe('wrong-state');
  });

  it('shows everybody the buttons that the server would accept, and the others with the reason', () => {
    const run = afterCommand(started(), askFor(CHANGE_STEP));
    const permissions = {
      mayDrive: { allowed: true },
      mayApprove: { allowed: true },
      mayLetGo: { allowed: true },
    } as const;
    const seenBy = (actor: Actor) =>
      stepActionsOf(run, actor, permissions, POLICY, T1)[CHANGE_STEP.id].find(
        ({ kind }) => kind === 'approve',
      );
    expect(seenBy(owner)?.permitted).toEqual({ allowed: true });
    expect(seenBy(requester)?.permitted).toMatchObject({
      allowed: false,
      because: expect.stringContaining('second person'),
    });
  });
});

describe('a step as it is bound when it is started', () => {
  const CHANGED = {
    kind: 'approval' as const,
    because: 'runs scripts/check.sh, which scales down',
    approvedBy: [AUTH],
  };

  it('needs an approval where what it would run now needs one, though it was planned as a read', () => {
    const { binding } = boundAsPlanned(READ_STEP);
    const decision = decide(started(), {
      kind: 'run-step',
      stepId: READ_STEP.id,
      binding: { ...binding, requires: CHANGED },
      differences: [],
    });
    expect(refusalOf(decision)).toEqual({
      code: 'approval-needed',
      message:
        '"Look at the deployment" runs scripts/check.sh, which scales down: it needs an approval first',
    });
  });

  it('is asked for with that requirement, and approved by its digest, not by the one of the plan', () => {
    const { binding } = boundAsPlanned(READ_STEP);
    const run = afterCommand(started(), {
      kind: 'request-approval',
      stepId: READ_STEP.id,
      binding: { ...binding, requires: CHANGED, digest: '9'.repeat(64) },
      differences: [{ path: 'scripts/check.sh', change: 'changed' }],
    });
    expect(refusalOf(decide(run, approve(READ_STEP), owner)).code).toBe(
      'digest-mismatch',
    );
    const given = decide(
      run,
      { kind: 'approve', stepId: READ_STEP.id, digest: '9'.repeat(64) },
      owner,
    );
    expect(given.kind).toBe('accepted');
  });

  it('is refused as long as a variable that decides what it does has no value', () => {
    const { binding } = boundAsPlanned(CHANGE_STEP);
    const decision = decide(started(), {
      kind: 'request-approval',
      stepId: CHANGE_STEP.id,
      binding: { ...binding, verdict: { ...binding.verdict, open: ['POD'] } },
      differences: [],
    });
    expect(refusalOf(decision)).toEqual({
      code: 'not-known-yet',
      message:
        '"Scale up" reads $POD, which no step has set yet; run the step that sets it first',
    });
  });

  it('is done by hand where the executor cannot run it, and then nobody is asked in vain', () => {
    const { binding } = boundAsPlanned(CHANGE_STEP);
    const decision = decide(started(), {
      kind: 'request-approval',
      stepId: CHANGE_STEP.id,
      binding: {
        ...binding,
        verdict: { ...binding.verdict, impossible: 'helm is not there' },
        requires: { kind: 'nothing' },
      },
      differences: [],
    });
    expect(refusalOf(decision).message).toBe(
      '"Scale up" is done by hand: helm is not there',
    );
  });
});

describe('a step that needs the approval of several owners', () => {
  const SHOP = 'component:default/shop';
  const shopOwner: Actor = {
    userRef: 'user:default/sina',
    entitlements: {
      [AUTH]: { entitled: false, because: 'sina does not own auth-service' },
      [SHOP]: { entitled: true, entitledBy: 'owner of shop' },
    },
    sameAs: [],
  };
  const ownerOfBoth: Actor = {
    ...shopOwner,
    userRef: 'user:default/both',
    entitlements: {
      [AUTH]: { entitled: true, entitledBy: 'on call for auth-service' },
      [SHOP]: { entitled: true, entitledBy: 'owner of shop' },
    },
  };
  const waiting = () => {
    const { binding } = boundAsPlanned(CHANGE_STEP);
    return afterCommand(started(), {
      kind: 'request-approval',
      stepId: CHANGE_STEP.id,
      binding: {
        ...binding,
        requires: {
          kind: 'approval',
          because: 'restarts everything in shop',
          approvedBy: [AUTH, SHOP],
        },
      },
      differences: [],
    });
  };

  it('waits with the approvals that it has, and is queued with the last', () => {
    const half = afterCommand(waiting(), approve(CHANGE_STEP), owner);
    expect(half.steps[CHANGE_STEP.id]).toMatchObject({
      status: 'waiting-approval',
      given: [
        {
          approvedBy: OWNER,
          covers: [{ entityRef: AUTH, entitledBy: 'on call for auth-service' }],
        },
      ],
    });
    expect(workOf(half, T1)).toEqual({ kind: 'nothing' });
    const whole = afterCommand(half, approve(CHANGE_STEP), shopOwner);
    expect(whole.steps[CHANGE_STEP.id]).toMatchObject({
      status: 'queued',
      approval: {
        given: [{ approvedBy: OWNER }, { approvedBy: shopOwner.userRef }],
      },
    });
  });

  it('takes all that one person can give at once', () => {
    const events = eventsOf(
      decide(waiting(), approve(CHANGE_STEP), ownerOfBoth),
    );
    expect(events).toMatchObject([
      {
        kind: 'step-approved',
        covers: [{ entityRef: AUTH }, { entityRef: SHOP }],
      },
      { kind: 'step-queued' },
    ]);
  });

  it('takes one decision of one person, whatever accounts they have', () => {
    const half = afterCommand(waiting(), approve(CHANGE_STEP), owner);
    for (const again of [
      owner,
      { ...shopOwner, sameAs: [OWNER] },
      { ...ownerOfBoth, sameAs: [OWNER] },
    ]) {
      expect(refusalOf(decide(half, approve(CHANGE_STEP), again))).toEqual({
        code: 'already-decided',
        message: `You approved it already, as ${OWNER}; it still needs an owner of ${SHOP}`,
      });
    }
  });

  it('is not approved twice for the same entity', () => {
    const half = afterCommand(waiting(), approve(CHANGE_STEP), owner);
    const other = { ...owner, userRef: 'user:default/another-owner' };
    expect(refusalOf(decide(half, approve(CHANGE_STEP), other)).code).toBe(
      'not-entitled',
    );
  });

  it('is denied by the no of one of them', () => {
    const half = afterCommand(waiting(), approve(CHANGE_STEP), owner);
    const denied = afterCommand(
      half,
      { kind: 'deny', stepId: CHANGE_STEP.id },
      shopOwner,
    );
    expect(denied.steps[CHANGE_STEP.id].status).toBe('denied');
  });

  it('needs an owner of the run where its requirement names nobody', () => {
    const { binding } = boundAsPlanned(CHANGE_STEP);
    const run = afterCommand(started(), {
      kind: 'request-approval',
      stepId: CHANGE_STEP.id,
      binding: {
        ...binding,
        requires: { kind: 'approval', because: 'changes', approvedBy: [] },
      },
      differences: [],
    });
    expect(refusalOf(decide(run, approve(CHANGE_STEP), shopOwner)).code).toBe(
      'not-entitled',
    );
    expect(decide(run, approve(CHANGE_STEP), owner).kind).toBe('accepted');
  });
});

describe('the end of a run', () => {
  it('keeps what was not good, whatever a person calls it', () => {
    let run = running(READ_STEP.id);
    run = apply(
      run,
      eventsAfterStep(run, READ_STEP.id, 1, stepResult({ ok: false })),
    );
    run = afterCommand(run, { kind: 'finish', outcome: 'succeeded' });
    expect(summarizeRun(run)).toMatchObject({
      state: 'succeeded',
      shortfall: { failed: 1, notDone: 3 },
    });
  });
});

describe('a ledger that was written before approvals were bound', () => {
  it('is refused clearly, and not read as if it had been bound', () => {
    const { binding: _none, ...old } = {
      kind: 'step-queued' as const,
      stepId: READ_STEP.id,
      by: REQUESTER,
      attempt: 1,
      binding: undefined,
    };
    expect(() => apply(started(), [old])).toThrow(
      'written before approvals were bound',
    );
  });
});

describe('a step whose worker was lost', () => {
  const noCalls = { writes: 0 };

  it('is tried again by itself when it could not have changed anything', () => {
    const run = running(READ_STEP.id);
    expect(workOf(run, T1)).toMatchObject({ kind: 'settle-lost', attempt: 1 });
    const after = apply(run, settleLost(run, READ_STEP, 1, noCalls));
    expect(after.steps[READ_STEP.id]).toMatchObject({
      status: 'queued',
      attempt: 2,
    });
  });

  it('is not tried for ever', () => {
    const run = running(READ_STEP.id);
    const after = apply(run, settleLost(run, READ_STEP, 3, noCalls));
    expect(after.steps[READ_STEP.id].status).toBe('interrupted');
  });

  it.each([
    { calls: { writes: 1 } },
    { calls: { writes: 0, executions: 1 } },
    { calls: { writes: 0, connections: 1 } },
    { calls: { writes: 0, uncertain: 1 } },
  ])(
    'is not tried again by itself where a call of it may have changed something: $calls',
    ({ calls }) => {
      const run = running(READ_STEP.id);
      const after = apply(run, settleLost(run, READ_STEP, 1, calls));
      expect(after.steps[READ_STEP.id].status).toBe('interrupted');
    },
  );

  it.each([
    { writes: 0, says: 'it wrote nothing' },
    { writes: 1, says: 'it made 1 write' },
  ])(
    'waits for a person when it may have changed something ($writes writes seen)',
    ({ writes, says }) => {
      const run = running(CHANGE_STEP.id);
      const after = apply(run, settleLost(run, CHANGE_STEP, 1, { writes }));
      expect(after.steps[CHANGE_STEP.id]).toMatchObject({
        status: 'interrupted',
        because: expect.stringContaining(says),
      });
    },
  );

  it('needs a new approval when a person decides to run it again', () => {
    let run = running(CHANGE_STEP.id);
    run = apply(run, settleLost(run, CHANGE_STEP, 1, { writes: 1 }));
    run = afterCommand(run, {
      kind: 'settle-interruption',
      stepId: CHANGE_STEP.id,
      as: 'again',
      reason: 'still 2 replicas',
    });
    expect(run.steps[CHANGE_STEP.id]).toEqual({ status: 'pending' });
    expect(
      refusalOf(decide(run, { kind: 'run-step', stepId: CHANGE_STEP.id })).code,
    ).toBe('approval-needed');
  });
});

function started(): Run {
  return applyRunEvent(undefined, STARTED, T0, 'run-1');
}

function running(stepId: string): Run {
  return apply(started(), [
    {
      kind: 'step-queued',
      stepId,
      by: REQUESTER,
      attempt: 1,
      binding: bindingOf(stepId),
    },
    {
      kind: 'step-started',
      stepId,
      attempt: 1,
      executor: 'local',
      worker: 'w1',
      digest: bindingOf(stepId).digest,
    },
  ]);
}

function bindingOf(stepId: string): StepBinding {
  const step = plan().steps.find(({ id }) => id === stepId)!;
  return boundAsPlanned(step).binding;
}

function settleLost(
  run: Run,
  step: PlannedStep,
  attempt: number,
  calls: ChangeCounts,
): RunEvent[] {
  return settleLostStep(run, step, attempt, bindingOf(step.id), calls);
}

function askFor({ id }: { id: string }): RunCommandRequest {
  return { kind: 'request-approval', stepId: id, reason: 'more traffic' };
}

function approve({
  id,
  digest,
}: {
  id: string;
  digest: string;
}): RunCommandRequest {
  return { kind: 'approve', stepId: id, digest };
}

function decide(
  run: Run,
  command: RunCommandRequest | RunCommand,
  actor = requester,
  at = T1,
): RunDecision {
  return decideRun(run, bound(command), actor, POLICY, at);
}

/** What the backend adds: the step as it would run, here as it was planned unless a test says otherwise. */
function bound(command: RunCommandRequest | RunCommand): RunCommand {
  if (command.kind !== 'run-step' && command.kind !== 'request-approval') {
    return command;
  }
  const step = plan().steps.find(({ id }) => id === command.stepId)!;
  return { ...boundAsPlanned(step), ...command };
}

function apply(run: Run, events: RunEvent[]): Run {
  return events.reduce(
    (current, event) => applyRunEvent(current, event, T1, run.id),
    run,
  );
}

function afterCommand(
  run: Run,
  command: RunCommandRequest | RunCommand,
  actor = requester,
): Run {
  return apply(run, eventsOf(decide(run, command, actor)));
}

function eventsOf(decision: RunDecision): RunEvent[] {
  if (decision.kind === 'refused') throw new Error(decision.refusal.message);
  return decision.events;
}

function refusalOf(decision: RunDecision) {
  if (decision.kind === 'accepted') throw new Error('it was accepted');
  return decision.refusal;
}
