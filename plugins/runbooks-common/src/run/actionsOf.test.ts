import { OWNER, plan, plannedStep, REQUESTER } from '../testing/plans';
import { stepActionsOf } from './actionsOf';
import { applyRunEvent } from './applyRunEvent';
import type { Actor } from './decision';
import type { PlannedStep } from '../plan/model';
import type { Run, RunEvent } from './model';

const AT = '2026-11-21T02:00:00.000Z';
const POLICY = { approvalExpiresAfterMs: 3_600_000 };
const ALLOWED = { allowed: true } as const;

const requester: Actor = {
  userRef: REQUESTER,
  entitlements: {
    'component:default/auth-service': {
      entitled: false,
      because: 'not an owner',
    },
  },
  sameAs: [],
};

const LOGS_OF_POD = plannedStep({
  id: 'logs',
  title: 'Look at its logs',
  variables: ['POD'],
  requires: {
    kind: 'later',
    because: 'POD has no value yet, and it decides what this step does',
    variables: ['POD'],
  },
});

/** What the requester is offered for the only step of a run, and what of it may be pressed. */
function offered(step: PlannedStep, ...events: RunEvent[]) {
  const started: RunEvent = {
    kind: 'run-started',
    by: REQUESTER,
    plan: plan([step]),
  };
  const run = [started, ...events].reduce<Run | undefined>(
    (before, event) => applyRunEvent(before, event, AT, 'run'),
    undefined,
  )!;
  return stepActionsOf(
    run,
    requester,
    { mayDrive: ALLOWED, mayApprove: ALLOWED, mayLetGo: ALLOWED },
    POLICY,
    AT,
  )[step.id].map(({ kind, permitted }) => ({
    kind,
    allowed: permitted.allowed,
  }));
}

describe('what a person is offered to do with a step', () => {
  it('of which only the server can tell what it needs, is to run it and to ask for an approval', () => {
    expect(offered(LOGS_OF_POD)).toEqual([
      { kind: 'run', allowed: true },
      { kind: 'request-approval', allowed: true },
      { kind: 'skip', allowed: true },
    ]);
  });

  it('that was planned as a read and came back, is to ask for the approval that it may need by now', () => {
    const step = plannedStep();
    expect(
      offered(step, {
        kind: 'approval-voided',
        stepId: step.id,
        because: 'the file a.sh was changed',
      }),
    ).toEqual([
      { kind: 'run', allowed: true },
      { kind: 'request-approval', allowed: true },
      { kind: 'skip', allowed: true },
    ]);
  });

  it('that only reads, is to run it', () => {
    expect(offered(plannedStep())).toEqual([
      { kind: 'run', allowed: true },
      { kind: 'skip', allowed: true },
    ]);
  });

  it('that changes something, is to ask for an approval', () => {
    expect(
      offered(
        plannedStep({
          requires: {
            kind: 'approval',
            because: 'scales',
            approvedBy: ['component:default/auth-service'],
          },
        }),
      ),
    ).toEqual([
      { kind: 'request-approval', allowed: true },
      { kind: 'skip', allowed: true },
    ]);
  });

  it('of a run that somebody else started, is nothing that may be pressed', () => {
    const stranger = { ...requester, userRef: OWNER };
    const run = applyRunEvent(
      undefined,
      { kind: 'run-started', by: REQUESTER, plan: plan([LOGS_OF_POD]) },
      AT,
      'run',
    );
    const actions = stepActionsOf(
      run,
      stranger,
      { mayDrive: ALLOWED, mayApprove: ALLOWED, mayLetGo: ALLOWED },
      POLICY,
      AT,
    )[LOGS_OF_POD.id];
    expect(actions.map(({ permitted }) => permitted.allowed)).toEqual([
      false,
      false,
      false,
    ]);
  });
});
