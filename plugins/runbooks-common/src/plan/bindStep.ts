import { digestOf } from '../ledger/digest';
import type { EntityRef } from '../time';
import { judgeStep, type JudgedStep } from './judge/judgeStep';
import { reaches } from './judge/reaches';
import type {
  ExecutorInventory,
  Plan,
  PlannedStep,
  StepBinding,
  StepInputs,
  StepVerdict,
} from './model';
import {
  DEFAULT_RULES,
  requirementOf,
  type RequirementRules,
} from './requirementOf';
import { environmentNameOf } from './bindText';
import { throughLinks } from './throughLinks';
import { unseenUses } from './unseenUses';
import type { UsedFileText } from './usedFileText';

/** What a step is bound with right now. @public */
export interface BindStepInput {
  plan: Plan;
  step: PlannedStep;
  /** Every variable that earlier steps left and every file that differs from the snapshot: those it can reach count. */
  left: {
    variables: StepInputs['variables'];
    files: ReadonlyArray<Omit<StepInputs['files'][number], 'shown'>>;
  };
  /**
   * Whether an approver sees the whole difference of a file, and the title of the step that left it so. Asked once of
   * each file that the step can reach, in their order.
   */
  differenceOf(path: string): {
    whole: boolean;
    /** Values of Secrets are hidden in it. */
    hidesValues?: boolean;
    changedBy?: string;
  };
  /** How much an approver sees of a file that is as git has it, by its text; all where this is missing. */
  seenOf?(text: string): UsedFileText['seen'];
  /** Keyed digests of the secret parameters, by name. */
  secretDigests: Readonly<Record<string, string>>;
  /** Text of a file as it is in the workspace now, by its path from the root. */
  fileText(path: string): string | undefined;
  /** Where a path leads there, links followed; undefined where nothing is, or where it leads out. */
  realPath(path: string): string | undefined;
  /**
   * The links of the workspace as it is now: their paths from its root, and where each says that it leads. Undefined
   * where they are too many to be told.
   */
  links(): ReadonlyMap<string, string> | undefined;
  /** Where it begins, from the root of the workspace; undefined where that is not known. */
  folders?: readonly string[];
  /** How a path is recorded, where it may hold a secret value; as it is where this is missing. */
  shownPath?(path: string): string;
  inventory: ExecutorInventory;
  /** Entities whose owners must approve what the verdict says, see `entitiesWritten`. */
  approvedBy(verdict: StepVerdict): readonly EntityRef[];
  /** What a destructive step asks to be typed. */
  typed: string;
  rules?: RequirementRules;
}

/**
 * The step as it would run right now, with what earlier steps left, and the digest that an approval binds to. The
 * same input has the same digest; any other byte or value that reaches bash has another.
 *
 * Its verdict may be `impossible` though the plan's was not: then it needs nothing and must not run.
 *
 * @public
 */
export function bindStep(input: BindStepInput): StepBinding {
  const { plan, step, left, inventory } = input;
  const used = new Map<string, string | undefined>();
  const judged = judgeStep({
    text: step.text,
    ...valuesFor(input),
    waiting: [],
    fileText: path => {
      const text = input.fileText(path);
      const real = input.realPath(path);
      if (text !== undefined || real !== undefined)
        used.set(real ?? path, text);
      return text;
    },
    isThere: path => input.realPath(path) !== undefined,
    links: input.links,
    inventory,
    observeOnly: plan.procedure.observeOnly,
    scope: plan.scope,
    namespace: plan.namespace,
    ...(input.folders ? { folders: input.folders } : {}),
  });
  const verdict = verdictOf(judged);
  const reach = throughLinks(verdict.files, input.links);
  const shown = input.shownPath ?? (path => path);
  const runs = new Set(judged.runs.map(path => input.realPath(path) ?? path));
  const files = left.files
    .filter(({ path }) => reaches(reach, path))
    .sort((a, b) => compare(a.path, b.path))
    .map(file => ({
      ...file,
      path: shown(file.path),
      difference: seenWhole(input.differenceOf(file.path), runs.has(file.path)),
    }));
  const changed = new Set(left.files.map(({ path }) => path));
  const unchanged = [...used].filter(([path]) => !changed.has(path));
  const inputs: StepInputs = {
    variables: left.variables
      .filter(({ name }) => verdict.variables.includes(name))
      .sort((a, b) => compare(a.name, b.name)),
    files: files
      .map(({ difference, ...file }) => ({ ...file, shown: difference.whole }))
      .sort((a, b) => compare(a.path, b.path)),
  };
  const requires = requirementOf(
    verdict,
    {
      approvedBy: input.approvedBy(verdict),
      typed: input.typed,
      unseen: [
        ...files.flatMap(unseenDifference),
        ...unseenUses(
          unchanged.map(([path, text]) => ({
            path,
            shown: shown(path),
            seen:
              text === undefined ? undefined : input.seenOf?.(text) ?? 'all',
            isRun: runs.has(path),
          })),
        ),
      ],
    },
    input.rules ?? DEFAULT_RULES,
  );
  return {
    verdict,
    requires,
    inputs,
    executor: inventory.id,
    digest: digestOf({
      ...stepIdentity(plan, step, input.secretDigests),
      inputs,
      effect: verdict.effect,
      writes: verdict.writes,
      secrets: verdict.secrets,
      requires,
      executor: inventory.id,
      folders: input.folders?.map(shown) ?? null,
    }),
  };
}

function unseenDifference({
  path,
  change,
  difference: { whole, changedBy },
}: Pick<StepInputs['files'][number], 'path' | 'change'> & {
  difference: ReturnType<BindStepInput['differenceOf']>;
}): string[] {
  if (whole) return [];
  const by = changedBy === undefined ? '' : ` by step '${changedBy}'`;
  return [`${path} was ${change}${by} and cannot be shown`];
}

/** Values of Secrets may be hidden in what is applied; in what is run they could be commands. */
function seenWhole(
  difference: ReturnType<BindStepInput['differenceOf']>,
  isRun: boolean,
) {
  return isRun && difference.hidesValues
    ? { ...difference, whole: false }
    : difference;
}

function verdictOf(judged: JudgedStep): StepVerdict {
  const { effect, because, commands, secrets, writes, open, variables, files } =
    judged;
  return {
    effect,
    because,
    ...(judged.unknown === undefined ? {} : { unknown: judged.unknown }),
    ...(judged.swaps === undefined ? {} : { swaps: judged.swaps }),
    commands,
    secrets,
    writes,
    open,
    variables,
    files,
    ...(judged.impossible === undefined
      ? {}
      : { impossible: judged.impossible }),
  };
}

/** What of a step is fixed when it is planned, for its digest; secret values enter by keyed digests. */
export function stepIdentity(
  plan: Pick<
    Plan,
    'entityRef' | 'cluster' | 'namespace' | 'scope' | 'runbook' | 'parameters'
  >,
  step: Omit<PlannedStep, 'digest'>,
  secretDigests: Readonly<Record<string, string>>,
) {
  return {
    entityRef: plan.entityRef,
    cluster: plan.cluster ?? null,
    namespace: plan.namespace,
    scope: plan.scope,
    revision: plan.runbook.revision,
    stepId: step.id,
    text: step.text,
    timeoutSeconds: step.timeoutSeconds,
    values: plan.parameters
      .filter(({ name }) => step.parameters.includes(name))
      .map(({ name, value, secret }) =>
        secret
          ? { name, keyedDigest: secretDigests[name] ?? null }
          : { name, value },
      ),
  };
}

function valuesFor({ plan, step, left }: BindStepInput): {
  environment: Record<string, string>;
  hidden: string[];
} {
  const environment: Record<string, string> = {};
  const hidden: string[] = [];
  for (const variable of left.variables) {
    if ('secret' in variable) hidden.push(variable.name);
    else environment[variable.name] = variable.value;
  }
  for (const { name, value, secret } of plan.parameters) {
    if (!step.parameters.includes(name)) continue;
    const variable = environmentNameOf({ parameter: name });
    if (secret) hidden.push(variable);
    else environment[variable] = value;
  }
  return { environment, hidden };
}

function compare(a: string, b: string): number {
  if (a === b) return 0;
  return a < b ? -1 : 1;
}
