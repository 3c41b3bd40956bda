import {
  boundAsPlanned,
  type Plan,
  type PlannedStep,
  type RunEvent,
  type StepResult,
} from '@backstage-runbooks/plugin-runbooks-common';

/** Plausible values for tests of the backend. Not exported from the package. */

export const REQUESTER = 'user:default/maya.lindqvist';
export const OWNER = 'user:default/tomas.okafor';

export const READ_STEP = step({ id: 'scale/1.1', title: 'Look' });

export const CHANGE_STEP = step({
  id: 'scale/1.2',
  title: 'Scale up',
  effect: 'change',
  because: 'scales deployment auth-service to 4 replicas',
  text: 'kubectl scale deployment auth-service --replicas=4',
  requires: {
    kind: 'approval',
    because: 'scales deployment auth-service to 4 replicas',
    approvedBy: ['component:default/auth-service'],
  },
  writes: {
    kind: 'any-in-namespaces',
    namespaces: ['fintech-services'],
    destructive: false,
  },
  digest: 'b'.repeat(64),
});

export function step(over: Partial<PlannedStep>): PlannedStep {
  return {
    id: 'scale/1.1',
    title: 'Look',
    type: 'command',
    phase: { role: 'steps', title: 'Steps' },
    line: 3,
    effect: 'read',
    because: 'reads deployments',
    secrets: { kind: 'none' },
    variables: [],
    files: { kind: 'known', paths: [] },
    text: 'kubectl get deployment auth-service',
    display: 'kubectl get deployment auth-service',
    parameters: [],
    commands: [],
    requires: { kind: 'nothing' },
    writes: { kind: 'none' },
    timeoutSeconds: 60,
    digest: 'a'.repeat(64),
    ...over,
  };
}

export function planOf(over: Partial<Plan> = {}): Plan {
  return {
    entityRef: 'component:default/auth-service',
    runbook: {
      id: 'operations-1',
      path: 'runbooks/operations.md',
      title: 'Operations',
      revision: 'e'.repeat(64),
    },
    procedure: {
      id: 'scale',
      title: 'Scaling a service',
      kind: 'scale',
      observeOnly: false,
    },
    cluster: 'local',
    namespace: 'fintech-services',
    scope: {
      source: { kind: 'configuration', rule: 'fintech' },
      namespaces: ['fintech-services'],
      reads: 'cluster',
      grants: [],
    },
    parameters: [],
    steps: [READ_STEP, CHANGE_STEP],
    notices: [],
    digest: 'f'.repeat(64),
    ...over,
  };
}

export function startedBy(by: string, plan = planOf()): RunEvent[] {
  return [{ kind: 'run-started', by, plan }];
}

/** The step of `planOf` with this id, as it was planned. */
export function bound(stepId: string) {
  const found = [READ_STEP, CHANGE_STEP].find(({ id }) => id === stepId);
  return boundAsPlanned(found ?? READ_STEP);
}

export function queued(stepId: string, attempt = 1): RunEvent {
  const { binding } = bound(stepId);
  return { kind: 'step-queued', stepId, by: REQUESTER, attempt, binding };
}

/** Asked for by the requester, for one hour from now or until `expiresAt`. */
export function requested(
  stepId: string,
  expiresAt = new Date(Date.now() + 3600_000),
  over: Partial<Extract<RunEvent, { kind: 'approval-requested' }>> = {},
): RunEvent {
  const asked = bound(stepId);
  return {
    kind: 'approval-requested',
    stepId,
    by: REQUESTER,
    digest: asked.binding.digest,
    ...asked,
    expiresAt: expiresAt.toISOString(),
    ...over,
  };
}

export function started(stepId: string, attempt = 1): RunEvent {
  return {
    kind: 'step-started',
    stepId,
    attempt,
    executor: 'local',
    worker: 'w1',
    digest: bound(stepId).binding.digest,
  };
}

export function resultOf(over: Partial<StepResult> = {}): StepResult {
  return {
    ok: true,
    exitCode: 0,
    startedAt: '2026-11-21T02:00:00.000Z',
    durationMs: 5,
    timedOut: false,
    cancelled: false,
    truncated: false,
    outputBytes: 0,
    outputDigest: '0'.repeat(64),
    commands: [],
    calls: { total: 0, writes: 0, refused: 0 },
    ...over,
  };
}
