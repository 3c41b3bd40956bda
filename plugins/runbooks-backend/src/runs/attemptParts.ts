import {
  environmentNameOf,
  lockedVariables,
  stopsAtFailure,
  type PlannedStep,
  type Run,
  type StepBinding,
} from '@backstage-runbooks/plugin-runbooks-common';
import type { StepExecution } from '@backstage-runbooks/plugin-runbooks-node';
import type { GatewayAttempt } from '../gateway/KubernetesGateway';
import type { Workspace } from '../workspaces/Workspaces';

const KILL_AFTER_MS = 5_000;

/** A step as it is bound, in the workspace of its run. */
export interface LaidOutStep {
  run: Run;
  step: PlannedStep;
  binding: StepBinding;
  workspace: Workspace;
  /** Secret parameters by name. */
  parameters: Record<string, string>;
}

/** What a step is executed with, but for where it runs to and how long: for an attempt and for its preview alike. */
export function executionOf({
  run,
  step,
  binding,
  workspace,
  parameters,
}: LaidOutStep): Omit<
  StepExecution,
  'attempt' | 'timeoutMs' | 'endsAtTimeout' | 'onOutput'
> {
  return {
    runId: run.id,
    stepId: step.id,
    text: step.text,
    environment: environmentOf(run, step, parameters),
    carried: workspace.carried,
    // Those that the approver saw, and no other.
    variables: binding.inputs.variables.map(({ name }) => name),
    locked: lockedVariables(step.text, binding.verdict),
    stopAtFailure: stopsAtFailure(binding.verdict.effect, step.text),
    workspace: workspace.directory,
    namespace: run.plan.namespace,
    killAfterMs: KILL_AFTER_MS,
  };
}

/** What its gateway lets pass: by the binding, never by the plan alone. */
export function rightsOf(
  { plan }: Run,
  { verdict }: StepBinding,
  cluster: string,
): Pick<
  GatewayAttempt,
  | 'entityRef'
  | 'clusterName'
  | 'namespace'
  | 'allowed'
  | 'scope'
  | 'secrets'
  | 'destructive'
  | 'observeOnly'
> {
  return {
    entityRef: plan.entityRef,
    clusterName: cluster,
    namespace: plan.namespace,
    allowed: verdict.writes,
    scope: plan.scope,
    secrets: verdict.secrets,
    destructive: verdict.effect === 'destructive',
    observeOnly: plan.procedure.observeOnly,
  };
}

/** Values by the names that the step's text uses, see `environmentNameOf`. */
function environmentOf(
  run: Run,
  step: PlannedStep,
  secrets: Record<string, string>,
): Record<string, string> {
  const environment: Record<string, string> = {};
  for (const { name, value, secret } of run.plan.parameters) {
    if (!step.parameters.includes(name)) continue;
    const given = secret ? secrets[name] ?? '' : value;
    environment[environmentNameOf({ parameter: name })] = given;
  }
  return environment;
}
