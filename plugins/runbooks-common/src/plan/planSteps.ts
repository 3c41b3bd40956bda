import { disturbsReporting } from '../attempt/disturbsReporting';
import type { Phase, Step } from '../document/model';
import { digestOf } from '../ledger/digest';
import { stepIdentity } from './bindStep';
import { applyEdits, environmentNameOf } from './bindText';
import { boundTextOf } from './boundTextOf';
import { judgeStep, type JudgedStep } from './judge';
import type { PlanInput } from './makePlan';
import type { BoundParameter, FileReach, PlannedStep } from './model';
import { requirementOf } from './requirementOf';

/** What was chosen for a plan before its steps are looked at. */
export interface Chosen {
  cluster?: string;
  parameters: readonly BoundParameter[];
  /** Values by parameter name, secret ones included. */
  values: Readonly<Record<string, string>>;
}

/** What is shown in place of a secret value. */
const HIDDEN = '••••••';

/**
 * The steps of a procedure with their values bound, each judged by the words that bash would get. What an earlier step
 * may leave in a variable has no value yet; a folder that it changes to is one where the next may begin.
 */
export function planSteps(
  input: PlanInput,
  chosen: Chosen,
): {
  steps: PlannedStep[];
  /** The first step that would change something or read Secrets, whether the scope lets it or not. */
  needsScope?: { step: PlannedStep; reads: boolean };
} {
  const steps: PlannedStep[] = [];
  let needsScope: { step: PlannedStep; reads: boolean } | undefined;
  const left = new Set<string>();
  let folders: readonly string[] | undefined = [''];
  let made: FileReach = { kind: 'known', paths: [] };
  for (const phase of input.procedure.phases) {
    for (const step of phase.steps) {
      input.onStep?.(step.id);
      const { planned, judged } = planStep(step, phase, input, chosen, {
        left,
        folders,
        made,
      });
      steps.push(planned);
      if (judged && judged.elsewhere === undefined && touches(judged))
        needsScope ??= { step: planned, reads: judged.writes.kind === 'none' };
      if (!judged || planned.type !== 'command') continue;
      judged.assigns.forEach(name => left.add(name));
      folders = judged.folders;
      made = together(made, judged.makes);
    }
  }
  return { steps, ...(needsScope ? { needsScope } : {}) };
}

function together(a: FileReach, b: FileReach): FileReach {
  return a.kind === 'known' && b.kind === 'known'
    ? { kind: 'known', paths: [...new Set([...a.paths, ...b.paths])] }
    : { kind: 'unknown' };
}

function touches({ writes, secrets }: JudgedStep): boolean {
  return writes.kind !== 'none' || secrets.kind !== 'none';
}

interface Before {
  /** Variables that earlier steps may leave. */
  left: ReadonlySet<string>;
  folders: readonly string[] | undefined;
  /** Files that earlier steps may make. */
  made: FileReach;
}

function planStep(
  step: Step,
  phase: Phase,
  input: PlanInput,
  chosen: Chosen,
  before: Before,
): { planned: PlannedStep; judged?: JudgedStep } {
  const secrets = new Set(
    chosen.parameters.filter(one => one.secret).map(one => one.name),
  );
  const shown = (name: string) =>
    secrets.has(name) ? HIDDEN : chosen.values[name];
  const byHand =
    step.type === 'command' ? handBecause(step) : step.manualBecause;
  if (step.type !== 'command' || byHand !== undefined) {
    const planned = plainStep(step, phase, input, shown, byHand);
    return { planned: withDigest(planned, input, chosen) };
  }
  const text = boundTextOf(step);
  const judged = judgeStep({
    text,
    ...environmentOf(step, chosen, secrets),
    waiting: [...before.left],
    fileText: input.fileText,
    ...(input.isThere ? { isThere: input.isThere.bind(input) } : {}),
    made: before.made,
    inventory: input.inventory,
    observeOnly: input.procedure.observeOnly,
    scope: input.scope,
    namespace: input.namespace,
    ...(before.folders ? { folders: before.folders } : {}),
  });
  if (judged.impossible !== undefined) {
    const planned = plainStep(step, phase, input, shown, judged.impossible);
    return { planned: withDigest(planned, input, chosen), judged };
  }
  const planned = {
    ...plainStep(step, phase, input, shown, undefined),
    ...fromVerdict(step, judged, input, shown),
    text,
  };
  return { planned: withDigest(planned, input, chosen), judged };
}

/** What a verdict makes of a step. */
function fromVerdict(
  step: Step,
  judged: JudgedStep,
  input: PlanInput,
  shown: (name: string) => string | undefined,
): Partial<PlannedStep> {
  const approvedBy = input.approvedBy?.(judged) ?? [input.entityRef];
  return {
    effect: judged.effect,
    because: withValues(judged.because, shown),
    ...(judged.effect === step.effect
      ? {}
      : {
          asWritten: {
            effect: step.effect,
            because: withValues(step.because, shown),
          },
        }),
    secrets: judged.secrets,
    variables: judged.variables,
    files: judged.files,
    writes: judged.writes,
    commands: judged.commands.map(one => ({
      ...one,
      text: withValues(one.text, shown),
      because: withValues(one.because, shown),
    })),
    requires: requirementOf(
      { ...judged, because: withValues(judged.because, shown) },
      { approvedBy, typed: input.confirmation },
      input.rules,
    ),
  };
}

/** A step as a person does it: nothing of it runs. */
function plainStep(
  step: Step,
  phase: Phase,
  input: PlanInput,
  shown: (name: string) => string | undefined,
  manualBecause: string | undefined,
): Omit<PlannedStep, 'digest'> {
  const bounded = step.interactive?.remedy?.boundedSeconds;
  return {
    id: step.id,
    title: step.title,
    type:
      step.type === 'command' && manualBecause !== undefined
        ? 'manual'
        : step.type,
    phase: { role: phase.role, title: phase.title },
    line: step.line,
    effect: step.effect,
    because: withValues(step.because, shown),
    secrets: { kind: 'none' },
    variables: [],
    files: { kind: 'known', paths: [] },
    text: displayOf(step, shown),
    display: displayOf(step, shown),
    parameters: step.parameters,
    commands: step.commands.map(({ text, line, effect, because }) => ({
      text,
      line,
      effect,
      because: withValues(because, shown),
    })),
    requires: { kind: 'nothing' },
    writes: { kind: 'none' },
    timeoutSeconds: bounded ?? input.stepTimeoutSeconds,
    ...optional('boundedSeconds', bounded),
    ...optional('expectation', step.expectation),
    ...optional('condition', step.condition),
    ...optional('alternative', step.alternative),
    ...optional('manualBecause', manualBecause),
    ...optional('note', step.note),
  };
}

function handBecause(step: Step): string | undefined {
  const impossible = step.placeholders.find(use => use.place === 'none');
  return (
    step.manualBecause ??
    (step.interactive && !step.interactive.remedy
      ? step.interactive.because
      : undefined) ??
    disturbsReporting(step.text) ??
    (impossible &&
      `${impossible.written} stands where no value can be put safely: ${
        impossible.because ?? 'it would become part of the command'
      }`)
  );
}

function environmentOf(
  step: Step,
  { values }: Chosen,
  secrets: ReadonlySet<string>,
): { environment: Record<string, string>; hidden: string[] } {
  const environment: Record<string, string> = {};
  const hidden: string[] = [];
  for (const parameter of step.parameters) {
    const name = environmentNameOf({ parameter });
    if (secrets.has(parameter)) hidden.push(name);
    else environment[name] = values[parameter] ?? '';
  }
  return { environment, hidden };
}

/** What an approval binds to before anything ran; what earlier steps leave is added by `bindStep`. */
function withDigest(
  planned: Omit<PlannedStep, 'digest'>,
  input: PlanInput,
  { cluster, parameters }: Chosen,
): PlannedStep {
  const { effect, writes, secrets, requires } = planned;
  return {
    ...planned,
    digest: digestOf({
      ...stepIdentity(
        {
          entityRef: input.entityRef,
          ...(cluster === undefined ? {} : { cluster }),
          namespace: input.namespace,
          scope: input.scope,
          runbook: input.runbook,
          parameters: [...parameters],
        },
        planned,
        input.secretDigests ?? {},
      ),
      effect,
      writes,
      secrets,
      requires,
      executor: input.inventory.id,
    }),
  };
}

/** The text as people read it: values written out, secrets hidden. */
function displayOf(
  step: Step,
  valueOfName: (name: string) => string | undefined,
): string {
  return applyEdits(
    step.text,
    step.placeholders.flatMap(use => {
      const value = valueOfName(use.parameter);
      return value === undefined || value === '' || use.place === 'none'
        ? []
        : [{ start: use.start, end: use.end, text: value }];
    }),
  );
}

/** Rules name parameters as `${NAME}` or as the step's text has them; people read the value. */
function withValues(
  text: string,
  valueOfName: (name: string) => string | undefined,
): string {
  return text.replace(
    /"?\$\{(?:RUNBOOKS_P_)?([A-Z_][A-Z0-9_]*)\}"?/g,
    (all, name) => valueOfName(name) || all,
  );
}

function optional<K extends string, V>(
  key: K,
  value: V | undefined,
): Partial<Record<K, V>> {
  return value === undefined ? {} : ({ [key]: value } as Record<K, V>);
}
