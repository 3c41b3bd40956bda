import type { Procedure } from '../document/model';
import { digestOf } from '../ledger/digest';
import type { Scope } from '../scope/model';
import type { EntityRef } from '../time';
import {
  bindParameters,
  isSecretValue,
  parameterProblems,
  unknownParameters,
  valueOf,
} from './bindParameters';
import { chooseCluster } from './chooseCluster';
import type {
  ExecutorInventory,
  Plan,
  PlannedStep,
  PlanProblem,
  StepVerdict,
} from './model';
import { planSteps } from './planSteps';
import type { RequirementRules } from './requirementOf';

/** Everything a plan is made of. @public */
export interface PlanInput {
  entityRef: EntityRef;
  runbook: Plan['runbook'];
  procedure: Procedure;
  /** Names of the clusters the entity is on; exactly one is chosen. */
  clusters: readonly string[];
  cluster?: string;
  /** Default namespace of kubectl. */
  namespace: string;
  scope: Scope;
  /** What an operator may add to the configuration where the scope is empty; shown with the refusal. */
  scopeSnippet?: string;
  /** What the executor of the run has. */
  inventory: ExecutorInventory;
  /** Text of a file of the pinned snapshot, which holds no links; undefined where there is none, or it is not text. */
  fileText(path: string): string | undefined;
  /** Whether it has a file or folder at a path; without it no file is said to be missing. */
  isThere?(path: string): boolean;
  /** Entities whose owners must approve what a step does; the plan's own by default. */
  approvedBy?(verdict: StepVerdict): readonly EntityRef[];
  rules?: RequirementRules;
  /** Values by parameter name, as the person gave them. */
  values: Readonly<Record<string, string>>;
  /** Keyed digests of the secret ones, by parameter name. */
  secretDigests?: Readonly<Record<string, string>>;
  /** What a destructive step asks to be typed. */
  confirmation: string;
  /** What a person should know before the start; a function is asked with the steps as they are planned. */
  notices:
    | readonly string[]
    | ((steps: readonly PlannedStep[]) => readonly string[]);
  /** How long a step may run before it is stopped. */
  stepTimeoutSeconds: number;
  /** Is told the id of each step before it is judged. */
  onStep?(stepId: string): void;
}

/** @public */
export type PlanDecision =
  | { kind: 'planned'; plan: Plan }
  | { kind: 'refused'; problems: PlanProblem[] };

/**
 * Binds a procedure's parameters: the exact texts that would run, each with its effect, what it may write and what
 * it needs before it runs.
 *
 * Never throws for values or documents: whatever is wrong is a problem with place, value and expectation, and all
 * problems come at once.
 *
 * @public
 */
export function makePlan(input: PlanInput): PlanDecision {
  const { cluster, problems: clusterProblems } = chooseCluster(input);
  const parameters = bindParameters(input.procedure.parameters, input.values);
  const problems = [
    ...clusterProblems,
    ...unknownParameters(input),
    ...parameterProblems(input.procedure, input.values),
  ];
  const values = Object.fromEntries(
    input.procedure.parameters.map(parameter => [
      parameter.name,
      valueOf(parameter, input.values) ?? '',
    ]),
  );
  if (problems.length > 0) return { kind: 'refused', problems };
  const { steps, needsScope } = planSteps(input, {
    cluster,
    parameters,
    values,
  });
  const outside = scopeProblems(input, needsScope);
  if (outside.length > 0) return { kind: 'refused', problems: outside };
  const plan: Omit<Plan, 'digest'> = {
    entityRef: input.entityRef,
    runbook: input.runbook,
    procedure: {
      id: input.procedure.id,
      title: input.procedure.title,
      kind: input.procedure.kind,
      observeOnly: input.procedure.observeOnly,
    },
    ...(cluster === undefined ? {} : { cluster }),
    namespace: input.namespace,
    scope: input.scope,
    parameters,
    steps,
    notices: [
      ...(typeof input.notices === 'function'
        ? input.notices(steps)
        : input.notices),
    ],
  };
  return { kind: 'planned', plan: { ...plan, digest: digestOf(plan) } };
}

/**
 * The values that a run keeps apart from its plan because they are secret, by parameter name: those of secret
 * parameters, and given ones that look like a credential, whatever the document says of their parameter.
 *
 * @public
 */
export function secretValuesOf(
  procedure: Procedure,
  values: Readonly<Record<string, string>>,
): Record<string, string> {
  return Object.fromEntries(
    procedure.parameters
      .filter(
        parameter => isSecretValue(parameter, values) && values[parameter.name],
      )
      .map(parameter => [parameter.name, values[parameter.name]]),
  );
}

/** A run that changes something, or that reads Secrets, of an entity that no scope was decided for. */
function scopeProblems(
  { scope, scopeSnippet, entityRef }: PlanInput,
  needs: { step: PlannedStep; reads: boolean } | undefined,
): PlanProblem[] {
  const isEmpty = scope.namespaces.length === 0 && scope.grants.length === 0;
  if (!isEmpty || !needs) return [];
  const { step } = needs;
  const why = scope.source.kind === 'nobody' ? `: ${scope.source.because}` : '';
  return [
    {
      code: 'no-scope',
      stepId: step.id,
      line: step.line,
      message: `Step "${step.title}" (line ${step.line}) ${
        needs.reads ? 'reads Secrets' : 'changes something'
      }, and nobody decided where runs of ${entityRef} may go${why}; expected a rule of runbooks.scopes${
        scopeSnippet ? `, for example:\n${scopeSnippet}` : ''
      }`,
    },
  ];
}
