import type {
  ApprovalRequest,
  BoundParameter,
  Effect,
  FileDifference,
  Plan,
  PlannedStep,
  StepInputs,
} from '@backstage-runbooks/plugin-runbooks-common';
import { stepScopeView, type ScopeView } from '../scope/scopeView';
import { secretReadsWords } from '../step/secretReadsWords';
import { plannedStepView, shownParameters } from '../step/stepView';
import { writesLines } from './actionViews';

/** What an approval covers: what would run right now, and nothing else. */
export interface ApprovalView {
  effect: Effect;
  because: string;
  /** "Its text alone changes something; with its values it is destructive" */
  asWritten?: string;
  secrets?: string;
  values: ValueView[];
  files: ChangedFileView[];
  writes: string[];
  scope: ScopeView;
}

export interface ValueView {
  name: string;
  label: string;
  /** Missing where it is secret. */
  value?: string;
  /** Missing where a person chose it for this run. */
  from?: string;
}

/** A file that is not as git has it. */
export interface ChangedFileView {
  path: string;
  change: FileDifference['change'];
  /** The step that changed it, by number and title. */
  changedBy?: string;
  /** Missing where it cannot be shown as text. */
  lines?: DifferenceLine[];
  /** What is shown is not all that changed: the step may run what the approver does not see. */
  unseen: boolean;
  /** Values of Secrets are hidden in what is shown. */
  hidesValues: boolean;
}

export interface DifferenceLine {
  kind: 'added' | 'removed' | 'same';
  text: string;
}

/** Tells what the request binds to; `step` is the step as it was bound by it. */
export function approvalView(
  request: ApprovalRequest,
  step: PlannedStep,
  plan: Plan,
): ApprovalView {
  const { inputs } = request.binding;
  const shown = shownParameters(plan.parameters);
  const { asWritten, because } = plannedStepView(step, '', shown);
  return {
    effect: step.effect,
    because,
    asWritten,
    secrets:
      step.secrets.kind === 'none'
        ? undefined
        : secretReadsWords(step.secrets, step.effect),
    values: [
      ...plan.parameters
        .filter(one => step.parameters.includes(one.name))
        .map(parameterValue),
      ...inputs.variables
        .filter(one => !step.parameters.includes(one.name))
        .map(carriedValue),
    ],
    files: changedFiles(inputs, request.differences, plan),
    writes: writesLines(step.writes),
    scope: stepScopeView(plan, step),
  };
}

function parameterValue(parameter: BoundParameter): ValueView {
  return {
    name: parameter.name,
    label: parameter.label,
    value: parameter.secret ? undefined : parameter.value,
  };
}

function carriedValue(variable: StepInputs['variables'][number]): ValueView {
  return {
    name: variable.name,
    label: variable.name,
    value: 'value' in variable ? variable.value : undefined,
    from: variable.exported
      ? 'left by an earlier step, also for the programs it calls'
      : 'left by an earlier step',
  };
}

/** Every file that the approval binds to is told, also one whose difference did not come with it. */
function changedFiles(
  inputs: StepInputs,
  differences: FileDifference[],
  plan: Plan,
): ChangedFileView[] {
  const byPath = new Map(differences.map(one => [one.path, one]));
  const shown = new Set(
    inputs.files.filter(one => one.shown).map(({ path }) => path),
  );
  const missing = inputs.files
    .filter(file => !byPath.has(file.path))
    .map(({ path, change }): FileDifference => ({ path, change }));
  return [...differences, ...missing].map(
    ({ path, change, changedBy, text, hidesValues = false }) => ({
      path,
      change,
      changedBy: changedBy && stepName(changedBy, plan),
      lines: text === undefined ? undefined : differenceLines(text),
      unseen: change !== 'deleted' && !shown.has(path),
      hidesValues,
    }),
  );
}

function stepName(stepId: string, plan: Plan) {
  const index = plan.steps.findIndex(step => step.id === stepId);
  if (index < 0) return `step ${stepId}`;
  const { number, title } = plannedStepView(
    plan.steps[index],
    `${index + 1}`,
    shownParameters(plan.parameters),
  );
  return `step ${number}, ${title}`;
}

function differenceLines(text: string): DifferenceLine[] {
  return text
    .replace(/\n$/, '')
    .split('\n')
    .map(line => {
      if (line.startsWith('+')) return { kind: 'added', text: line };
      if (line.startsWith('-')) return { kind: 'removed', text: line };
      return { kind: 'same', text: line };
    });
}
