import type {
  Plan,
  PlannedStep,
  PlanRequest,
  PlanResponse,
  Procedure,
  Step,
  StepRequirement,
} from '@backstage-runbooks/plugin-runbooks-common';
import { AUTH, HIGH_LATENCY } from './documents';

const DIGEST = 'a3'.repeat(32);

/** Plans as the backend would, with the values put in by text: good enough to look at, never to run. */
export function planOf(
  values: Record<string, string>,
  procedure: Procedure = HIGH_LATENCY,
): Plan {
  return {
    entityRef: AUTH,
    runbook: {
      id: 'auth-service/operations.md',
      path: 'runbooks/operations.md',
      title: 'Auth service operations',
      revision: '4be81f2c9a7d55e0',
    },
    procedure: {
      id: procedure.id,
      title: procedure.title,
      kind: procedure.kind,
      observeOnly: procedure.observeOnly,
    },
    cluster: 'local',
    scope: {
      source: { kind: 'configuration', rule: 'identity' },
      namespaces: ['identity'],
      reads: 'cluster',
      grants: [],
    },
    namespace: 'identity',
    parameters: Object.entries(values).map(([name, value]) => ({
      name,
      label: name.toLowerCase().replace('_', ' '),
      type: 'text',
      value,
      secret: false,
    })),
    steps: procedure.phases.flatMap(phase =>
      phase.steps.map(step =>
        plannedStep(step, { role: phase.role, title: phase.title }, values),
      ),
    ),
    notices: [
      'Approvals can be given by 2 people: Sam Okafor and Lena Fischer.',
    ],
    digest: DIGEST,
  };
}

/** Refuses what the tests and the dev page want to see refused. */
export function planResponse(request: PlanRequest): PlanResponse {
  const replicas = request.parameters.REPLICAS;
  if (replicas === undefined) {
    return {
      kind: 'refused',
      problems: [
        {
          code: 'missing-parameter',
          parameter: 'REPLICAS',
          message: 'Give the number of replicas (line 62).',
        },
      ],
    };
  }
  if (!/^\d+$/.test(replicas)) {
    return {
      kind: 'refused',
      problems: [
        {
          code: 'invalid-value',
          parameter: 'REPLICAS',
          message: `'${replicas}' is not a number of replicas; expected digits such as 5.`,
        },
      ],
    };
  }
  return { kind: 'planned', plan: planOf(request.parameters) };
}

function plannedStep(
  step: Step,
  phase: PlannedStep['phase'],
  values: Record<string, string>,
): PlannedStep {
  const display = step.placeholders.reduceRight(
    (text, use) =>
      text.slice(0, use.start) +
      (values[use.parameter] ?? use.written) +
      text.slice(use.end),
    step.text,
  );
  return {
    id: step.id,
    title: step.title,
    type: step.type,
    phase,
    line: step.line,
    effect: step.effect,
    because: step.because,
    secrets: { kind: 'none' },
    variables: [],
    files: { kind: 'known', paths: [] },
    text: display,
    display,
    parameters: step.parameters,
    commands: step.commands.map(({ text, line, effect, because }) => ({
      text,
      line,
      effect,
      because,
    })),
    requires: requirementOf(step),
    writes:
      step.effect === 'change' || step.effect === 'destructive'
        ? {
            kind: 'listed',
            writes: [
              {
                verb: step.effect === 'change' ? 'patch' : 'deletecollection',
                group: step.effect === 'change' ? 'apps' : '',
                resource: step.effect === 'change' ? 'deployments' : 'pods',
                subresource: step.effect === 'change' ? 'scale' : '',
                namespace: values.NAMESPACE ?? 'identity',
                name: step.effect === 'change' ? 'auth-service' : '*',
                selector:
                  step.effect === 'change' ? undefined : 'app=auth-service',
              },
            ],
          }
        : { kind: 'none' },
    timeoutSeconds: 120,
    expectation: step.expectation,
    condition: step.condition,
    alternative: step.alternative,
    manualBecause: step.manualBecause,
    note: step.note,
    digest: DIGEST,
  };
}

function requirementOf(step: Step): StepRequirement {
  switch (step.effect) {
    case 'change':
    case 'unknown':
      return {
        kind: 'approval',
        because: 'an owner of auth-service who did not start the run',
        approvedBy: [AUTH],
      };
    case 'destructive':
      return {
        kind: 'approval-and-confirmation',
        because: 'an owner of auth-service who did not start the run',
        typed: 'delete pods',
        approvedBy: [AUTH],
      };
    default:
      return { kind: 'nothing' };
  }
}
