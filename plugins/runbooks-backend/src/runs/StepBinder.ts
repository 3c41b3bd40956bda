import { setImmediate } from 'node:timers/promises';
import { parseEntityRef } from '@backstage/catalog-model';
import { InputError } from '@backstage/errors';
import {
  createRedactor,
  digestOf,
  MAX_COMPARED_BYTES,
  namespacesWritten,
  outsideNow,
  type BindQuestions,
  type BindTask,
  type BoundStep,
  type ComparedFile,
  type ExecutorInventory,
  type PlannedStep,
  type Run,
  type Scope,
  type SecretForms,
  type StepBinding,
  type StepInputs,
  type UsedFiles,
} from '@backstage-runbooks/plugin-runbooks-common';
import type { CarriedState } from '@backstage-runbooks/plugin-runbooks-node';
import type { JudgingProcesses } from '../reading/JudgingProcesses';
import { ReadingGivenUp } from '../reading/ReadingGivenUp';
import type { SecretBox } from '../workspaces/SecretBox';
import { WorkspaceReader } from '../workspaces/WorkspaceReader';
import type { ManifestSecrets } from '../workspaces/ManifestSecrets';
import type { FileContent } from '../workspaces/workspaceFiles';
import type {
  ChangedFile,
  Workspace,
  Workspaces,
} from '../workspaces/Workspaces';
import { hiding } from './hideIn';
import type { PresentEntities } from './PlanService';
import type { SealedVault } from './SealedVault';
import { secretFormsOf } from './secretFormsOf';
import type { SecretParameters } from './SecretParameters';
import { hiddenValuesOf } from './secretValueVault';

/** Decides scopes as they are now. */
export interface ScopesNow {
  now(
    entityRef: string,
    cluster: string | undefined,
  ): Promise<Scope | undefined>;
}

/** Digests that are made before others get their turn. */
const FILES_AT_ONCE = 1_000;

type View = Pick<Workspace, 'directory' | 'carried' | 'changes' | 'links'>;

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
  readonly #manifests: Pick<ManifestSecrets, 'in'>;
  readonly #judging: Pick<JudgingProcesses, 'bind' | 'files'>;

  constructor(options: {
    workspaces: Pick<Workspaces, 'open'>;
    parameters: Pick<SecretParameters, 'valuesOf'>;
    vault: SealedVault;
    box: Pick<SecretBox, 'keyedDigest'>;
    /** Of the executor of runs. */
    inventory: () => Promise<ExecutorInventory>;
    present: PresentEntities;
    scopes: ScopesNow;
    manifests: Pick<ManifestSecrets, 'in'>;
    judging: Pick<JudgingProcesses, 'bind' | 'files'>;
  }) {
    this.#workspaces = options.workspaces;
    this.#parameters = options.parameters;
    this.#vault = options.vault;
    this.#box = options.box;
    this.#inventory = options.inventory;
    this.#present = options.present;
    this.#scopes = options.scopes;
    this.#judging = options.judging;
    this.#manifests = options.manifests;
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

  /**
   * The scripts and manifests that the step uses now and that no earlier step changed.
   *
   * @param person - Who looks.
   */
  async files(run: Run, step: PlannedStep, person: string): Promise<UsedFiles> {
    const workspace = await this.#workspaces.open(run);
    try {
      const { task, asked } = await this.#taskIn(run, step, workspace);
      return await this.#judging.files(task, asked, person).catch(error => {
        throw notJudged(error, step);
      });
    } finally {
      await workspace.discard();
    }
  }

  /** The step as it would run in this workspace. */
  async bindIn(run: Run, step: PlannedStep, view: View): Promise<BoundStep> {
    const { plan } = run;
    const { task, asked, scope } = await this.#taskIn(run, step, view);
    const { binding, differences } = await this.#judging
      .bind(task, asked, run.requestedBy)
      .catch(error => {
        throw notJudged(error, step);
      });
    return {
      binding: withinScope(
        withWaiting(step, binding, view.carried),
        outsideNow(plan.scope, scope),
      ),
      differences,
    };
  }

  /** What a step is judged with in this workspace; `scope` is what the run would get now. */
  async #taskIn(
    run: Run,
    step: PlannedStep,
    view: View,
  ): Promise<{
    task: BindTask;
    asked: BindQuestions;
    scope: Scope | undefined;
  }> {
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
      ...(await this.#manifests.in(view.directory, run.requestedBy)).values,
    ];
    const forms = await secretFormsOf(hidden);
    const shownPath = this.#shownPaths(run, forms);
    const reader = new WorkspaceReader(view.directory);
    const changes = new Map(view.changes.map(file => [file.path, file]));
    const { hasTool, ...has } = inventory;
    const task: BindTask = {
      plan,
      step,
      left: {
        variables: this.#variables(run, view.carried, forms),
        files: await this.#files(run, view.changes),
      },
      secrets: hidden,
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
      links: () => view.links,
      shownPath,
      changedFile: path => {
        const file = changes.get(path);
        return file && withoutLargeContents(file);
      },
    };
    return { task, asked, scope };
  }

  /** A step may have changed a hundred thousand. */
  async #files(
    run: Run,
    changes: readonly ChangedFile[],
  ): Promise<BindTask['left']['files']> {
    const files: Array<Omit<StepInputs['files'][number], 'shown'>> = [];
    for (const { path, change, digest } of changes) {
      if (files.length % FILES_AT_ONCE === 0) await setImmediate();
      files.push({
        path,
        change,
        ...(digest === undefined
          ? {}
          : { digest: this.#keyed(run, `file ${path}`, digest) }),
      });
    }
    return files;
  }

  #variables(
    run: Run,
    carried: CarriedState,
    forms: SecretForms,
  ): StepInputs['variables'] {
    return Object.entries(carried.variables).map(
      ([name, { value, exported }]) => {
        const variable = looksSecret(name, value, forms)
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
  #shownPaths(run: Run, forms: SecretForms): (path: string) => string {
    const { hide } = hiding(forms);
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

/** Of what is too large to be compared nothing is copied into the process. */
function withoutLargeContents(file: ChangedFile): ComparedFile {
  const small = (one: FileContent | undefined) =>
    one && one.content.length > MAX_COMPARED_BYTES ? { kind: one.kind } : one;
  const [before, after] = [small(file.before), small(file.after)];
  return {
    path: file.path,
    change: file.change,
    ...(file.changedBy === undefined ? {} : { changedBy: file.changedBy }),
    ...(before ? { before } : {}),
    ...(after ? { after } : {}),
  };
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

function looksSecret(name: string, value: string, forms: SecretForms): boolean {
  const redactor = createRedactor({ secrets: forms });
  const text = `${name}=${value}\n`;
  return redactor.push(text) + redactor.flush() !== text;
}
