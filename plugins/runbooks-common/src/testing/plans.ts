import type { Plan, PlannedStep } from '../plan/model';
import type { RunEvent, StepResult } from '../run/model';

/** Builders of plausible values for tests. Not exported from the package. */

export const REQUESTER = 'user:default/maya';
export const OWNER = 'user:default/tomas';
export const OUTSIDER = 'user:default/ines';

export function plannedStep(over: Partial<PlannedStep> = {}): PlannedStep {
  return {
    id: 'scale/1.1',
    title: 'Look at the deployment',
    type: 'command',
    phase: { role: 'steps', title: 'Steps' },
    line: 12,
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
    timeoutSeconds: 900,
    digest: 'a'.repeat(64),
    ...over,
  };
}

export const READ_STEP = plannedStep();

export const CHANGE_STEP = plannedStep({
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
    kind: 'listed',
    writes: [
      {
        verb: 'patch',
        group: 'apps',
        resource: 'deployments',
        subresource: 'scale',
        namespace: 'fintech-services',
        name: 'auth-service',
      },
    ],
  },
  digest: 'b'.repeat(64),
});

export const DESTRUCTIVE_STEP = plannedStep({
  id: 'scale/1.3',
  title: 'Delete the pod',
  effect: 'destructive',
  because: 'deletes pod auth-service-1',
  requires: {
    kind: 'approval-and-confirmation',
    because: 'deletes pod auth-service-1',
    typed: 'auth-service',
    approvedBy: ['component:default/auth-service'],
  },
  writes: {
    kind: 'any-in-namespaces',
    namespaces: ['fintech-services'],
    destructive: true,
  },
  digest: 'c'.repeat(64),
});

export const MANUAL_STEP = plannedStep({
  id: 'scale/2.1',
  title: 'Tell the team',
  type: 'manual',
  effect: 'local',
  digest: 'd'.repeat(64),
});

export function plan(
  steps: PlannedStep[] = [
    READ_STEP,
    CHANGE_STEP,
    DESTRUCTIVE_STEP,
    MANUAL_STEP,
  ],
): Plan {
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
    steps,
    notices: [],
    digest: 'f'.repeat(64),
  };
}

export const STARTED: RunEvent = {
  kind: 'run-started',
  by: REQUESTER,
  plan: plan(),
};

export function stepResult(over: Partial<StepResult> = {}): StepResult {
  return {
    ok: true,
    exitCode: 0,
    startedAt: '2026-11-21T02:00:00.000Z',
    durationMs: 120,
    timedOut: false,
    cancelled: false,
    truncated: false,
    outputBytes: 3,
    outputDigest: '0'.repeat(64),
    commands: [],
    calls: { total: 1, writes: 0, refused: 0 },
    ...over,
  };
}
