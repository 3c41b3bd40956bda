import {
  boundAsPlanned,
  type ApiCall,
  type BoundStep,
  type Permitted,
  type Preview,
  type RecordedRunEvent,
  type Run,
  type RunEvent,
  type RunLedger,
  type RunSummary,
  type RunView,
  type Shortfall,
  type StepAction,
  type StepResult,
  type StepState,
} from '@backstage-runbooks/plugin-runbooks-common';
import { hoursAgo, hoursAhead } from './clock';
import { AUTH, PRACTICE_CLUSTER } from './documents';
import { LENA, SAM, VIEWER } from './people';
import { planOf } from './plans';

const ALLOWED: Permitted = { allowed: true };

/** A permission that is refused. */
export function refused(because: string): Permitted {
  return { allowed: false, because };
}

/** An action that the server allows. */
export function allowed(kind: StepAction['kind']): StepAction {
  return { kind, permitted: ALLOWED };
}

/** How an attempt ended. */
export function stepResult(more: Partial<StepResult> = {}): StepResult {
  return {
    ok: true,
    exitCode: 0,
    startedAt: hoursAgo(0.1),
    durationMs: 1_840,
    timedOut: false,
    cancelled: false,
    truncated: false,
    outputBytes: 264,
    outputDigest: 'c0'.repeat(32),
    commands: [{ line: 1, text: 'kubectl get pods', exitCode: 0 }],
    calls: { total: 3, writes: 0, refused: 0 },
    ...more,
  };
}

/** A run of the incident procedure with the given step states. */
export function runView(
  id: string,
  steps: Record<string, StepState>,
  actions: Record<string, StepAction[]>,
  more: Partial<Run> = {},
  viewer: Partial<RunView['viewer']> = {},
): RunView {
  const plan = planOf({ NAMESPACE: 'identity', REPLICAS: '6' });
  const pending = plan.steps.map(step => [step.id, { status: 'pending' }]);
  const run: Run = {
    id,
    plan,
    requestedBy: SAM,
    startedAt: hoursAgo(0.2),
    status: { kind: 'open' },
    steps: { ...Object.fromEntries(pending), ...steps },
    attempts: {},
    eventCount: 6,
    ...more,
  };
  return {
    run,
    entityTitle: 'auth-service',
    viewer: {
      userRef: VIEWER,
      steps: actions,
      cancel: ALLOWED,
      finish: ALLOWED,
      ...viewer,
    },
    approvers: [
      {
        entityRef: AUTH,
        userRef: VIEWER,
        displayName: 'Mia Torres',
        entitledBy: 'member of group:default/identity, which owns it',
      },
      {
        entityRef: AUTH,
        userRef: LENA,
        displayName: 'Lena Fischer',
        entitledBy: 'on call for auth-service',
      },
    ],
    cluster: PRACTICE_CLUSTER,
  };
}

/** A step as it was planned: nothing carried to it, no file changed. */
function bound(stepId: string): BoundStep {
  return boundAsPlanned(planOf({}).steps.find(({ id }) => id === stepId)!);
}

const COVERED = {
  entityRef: AUTH,
  entitledBy: 'on call for auth-service',
};

/** A read step that ended well. */
export const CHECKED: Extract<StepState, { status: 'succeeded' }> = {
  status: 'succeeded',
  attempt: 1,
  result: stepResult(),
};

const LOGS_FAILED: StepState = {
  status: 'failed',
  attempt: 2,
  result: stepResult({
    ok: false,
    exitCode: 1,
    commands: [
      {
        line: 2,
        text: 'kubectl logs -l app=auth-service -n identity --tail=200',
        exitCode: 0,
      },
      {
        line: 3,
        text: 'kubectl get events -n identity --sort-by=.lastTimestamp',
        exitCode: 1,
        failed: 'kubectl get events -n identity --sort-by=.lastTimestamp',
      },
    ],
    verdict: '1 of 2 commands failed',
  }),
};

/** What Sam asked for a moment ago. */
export const APPROVAL_REQUEST = {
  ...bound('high-latency/2.1'),
  digest: 'a3'.repeat(32),
  requestedBy: SAM,
  requestedAt: hoursAgo(0.05),
  expiresAt: hoursAhead(0.45),
  reason: 'Logins take 4 s; the pods are at their CPU limit.',
};

/** Runs in every state, by id. */
export function runsInAllStates(): Record<string, RunView> {
  return {
    open: runView(
      'open',
      {},
      {
        'high-latency/1.1': [allowed('run'), allowed('skip')],
        'high-latency/1.2': [allowed('run'), allowed('skip')],
        'high-latency/2.1': [allowed('request-approval'), allowed('skip')],
        'high-latency/2.2': [allowed('request-approval'), allowed('skip')],
        'high-latency/2.3': [allowed('confirm'), allowed('skip')],
      },
      { requestedBy: VIEWER, eventCount: 1 },
    ),
    running: runView(
      'running',
      {
        'high-latency/1.1': CHECKED,
        'high-latency/1.2': {
          status: 'running',
          attempt: 1,
          startedAt: hoursAgo(0.004),
          executor: 'local',
          binding: bound('high-latency/1.2').binding,
        },
      },
      { 'high-latency/1.1': [allowed('run'), allowed('judge')] },
      { requestedBy: VIEWER },
    ),
    approval: runView(
      'approval',
      {
        'high-latency/1.1': {
          ...CHECKED,
          judgement: { by: SAM, at: hoursAgo(0.08), good: true },
        },
        'high-latency/1.2': {
          status: 'skipped',
          by: SAM,
          at: hoursAgo(0.07),
          reason: 'The cause is known',
        },
        'high-latency/2.1': {
          status: 'waiting-approval',
          request: APPROVAL_REQUEST,
          given: [],
        },
      },
      {
        'high-latency/2.1': [allowed('approve'), allowed('deny')],
      },
      {},
      {
        cancel: refused('only Sam Okafor and owners of the service may cancel'),
        finish: refused('only Sam Okafor, who started it, may finish it'),
      },
    ),
    'own-approval': runView(
      'own-approval',
      {
        'high-latency/1.1': CHECKED,
        'high-latency/2.1': {
          status: 'waiting-approval',
          request: { ...APPROVAL_REQUEST, requestedBy: VIEWER },
          given: [],
        },
      },
      {
        'high-latency/2.1': [
          {
            kind: 'approve',
            permitted: refused('you asked for it yourself; ask Lena Fischer'),
          },
        ],
      },
      { requestedBy: VIEWER },
    ),
    interrupted: runView(
      'interrupted',
      {
        'high-latency/1.1': CHECKED,
        'high-latency/2.1': {
          status: 'interrupted',
          attempt: 1,
          interruptedAt: hoursAgo(0.05),
          because: 'The worker stopped answering while the step ran.',
          binding: bound('high-latency/2.1').binding,
        },
      },
      { 'high-latency/2.1': [allowed('settle-interruption')] },
      { requestedBy: VIEWER },
    ),
    failed: runView(
      'failed',
      {
        'high-latency/1.1': CHECKED,
        'high-latency/1.2': LOGS_FAILED,
      },
      {
        'high-latency/1.2': [allowed('run'), allowed('judge'), allowed('skip')],
      },
      { requestedBy: VIEWER },
    ),
    finished: runView(
      'finished',
      {
        'high-latency/1.1': CHECKED,
        'high-latency/1.2': CHECKED,
        'high-latency/2.1': {
          status: 'succeeded',
          attempt: 1,
          result: stepResult({
            durationMs: 72_000,
            calls: { total: 4, writes: 1, refused: 0 },
          }),
          approval: {
            ...APPROVAL_REQUEST,
            given: [
              {
                approvedBy: LENA,
                approvedAt: hoursAgo(29.9),
                covers: [COVERED],
              },
            ],
          },
          judgement: {
            by: SAM,
            at: hoursAgo(29.8),
            good: true,
            note: 'p95 is 210 ms',
          },
        },
        'high-latency/2.3': {
          status: 'confirmed',
          by: SAM,
          at: hoursAgo(29.8),
          note: 'Posted at 03:14',
        },
      },
      {},
      {
        startedAt: hoursAgo(30),
        status: {
          kind: 'finished',
          outcome: 'succeeded',
          at: hoursAgo(29.7),
          by: SAM,
        },
        eventCount: 9,
      },
    ),
  };
}

/** History lines of runs long ago, enough of them to fill pages. */
export function olderRunSummaries(count: number): RunSummary[] {
  return Array.from({ length: count }, (_, index) =>
    runSummary(`older-${index}`, {
      procedureTitle:
        index % 3 === 0 ? 'Canary deployment' : 'Daily health check',
      procedureId: index % 3 === 0 ? 'canary' : 'daily-check',
      state: index % 7 === 0 ? 'failed' : 'succeeded',
      effect: index % 3 === 0 ? 'change' : 'read',
      startedAt: hoursAgo(48 + index * 5),
      finishedAt: hoursAgo(47.8 + index * 5),
      approvedBy: index % 3 === 0 ? [VIEWER] : [],
    }),
  );
}

/** Every step of a run was good. */
export const NO_SHORTFALL: Shortfall = {
  failed: 0,
  unexpected: 0,
  notDone: 0,
  skipped: 0,
};

/** One line of history. */
export function runSummary(
  id: string,
  more: Partial<RunSummary> = {},
): RunSummary {
  return {
    id,
    entityRef: AUTH,
    runbookTitle: 'Auth service operations',
    runbookPath: 'runbooks/operations.md',
    revision: '4be81f2c9a7d',
    procedureId: 'high-latency',
    procedureTitle: 'Incident: high latency of logins',
    cluster: 'local',
    requestedBy: SAM,
    approvedBy: [],
    startedAt: hoursAgo(0.2),
    state: 'open',
    shortfall: NO_SHORTFALL,
    rolledBack: false,
    effect: 'destructive',
    ...more,
  };
}

const CALL: ApiCall = {
  id: 'call-1',
  at: hoursAgo(0.06),
  verb: 'get',
  group: 'apps',
  resource: 'deployments',
  subresource: '',
  namespace: 'identity',
  name: 'auth-service',
  decision: 'passed',
  dryRun: false,
  status: 200,
  durationMs: 14,
};

/** What the approver of a step saw that it would change. */
function previewOf(state: StepState): Preview | undefined {
  if (state.status === 'waiting-approval') return state.request.preview;
  return state.status === 'succeeded' ? state.approval?.preview : undefined;
}

/** The recorded story of a run. `brokenAt` makes its chain broken there. */
export function runLedger(view: RunView, brokenAt?: number): RunLedger {
  const { run } = view;
  const events: RunEvent[] = [
    { kind: 'run-started', by: run.requestedBy, plan: run.plan },
    {
      kind: 'step-queued',
      stepId: 'high-latency/1.1',
      by: run.requestedBy,
      attempt: 1,
      binding: bound('high-latency/1.1').binding,
    },
    {
      kind: 'step-started',
      stepId: 'high-latency/1.1',
      attempt: 1,
      executor: 'local',
      worker: 'backend-1',
      digest: bound('high-latency/1.1').binding.digest,
    },
    {
      kind: 'step-finished',
      stepId: 'high-latency/1.1',
      attempt: 1,
      result: stepResult(),
    },
    {
      kind: 'approval-requested',
      stepId: 'high-latency/2.1',
      by: run.requestedBy,
      ...bound('high-latency/2.1'),
      preview: previewOf(run.steps['high-latency/2.1']),
      digest: 'a3'.repeat(32),
      expiresAt: hoursAhead(0.4),
      reason: APPROVAL_REQUEST.reason,
    },
    {
      kind: 'step-approved',
      stepId: 'high-latency/2.1',
      by: LENA,
      digest: 'a3'.repeat(32),
      covers: [COVERED],
    },
  ];
  return {
    events: events.map(
      (event, seq): RecordedRunEvent => ({
        runId: run.id,
        seq,
        at: hoursAgo(0.2 - seq * 0.01),
        event,
        previousHash: String(seq).repeat(64),
        hash: `${seq + 1}f`.repeat(32),
      }),
    ),
    verification:
      brokenAt === undefined
        ? {
            intact: true,
            head: '6f'.repeat(32),
            sealed: { checkpoint: 12, eventCount: 4, at: hoursAgo(0.1) },
          }
        : {
            intact: false,
            brokenAt,
            message: `Event ${brokenAt} does not carry the hash of the event before it.`,
          },
  };
}

/** The calls of all attempts of a run. */
export const RUN_CALLS: Array<ApiCall & { stepId: string; attempt: number }> = [
  { ...CALL, stepId: 'high-latency/1.1', attempt: 1 },
  { ...CALL, id: 'call-2', stepId: 'high-latency/2.1', attempt: 1 },
  {
    ...CALL,
    id: 'call-3',
    stepId: 'high-latency/2.1',
    attempt: 1,
    verb: 'patch',
    subresource: 'scale',
    status: undefined,
    durationMs: undefined,
  },
  {
    ...CALL,
    id: 'call-4',
    stepId: 'high-latency/2.1',
    attempt: 1,
    verb: 'delete',
    resource: 'pods',
    name: 'auth-service-7c9d-x2k4p',
    decision: 'refused',
    because: 'the approval does not list it',
    status: 403,
  },
];
