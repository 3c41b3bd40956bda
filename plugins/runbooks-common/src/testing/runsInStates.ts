import {
  CHANGE_STEP,
  OWNER,
  plan,
  REQUESTER,
  STARTED,
  stepResult,
} from './plans';
import type { PlannedStep } from '../plan/model';
import { applyRunEvent } from '../run/applyRunEvent';
import { boundAsPlanned } from '../run/boundAsPlanned';
import type { Approval, ApprovalRequest, Run, StepState } from '../run/model';

/** Builders of runs whose steps are in any state, for tests. */

export const AT = '2026-11-21T02:00:00.000Z';
export const EXPIRES_AT = '2026-11-22T02:00:00.000Z';

export const REQUEST: ApprovalRequest = {
  digest: CHANGE_STEP.digest,
  binding: boundAsPlanned(CHANGE_STEP).binding,
  differences: [],
  requestedBy: 'user:default/rita',
  requestedAt: AT,
  expiresAt: EXPIRES_AT,
};

export const APPROVAL: Approval = {
  ...REQUEST,
  given: [{ approvedBy: OWNER, approvedAt: AT, covers: [] }],
};

/** A state of each status; those with an approval have it. */
export const STATES: { [S in StepState['status']]: StepState } = {
  pending: { status: 'pending' },
  'waiting-approval': {
    status: 'waiting-approval',
    request: REQUEST,
    given: [],
  },
  denied: {
    status: 'denied',
    request: REQUEST,
    deniedBy: OWNER,
    deniedAt: AT,
  },
  queued: {
    status: 'queued',
    attempt: 1,
    queuedBy: OWNER,
    queuedAt: AT,
    binding: REQUEST.binding,
    approval: APPROVAL,
  },
  running: {
    status: 'running',
    attempt: 1,
    startedAt: AT,
    executor: 'local',
    binding: REQUEST.binding,
    approval: APPROVAL,
  },
  succeeded: {
    status: 'succeeded',
    attempt: 1,
    result: stepResult(),
    approval: APPROVAL,
  },
  failed: {
    status: 'failed',
    attempt: 1,
    result: stepResult({ ok: false, exitCode: 1 }),
    approval: APPROVAL,
  },
  interrupted: {
    status: 'interrupted',
    attempt: 1,
    interruptedAt: AT,
    because: 'the backend was stopped',
    binding: REQUEST.binding,
    approval: APPROVAL,
  },
  confirmed: { status: 'confirmed', by: REQUESTER, at: AT },
  skipped: { status: 'skipped', by: REQUESTER, at: AT, reason: 'not needed' },
};

/** An open run in which one step is in a state. */
export function runWith(
  state: StepState,
  { id }: Pick<PlannedStep, 'id'> = CHANGE_STEP,
): Run {
  const run = applyRunEvent(undefined, STARTED, AT, 'run-1');
  return { ...run, steps: { ...run.steps, [id]: state } };
}

/** A run of these steps and nothing else. */
export function runOf(...steps: PlannedStep[]): Run {
  const event = { ...STARTED, plan: plan(steps) } as typeof STARTED;
  return applyRunEvent(undefined, event, AT, 'run-1');
}
