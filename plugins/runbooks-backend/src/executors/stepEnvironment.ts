import {
  isParameterVariable,
  type CarriedVariable,
} from '@backstage-runbooks/plugin-runbooks-common';
import type { StepExecution } from '@backstage-runbooks/plugin-runbooks-node';
import { INSIDE } from './sandboxScripts';

/** What every program of every sandbox gets, with nothing of the backend's own environment. */
export const CONSTANTS: Readonly<Record<string, string>> = {
  PATH: `${INSIDE.reporters}:${INSIDE.tools}:/usr/local/bin:/usr/bin:/bin`,
  HOME: INSIDE.home,
  LANG: 'C.UTF-8',
  KUBECONFIG: INSIDE.kubeconfig,
};

/** Folders of the machine that are on a step's PATH behind the tools. */
export const SYSTEM_TOOL_FOLDERS = ['/usr/local/bin', '/usr/bin', '/bin'];

/** A parameter came under a name that is not a parameter's. */
export class StepEnvironmentError extends Error {
  override readonly name = 'StepEnvironmentError';

  constructor(name: string) {
    super(
      `the parameter '${name}' cannot be given to it; expected a name that begins with RUNBOOKS_P_ and a text without NUL`,
    );
  }
}

/**
 * The variables that a step begins with besides the constants: which step it is, the parameters under the product's
 * own prefix, and those carried variables that it reads. There is no other way into its environment.
 *
 * @throws StepEnvironmentError where a parameter has another name, which could be that of a setting: PATH, BASH_ENV.
 */
export function stepEnvironment(
  execution: StepExecution,
): Record<string, CarriedVariable> {
  const parameters = Object.entries(execution.environment);
  for (const [name, value] of parameters) {
    if (!isParameterVariable(name) || value.includes('\0')) {
      throw new StepEnvironmentError(name);
    }
  }
  const own = { RUN_ID: execution.runId, STEP_ID: execution.stepId };
  const exported = [
    ...parameters,
    ...Object.entries({ ...own, ATTEMPT: `${execution.attempt}` }),
  ].map(([name, value]) => [name, { value, exported: true }] as const);
  return { ...carriedInto(execution), ...Object.fromEntries(exported) };
}

/** The carried variables that reach a step. */
export function carriedInto({
  carried,
  variables,
}: Pick<StepExecution, 'carried' | 'variables'>): Record<
  string,
  CarriedVariable
> {
  const reads = new Set(variables);
  return Object.fromEntries(
    Object.entries(carried.variables).filter(([name]) => reads.has(name)),
  );
}
