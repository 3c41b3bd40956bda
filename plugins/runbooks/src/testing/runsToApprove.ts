import {
  boundAsPlanned,
  type ApprovalRequest,
  type RunView,
  type StepBinding,
  type StepState,
} from '@backstage-runbooks/plugin-runbooks-common';
import { hoursAgo } from './clock';
import { AUTH } from './documents';
import { LENA, SAM, VIEWER } from './people';
import { planOf } from './plans';
import {
  allowed,
  APPROVAL_REQUEST,
  CHECKED,
  runView,
  stepResult,
} from './runs';

/** Another service whose objects a step of the runs below writes. */
export const USERS = 'component:default/user-service';

const SCALING = 'high-latency/2.1';
const RESTART = 'high-latency/2.2';
const VALUES = { NAMESPACE: 'identity', REPLICAS: '6' };

/** Runs that show what an approval covers and what became of it, by id. */
export function runsToApprove(): Record<string, RunView> {
  return {
    'two-approvals': runView(
      'two-approvals',
      {
        'high-latency/1.1': CHECKED,
        [SCALING]: waiting(APPROVAL_REQUEST),
        [RESTART]: waiting({
          ...APPROVAL_REQUEST,
          ...boundAsPlanned(plannedStep(RESTART)),
          digest: 'b7'.repeat(32),
          reason: 'The pods hang.',
        }),
      },
      {
        [SCALING]: [allowed('approve'), allowed('deny')],
        [RESTART]: [allowed('approve'), allowed('deny')],
      },
    ),
    'behind-interrupted': runView(
      'behind-interrupted',
      {
        'high-latency/1.1': {
          status: 'interrupted',
          attempt: 1,
          interruptedAt: hoursAgo(0.1),
          because: 'The worker stopped answering while the step ran.',
          binding: boundAsPlanned(plannedStep('high-latency/1.1')).binding,
        },
        [SCALING]: waiting(APPROVAL_REQUEST),
      },
      { [SCALING]: [allowed('approve'), allowed('deny')] },
    ),
    'several-approvals': severalApprovals(),
    voided: runView(
      'voided',
      {
        'high-latency/1.1': CHECKED,
        [SCALING]: {
          status: 'pending',
          returnedBecause:
            'the file backups/cm.yaml was changed by step 2, Look at the logs',
        },
      },
      { [SCALING]: [allowed('request-approval'), allowed('skip')] },
      { requestedBy: VIEWER },
    ),
    'commands-failed': commandsFailed(),
    'called-a-success': calledASuccess(),
    later: later(),
  };
}

/** One press approves for two services; a third part was approved by somebody else. */
function severalApprovals(): RunView {
  const step = plannedStep(SCALING);
  const { binding } = boundAsPlanned(step);
  const bound: StepBinding = {
    ...binding,
    verdict: {
      ...binding.verdict,
      effect: 'destructive',
      because: 'scales deployment auth-service to 0 replicas',
      secrets: { kind: 'of-types', types: ['helm.sh/release.v1'] },
    },
    requires: {
      kind: 'approval-and-confirmation',
      because: 'scales to 0',
      typed: 'auth-service',
      approvedBy: [AUTH, USERS, 'component:default/payments'],
    },
    inputs: {
      variables: [
        { name: 'REPLICAS_BEFORE', value: '3' },
        { name: 'TOKEN', secret: true, keyedDigest: '5e'.repeat(32) },
      ],
      files: [
        {
          path: 'backups/cm.yaml',
          change: 'changed',
          digest: '9c'.repeat(32),
          shown: true,
        },
        {
          path: 'bin/check',
          change: 'added',
          digest: '4e'.repeat(32),
          shown: false,
        },
        { path: 'scripts/old.sh', change: 'deleted', shown: true },
      ],
    },
  };
  const view = runView(
    'several-approvals',
    {
      'high-latency/1.1': CHECKED,
      [SCALING]: waiting(
        {
          ...APPROVAL_REQUEST,
          binding: bound,
          differences: [
            {
              path: 'backups/cm.yaml',
              change: 'changed',
              changedBy: 'high-latency/1.1',
              text: ' data:\n-  poolSize: ••••••\n+  poolSize: ••••••\n   password: ••••••\n',
              hidesValues: true,
            },
          ],
        },
        [
          {
            approvedBy: LENA,
            approvedAt: hoursAgo(0.03),
            covers: [
              {
                entityRef: 'component:default/payments',
                entitledBy: 'on call for payments',
              },
            ],
          },
        ],
      ),
    },
    { [SCALING]: [allowed('approve'), allowed('deny')] },
  );
  return {
    ...view,
    run: {
      ...view.run,
      plan: {
        ...view.run.plan,
        scope: { ...view.run.plan.scope, source: { kind: 'catalog' } },
        steps: view.run.plan.steps.map(one =>
          one.id === SCALING
            ? {
                ...one,
                asWritten: { effect: 'change', because: 'scales a deployment' },
              }
            : one,
        ),
      },
    },
    approvers: [
      ...view.approvers,
      {
        entityRef: USERS,
        userRef: VIEWER,
        displayName: 'Mia Torres',
        entitledBy: 'member of group:default/identity, which owns it',
      },
    ],
  };
}

/** A list of commands that stopped at the first that failed, and a read whose expectation was not met. */
function commandsFailed(): RunView {
  return runView(
    'commands-failed',
    {
      'high-latency/1.1': {
        status: 'failed',
        attempt: 1,
        result: stepResult({
          ok: false,
          verdict: 'auth-service-7c9d-x2k4p is 0/1',
          expectations: [
            {
              check: { kind: 'ready' },
              verdict: 'missed',
              because: 'auth-service-7c9d-x2k4p is 0/1',
            },
            {
              check: { kind: 'exit-zero' },
              verdict: 'met',
              because: 'it was 0',
            },
          ],
        }),
      },
      [SCALING]: {
        status: 'failed',
        attempt: 1,
        result: stepResult({
          ok: false,
          exitCode: 1,
          verdict: '1 of 3 commands failed',
          commands: [
            {
              line: 1,
              text: 'kubectl apply -f deploy.yaml',
              exitCode: 1,
              failed: 'kubectl apply -f deploy.yaml',
            },
            {
              line: 2,
              text: 'kubectl rollout restart deployment/auth-service',
              exitCode: 0,
            },
            {
              line: 3,
              text: 'kubectl rollout status deployment/auth-service',
              exitCode: 0,
            },
          ],
        }),
        approval: {
          ...APPROVAL_REQUEST,
          given: [
            {
              approvedBy: LENA,
              approvedAt: hoursAgo(0.03),
              covers: [
                { entityRef: AUTH, entitledBy: 'on call for auth-service' },
              ],
            },
          ],
        },
      },
    },
    {
      'high-latency/1.1': [allowed('run'), allowed('judge')],
      [SCALING]: [allowed('request-approval'), allowed('judge')],
    },
    { requestedBy: VIEWER },
  );
}

/** Somebody ended it as a success although a step failed and another was not as expected. */
function calledASuccess(): RunView {
  const { run } = commandsFailed();
  return runView(
    'called-a-success',
    run.steps,
    {},
    {
      status: {
        kind: 'finished',
        outcome: 'succeeded',
        at: hoursAgo(0),
        by: LENA,
      },
      startedAt: hoursAgo(0.1),
    },
  );
}

/** A step that uses what an earlier one leaves: its approval cannot be told yet. */
function later(): RunView {
  const view = runView(
    'later',
    {},
    {
      'high-latency/1.1': [allowed('run'), allowed('skip')],
      [SCALING]: [allowed('run'), allowed('request-approval'), allowed('skip')],
    },
    { requestedBy: VIEWER },
  );
  return {
    ...view,
    run: {
      ...view.run,
      plan: {
        ...view.run.plan,
        steps: view.run.plan.steps.map(one =>
          one.id === SCALING
            ? {
                ...one,
                requires: {
                  kind: 'later',
                  because: "uses POD, which 'Find the pod' leaves",
                  variables: ['POD'],
                },
              }
            : one,
        ),
      },
    },
  };
}

function waiting(
  request: ApprovalRequest,
  given: Extract<StepState, { status: 'waiting-approval' }>['given'] = [],
): StepState {
  return {
    status: 'waiting-approval',
    request: { ...request, requestedBy: SAM },
    given,
  };
}

function plannedStep(stepId: string) {
  return planOf(VALUES).steps.find(step => step.id === stepId)!;
}
