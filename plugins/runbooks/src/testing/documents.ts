import type {
  ClusterSummary,
  Effect,
  EntityRunbooks,
  Phase,
  Procedure,
  ProcedureSummary,
  ProcedureView,
  RunbookSummary,
  Step,
} from '@backstage-runbooks/plugin-runbooks-common';
import { worstEffect } from '@backstage-runbooks/plugin-runbooks-common';
import { hoursAgo } from './clock';
import { SAM } from './people';

/** A component with everything: documents, health with a problem, on-call, runs in all states. */
export const AUTH = 'component:default/auth-service';

export const PRACTICE_CLUSTER: ClusterSummary = {
  name: 'local',
  title: 'Local cluster',
  simulatedNodes: true,
};

export const PRODUCTION_CLUSTER: ClusterSummary = {
  name: 'prod-eu',
  title: 'Production EU',
  simulatedNodes: false,
};

/** A command step with one command on its first line. */
export function commandStep(
  id: string,
  title: string,
  text: string,
  effect: Effect,
  because: string,
  more: Partial<Step> = {},
): Step {
  return {
    id,
    title,
    type: 'command',
    line: 40,
    text,
    language: 'bash',
    effect,
    because,
    parameters: [],
    placeholders: placeholdersOf(text),
    commands: [{ text, start: 0, end: text.length, line: 1, effect, because }],
    ...more,
  };
}

function placeholdersOf(text: string): Step['placeholders'] {
  return [...text.matchAll(/<([a-z-]+)>/g)].map(match => ({
    parameter: match[1].toUpperCase().replace(/-/g, '_'),
    form: 'angle',
    place: 'word',
    start: match.index,
    end: match.index + match[0].length,
    written: match[0],
  }));
}

/** A step that a person does and confirms. */
export function manualStep(
  id: string,
  title: string,
  text: string,
  more: Partial<Step> = {},
): Step {
  return {
    id,
    title,
    type: 'manual',
    line: 60,
    text,
    effect: 'local',
    because: 'done by a person',
    parameters: [],
    placeholders: [],
    commands: [],
    ...more,
  };
}

const SCALE_TEXT =
  'kubectl scale deployment auth-service --replicas=<replicas> -n <namespace>';

const PHASES: Phase[] = [
  {
    role: 'investigation',
    title: 'Diagnosis',
    line: 34,
    steps: [
      commandStep(
        'high-latency/1.1',
        'Check the pods',
        'kubectl get pods -l app=auth-service -n <namespace>',
        'read',
        'lists pods',
        {
          parameters: ['NAMESPACE'],
          expectation: {
            text: 'All pods `Running`, READY **1/1**, no restarts in the last hour.',
            line: 44,
            checks: [{ kind: 'ready' }, { kind: 'contains', text: 'Running' }],
          },
        },
      ),
      commandStep(
        'high-latency/1.2',
        'Look for errors in the logs',
        [
          '# Newest lines of every pod',
          'kubectl logs -l app=auth-service -n <namespace> --tail=200',
          'kubectl get events -n <namespace> --sort-by=.lastTimestamp',
        ].join('\n'),
        'read',
        'reads logs and events',
        {
          commands: [
            {
              text: 'kubectl logs -l app=auth-service -n <namespace> --tail=200',
              start: 28,
              end: 86,
              line: 2,
              effect: 'read',
              because: 'reads logs',
            },
            {
              text: 'kubectl get events -n <namespace> --sort-by=.lastTimestamp',
              start: 87,
              end: 145,
              line: 3,
              effect: 'read',
              because: 'lists events',
            },
          ],
          parameters: ['NAMESPACE'],
          note: 'Look for `connection refused` to the token store and for slow queries.',
        },
      ),
    ],
  },
  {
    role: 'steps',
    title: 'Mitigation',
    line: 58,
    steps: [
      commandStep(
        'high-latency/2.1',
        'Scale up',
        SCALE_TEXT,
        'change',
        'scales deployment auth-service',
        {
          parameters: ['REPLICAS', 'NAMESPACE'],
          alternative: { group: 'mitigation', label: 'Option 1' },
          expectation: {
            text: 'READY equals DESIRED within two minutes.',
            line: 66,
            checks: [{ kind: 'equal-numbers', names: ['READY', 'DESIRED'] }],
          },
        },
      ),
      commandStep(
        'high-latency/2.2',
        'Restart all pods',
        'kubectl delete pods -l app=auth-service -n <namespace>',
        'destructive',
        'deletes every pod of the service; they come back, their sessions do not',
        {
          parameters: ['NAMESPACE'],
          alternative: { group: 'mitigation', label: 'Option 2' },
          condition: 'If the pods hang and scaling does not help',
        },
      ),
      manualStep(
        'high-latency/2.3',
        'Tell the incident channel',
        'Post the start time and the chosen option in **#incident-auth**.',
      ),
    ],
  },
  {
    role: 'rollback',
    title: 'Rollback',
    line: 80,
    steps: [
      commandStep(
        'high-latency/3.1',
        'Back to the former number of replicas',
        'kubectl scale deployment auth-service --replicas=3 -n <namespace>',
        'change',
        'scales deployment auth-service to 3 replicas',
        { parameters: ['NAMESPACE'] },
      ),
    ],
  },
];

/** A procedure with every kind of step. */
export const HIGH_LATENCY: Procedure = {
  id: 'high-latency',
  title: 'Incident: high latency of logins',
  kind: 'incident',
  line: 28,
  context: ['Incidents'],
  summary:
    'Logins take longer than two seconds. Find out whether the pods or the token store are slow, then add capacity.',
  observeOnly: false,
  metadata: {
    duration: '15 minutes',
    riskLevel: 'Medium',
    authorization: 'Service owner',
    other: {},
  },
  symptoms: ['p95 of `/login` above 2 s', 'Alert **AuthLatencyHigh** fires'],
  prerequisites: ['Access to namespace `identity`'],
  successCriteria: ['p95 of `/login` below 500 ms for ten minutes'],
  parameters: [],
  phases: PHASES,
};

function summary(
  id: string,
  title: string,
  kind: ProcedureSummary['kind'],
  effect: Effect,
  stepCount: number,
  more: Partial<ProcedureSummary> = {},
): ProcedureSummary {
  return {
    id,
    title,
    kind,
    effect,
    stepCount,
    context: [],
    line: 12,
    observeOnly: false,
    symptoms: [],
    ...more,
  };
}

/** Documents as the tab lists them. */
export function runbookSummaries(): RunbookSummary[] {
  return [
    {
      id: 'auth-service/operations.md',
      path: 'runbooks/operations.md',
      title: 'Auth service operations',
      metadata: {
        owner: 'Identity team',
        version: '2.3',
        lastUpdated: '2026-10-02',
        other: {},
      },
      observeOnly: false,
      url: 'https://git.example.com/identity/auth-service/blob/main/runbooks/operations.md',
      revision: '4be81f2c9a7d',
      procedures: [
        summary(
          'high-latency',
          HIGH_LATENCY.title,
          'incident',
          'destructive',
          6,
          {
            context: ['Incidents'],
            summary: HIGH_LATENCY.summary,
            symptoms: HIGH_LATENCY.symptoms,
            lastRun: {
              runId: 'finished',
              at: hoursAgo(30),
              by: SAM,
              state: 'succeeded',
              shortfall: { failed: 2, unexpected: 0, notDone: 1, skipped: 0 },
              rolledBack: false,
            },
          },
        ),
        summary(
          'crash-loop',
          'Incident: pods crash in a loop',
          'incident',
          'change',
          8,
          {
            context: ['Incidents'],
            symptoms: ['CrashLoopBackOff'],
            lastRun: {
              runId: 'failed',
              at: hoursAgo(200),
              by: SAM,
              state: 'failed',
              shortfall: { failed: 1, unexpected: 0, notDone: 0, skipped: 0 },
              rolledBack: false,
            },
          },
        ),
        summary('canary', 'Canary deployment', 'deploy', 'change', 9, {
          context: ['Deployments'],
          lastRun: {
            runId: 'approval',
            at: hoursAgo(0.2),
            by: SAM,
            state: 'waiting-approval',
            shortfall: { failed: 0, unexpected: 0, notDone: 9, skipped: 0 },
            rolledBack: false,
          },
        }),
        summary(
          'rollback',
          'Roll back to the former version',
          'rollback',
          'change',
          4,
          {
            context: ['Deployments'],
          },
        ),
        summary('daily-check', 'Daily health check', 'check', 'read', 5),
        summary(
          'rotate-keys',
          'Rotate signing keys',
          'maintenance',
          'unknown',
          7,
          {
            context: ['Maintenance', 'Keys and certificates'],
          },
        ),
      ],
      contacts: [
        {
          name: 'Database on-call',
          role: 'Token store',
          slack: '#dba',
          other: {},
          line: 120,
        },
      ],
      escalation: [
        {
          level: 'Level 1',
          who: 'Identity on-call',
          when: 'At once',
          line: 110,
        },
        {
          level: 'Level 2',
          who: 'Head of platform',
          when: 'After 30 minutes',
          contact: '+1 555 0199',
          line: 111,
        },
      ],
      rotations: [],
      channels: [],
      alerts: [],
      problems: [
        {
          line: 96,
          column: 1,
          code: 'block-without-language',
          severity: 'warning',
          message:
            'The block has no language and reads like output; it is not run.',
        },
      ],
    },
    {
      id: 'platform/database.md',
      path: 'docs/runbooks/database.md',
      title: 'Token store',
      metadata: { other: {} },
      observeOnly: true,
      revision: '90aa17bb01c2',
      inheritedFrom: 'system:default/identity',
      procedures: [
        summary('replication', 'Check replication lag', 'check', 'read', 3, {
          observeOnly: true,
        }),
        summary(
          'a-procedure-with-a-name-that-is-much-longer-than-anybody-would-like',
          'Troubleshoot connections that are refused although the_connection_pool_of_the_service_is_not_exhausted',
          'troubleshoot',
          'read',
          11,
          { observeOnly: true, context: ['Troubleshooting', 'Connections'] },
        ),
      ],
      contacts: [],
      escalation: [],
      rotations: [],
      channels: [],
      alerts: [],
      problems: [],
    },
  ];
}

/** What the tab of the rich component gets. */
export function entityRunbooks(
  more: Partial<EntityRunbooks> = {},
): EntityRunbooks {
  return {
    entityRef: AUTH,
    runbooks: runbookSummaries(),
    problems: [],
    annotated: true,
    clusters: [PRACTICE_CLUSTER, PRODUCTION_CLUSTER],
    mayStart: { allowed: true },
    ...more,
  };
}

/** One procedure with its form. */
export function procedureView(
  more: Partial<ProcedureView> = {},
): ProcedureView {
  const { procedures: _left, ...runbook } = runbookSummaries()[0];
  return {
    entityRef: AUTH,
    runbook,
    procedure: HIGH_LATENCY,
    parameters: [
      {
        name: 'NAMESPACE',
        label: 'namespace',
        type: 'namespace',
        required: true,
        suggestions: [],
        secret: false,
        written: '<namespace>',
        line: 40,
        usedBy: [],
        value: 'identity',
        from: 'the entity',
      },
      {
        name: 'REPLICAS',
        label: 'replicas',
        type: 'replicas',
        required: true,
        suggestions: [],
        secret: false,
        written: '<replicas>',
        line: 62,
        usedBy: ['high-latency/2.1'],
      },
      {
        name: 'POD_NAME',
        label: 'pod name',
        type: 'pod',
        required: false,
        suggestions: [],
        secret: false,
        written: '<pod-name>',
        line: 70,
        usedBy: [],
        from: 'the pods of this service',
        choices: [
          {
            value: 'auth-service-7c9d-x2k4p',
            label: 'auth-service-7c9d-x2k4p (crashing)',
          },
          {
            value: 'auth-service-7c9d-9qwzr',
            label: 'auth-service-7c9d-9qwzr',
          },
        ],
      },
    ],
    clusters: [PRACTICE_CLUSTER],
    namespace: 'identity',
    mayPlan: true,
    mayStart: { allowed: true },
    ...more,
  };
}

/** The worst effect of a procedure's steps. */
export function effectOfProcedure(procedure: Procedure): Effect {
  return worstEffect(
    procedure.phases.flatMap(phase => phase.steps.map(step => step.effect)),
  );
}
