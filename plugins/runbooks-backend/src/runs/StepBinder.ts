import {
  createRedactor,
  digestOf,
  variablesRead,
  type BoundStep,
  type PlannedStep,
  type Run,
  type StepBinding,
  type StepInputs,
  type StepRequirement,
} from '@backstage-runbooks/plugin-runbooks-common';
import type { CarriedState } from '@backstage-runbooks/plugin-runbooks-node';
import type { SecretBox } from '../workspaces/SecretBox';
import type {
  ChangedFile,
  Workspace,
  Workspaces,
} from '../workspaces/Workspaces';
import { fileDifferences } from './fileDifferences';
import type { SealedVault } from './SealedVault';
import type { SecretParameters } from './SecretParameters';
import { hiddenValuesOf } from './secretValueVault';

type View = Pick<Workspace, 'carried' | 'changes' | 'realPathOf'>;

/**
 * Says what a step would get if it ran right now: the carried variables that its text reads, the files within its
 * reach that are not as they were planned, its secret values by a keyed digest. An approval binds to that. The same
 * is made again of the workspace that a starting step is given, and compared.
 */
export class StepBinder {
  readonly #workspaces: Workspaces;
  readonly #parameters: SecretParameters;
  readonly #vault: SealedVault;
  readonly #box: SecretBox;
  readonly #executorId: string;

  constructor(options: {
    workspaces: Workspaces;
    parameters: SecretParameters;
    vault: SealedVault;
    box: SecretBox;
    executorId: string;
  }) {
    this.#workspaces = options.workspaces;
    this.#parameters = options.parameters;
    this.#vault = options.vault;
    this.#box = options.box;
    this.#executorId = options.executorId;
  }

  /** The step as it would run after what the run did so far. */
  async bind(run: Run, step: PlannedStep): Promise<BoundStep> {
    const workspace = await this.#workspaces.open(run);
    try {
      return await this.bindIn(run, step, workspace);
    } finally {
      await workspace.discard();
    }
  }

  /** The step as it would run in this workspace. */
  async bindIn(run: Run, step: PlannedStep, view: View): Promise<BoundStep> {
    const secrets = await this.#parameters.valuesOf(run.id);
    const hidden = [
      ...Object.values(secrets),
      ...(await hiddenValuesOf(this.#vault, run.id)),
    ];
    const reached = await reachedChanges(step, view);
    const inputs: StepInputs = {
      variables: [
        ...this.#secretParameters(run, step, secrets),
        ...this.#carriedVariables(run, step, view.carried, hidden),
      ],
      files: reached.map(({ path, change, digest }) => ({
        path,
        change,
        ...(digest === undefined ? {} : { digest }),
      })),
    };
    return {
      binding: bindingOf(run, step, inputs, this.#executorId),
      differences: fileDifferences(reached, hidden),
    };
  }

  #secretParameters(
    run: Run,
    step: PlannedStep,
    secrets: Record<string, string>,
  ): StepInputs['variables'] {
    return run.plan.parameters
      .filter(({ name, secret }) => secret && step.parameters.includes(name))
      .map(({ name }) => ({
        name,
        secret: true,
        keyedDigest: this.#keyed(run, name, secrets[name] ?? ''),
      }));
  }

  #carriedVariables(
    run: Run,
    step: PlannedStep,
    carried: CarriedState,
    hidden: readonly string[],
  ): StepInputs['variables'] {
    const names = new Set([...step.variables, ...variablesRead(step.text)]);
    return [...names]
      .filter(name => Object.hasOwn(carried.variables, name))
      .map(name => {
        const { value, exported } = carried.variables[name];
        const variable = looksSecret(name, value, hidden)
          ? {
              name,
              secret: true as const,
              keyedDigest: this.#keyed(run, name, value),
            }
          : { name, value };
        return exported ? { ...variable, exported } : variable;
      });
  }

  #keyed(run: Run, name: string, value: string): string {
    return this.#box.keyedDigest(value, `${run.id} variable ${name}`);
  }
}

/** The changed files that a step can read, execute or apply; all of them where that is not known. */
async function reachedChanges(
  step: PlannedStep,
  view: View,
): Promise<ChangedFile[]> {
  if (step.files.kind === 'unknown') return view.changes;
  const reached = new Set(step.files.paths);
  for (const path of step.files.paths) {
    const real = await view.realPathOf(path);
    if (real !== undefined) reached.add(real);
  }
  return view.changes.filter(file =>
    [...reached].some(path => touches(path, file.path)),
  );
}

/** Whether one is the other or a folder that holds it; a link in the place of a folder counts for all below. */
function touches(one: string, other: string): boolean {
  return (
    one === other ||
    one === '' ||
    one.startsWith(`${other}/`) ||
    other.startsWith(`${one}/`)
  );
}

function looksSecret(
  name: string,
  value: string,
  hidden: readonly string[],
): boolean {
  const redactor = createRedactor({ secrets: hidden });
  const text = `${name}=${value}\n`;
  return redactor.push(text) + redactor.flush() !== text;
}

function bindingOf(
  run: Run,
  step: PlannedStep,
  inputs: StepInputs,
  executor: string,
): StepBinding {
  const { plan } = run;
  const known = new Set(inputs.variables.map(({ name }) => name));
  const verdict: StepBinding['verdict'] = {
    effect: step.effect,
    because: step.because,
    commands: step.commands,
    secrets: step.secrets,
    writes: step.writes,
    open:
      step.requires.kind === 'later'
        ? step.requires.variables.filter(name => !known.has(name))
        : [],
    variables: step.variables,
    files: step.files,
  };
  const bound = {
    verdict,
    requires: requirementWith(step, inputs),
    inputs,
    executor,
  };
  return {
    ...bound,
    digest: digestOf({
      ...bound,
      step: step.digest,
      entityRef: plan.entityRef,
      revision: plan.runbook.revision,
      cluster: plan.cluster ?? '',
      namespace: plan.namespace,
      scope: plan.scope,
      parameters: plan.parameters.filter(({ name }) =>
        step.parameters.includes(name),
      ),
    }),
  };
}

function requirementWith(
  { requires }: PlannedStep,
  inputs: StepInputs,
): StepRequirement {
  if (requires.kind === 'later') {
    return { kind: 'approval', because: requires.because, approvedBy: [] };
  }
  return requires.kind === 'nothing' && inputs.files.length > 0
    ? {
        kind: 'approval',
        because: `reads or runs ${inputs.files
          .map(({ path }) => path)
          .join(', ')}, which is not as it was planned any more`,
        approvedBy: [],
      }
    : requires;
}
