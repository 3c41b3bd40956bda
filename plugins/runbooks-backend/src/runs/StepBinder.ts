import { parseEntityRef } from '@backstage/catalog-model';
import { InputError } from '@backstage/errors';
import {
  createRedactor,
  digestOf,
  namespacesWritten,
  outsideNow,
  type BindQuestions,
  type BindTask,
  type BoundStep,
  type ExecutorInventory,
  type PlannedStep,
  type Run,
  type Scope,
  type StepBinding,
  type StepInputs,
} from '@backstage-runbooks/plugin-runbooks-common';
import type { CarriedState } from '@backstage-runbooks/plugin-runbooks-node';
import type { JudgingThreads } from '../reading/JudgingThreads';
import { ReadingGivenUp } from '../reading/ReadingGivenUp';
import type { SecretBox } from '../workspaces/SecretBox';
import { WorkspaceReader } from '../workspaces/WorkspaceReader';
import { manifestSecrets } from '../workspaces/manifestSecrets';
import type { Workspace, Workspaces } from '../workspaces/Workspaces';
import { FileDifferences, type ShownDifference } from './FileDifferences';
import { hiding } from './hideIn';
import type { PresentEntities } from './PlanService';
import type { SealedVault } from './SealedVault';
import type { SecretParameters } from './SecretParameters';
import { hiddenValuesOf } from './secretValueVault';

/** Decides scopes as they are now. */
export interface ScopesNow {
  now(
    entityRef: string,
    cluster: string | undefined,
  ): Promise<Scope | undefined>;
}

type View = Pick<Workspace, 'directory' | 'carried' | 'changes'>;

/**
 * Says what a step would get if it ran right now: the carried variables that its text reads, the files within its
 * reach that are not as they were planned, its secret values by a keyed digest; and what it would do with that. An
 * approval binds to it. The same is made again of the workspace that a starting step is given, and compared.
 */
export class StepBinder {
  readonly #workspaces: Pick<Workspaces, 'open'>;
  readonly #parameters: Pick<SecretParameters, 'valuesOf'>;
  readonly #vault: SealedVault;
  readonly #box: Pick<SecretBox, 'keyedDigest'>;
  readonly #inventory: () => Promise<ExecutorInventory>;
  readonly #present: PresentEntities;
  readonly #scopes: ScopesNow;
  readonly #judging: Pick<JudgingThreads, 'bind'>;

  constructor(options: {
    workspaces: Pick<Workspaces, 'open'>;
    parameters: Pick<SecretParameters, 'valuesOf'>;
    vault: SealedVault;
    box: Pick<SecretBox, 'keyedDigest'>;
    /** Of the executor of runs. */
    inventory: () => Promise<ExecutorInventory>;
    present: PresentEntities;
    scopes: ScopesNow;
    judging: Pick<JudgingThreads, 'bind'>;
  }) {
    this.#workspaces = options.workspaces;
    this.#parameters = options.parameters;
    this.#vault = options.vault;
    this.#box = options.box;
    this.#inventory = options.inventory;
    this.#present = options.present;
    this.#scopes = options.scopes;
    this.#judging = options.judging;
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
    const { plan } = run;
    const [secrets, learned, inventory, present, scope] = await Promise.all([
      this.#parameters.valuesOf(run.id),
      hiddenValuesOf(this.#vault, run.id),
      this.#inventory(),
      this.#present.in(plan.cluster, namespacesWritten(plan.scope)),
      this.#scopes.now(plan.entityRef, plan.cluster),
    ]);
    const hidden = [
      ...Object.values(secrets),
      ...learned,
      ...(await manifestSecrets(view.directory)),
    ];
    const shownPath = this.#shownPaths(run, hidden);
    const reader = new WorkspaceReader(view.directory);
    const changes = new Map(view.changes.map(file => [file.path, file]));
    const differences = new FileDifferences(hidden);
    const reached: ShownDifference[] = [];
    const { hasTool, ...has } = inventory;
    const task: BindTask = {
      plan,
      step,
      left: {
        variables: this.#variables(run, view.carried, hidden),
        files: view.changes.map(({ path, change, digest }) => ({
          path,
          change,
          ...(digest === undefined
            ? {}
            : { digest: this.#keyed(run, `file ${path}`, digest) }),
        })),
      },
      secretDigests: Object.fromEntries(
        Object.entries(secrets).map(([name, value]) => [
          name,
          this.#keyed(run, `parameter ${name}`, value),
        ]),
      ),
      folders: [view.carried.workingDirectory],
      inventory: has,
      present,
      typed: parseEntityRef(plan.entityRef).name,
    };
    const asked: BindQuestions = {
      hasTool: name => hasTool.call(inventory, name),
      fileText: file => reader.text(file),
      realPath: file => reader.realPath(file),
      links: () => reader.links(),
      shownPath,
      differenceOf: path => {
        const file = changes.get(path);
        if (!file) return { whole: false };
        const shown = differences.of({ ...file, path: shownPath(path) });
        reached.push(shown);
        const changedBy = plan.steps.find(({ id }) => id === file.changedBy);
        return {
          whole: shown.whole,
          ...(changedBy ? { changedBy: changedBy.title } : {}),
        };
      },
    };
    const bound = await this.#judging
      .bind(task, asked, run.requestedBy)
      .catch(error => {
        throw notJudged(error, step);
      });
    return {
      binding: withinScope(
        withWaiting(step, bound, view.carried),
        outsideNow(plan.scope, scope),
      ),
      differences: reached.map(({ difference }) => difference),
    };
  }

  #variables(
    run: Run,
    carried: CarriedState,
    hidden: readonly string[],
  ): StepInputs['variables'] {
    return Object.entries(carried.variables).map(
      ([name, { value, exported }]) => {
        const variable = looksSecret(name, value, hidden)
          ? {
              name,
              secret: true as const,
              keyedDigest: this.#keyed(run, `variable ${name}`, value),
            }
          : { name, value };
        return exported ? { ...variable, exported } : variable;
      },
    );
  }

  /** A path that holds a secret value is told by what is left of it, and told apart by a keyed digest. */
  #shownPaths(run: Run, hidden: readonly string[]): (path: string) => string {
    const { hide } = hiding(hidden);
    return path => {
      const shown = hide(path);
      return shown === path
        ? path
        : `${shown} (${this.#keyed(run, 'path', path).slice(0, 8)})`;
    };
  }

  #keyed(run: Run, what: string, value: string): string {
    return this.#box.keyedDigest(value, `${run.id} ${what}`);
  }
}

/** A step whose run was planned with more than it would get now does not run, and no approval of it holds. */
function withinScope(
  binding: StepBinding,
  outside: string | undefined,
): StepBinding {
  if (outside === undefined) return binding;
  const impossible = `${outside}; start it anew`;
  return {
    ...binding,
    verdict: { ...binding.verdict, impossible },
    requires: { kind: 'nothing' },
    digest: digestOf({ digest: binding.digest, impossible }),
  };
}

/** A step that was planned to wait for variables of earlier steps waits as long as one of them has no value. */
function withWaiting(
  step: PlannedStep,
  binding: StepBinding,
  carried: CarriedState,
): StepBinding {
  if (step.requires.kind !== 'later') return binding;
  const open = step.requires.variables.filter(
    name => !Object.hasOwn(carried.variables, name),
  );
  return open.length === 0
    ? binding
    : { ...binding, verdict: { ...binding.verdict, open } };
}

/** Says which step could not be judged, where that is what happened. */
function notJudged(error: unknown, { title, line }: PlannedStep): unknown {
  return error instanceof ReadingGivenUp
    ? new InputError(
        `Step "${title}" (line ${line}) could not be judged with what earlier steps left: ${error.message}; expected shorter or plainer scripts`,
        error,
      )
    : error;
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
