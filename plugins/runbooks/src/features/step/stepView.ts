import type {
  BoundParameter,
  Effect,
  EntityRef,
  Expectation,
  ExpectationCheck,
  PlannedStep,
  SecretReads,
  Step,
  StepRequirement,
  StepType,
} from '@backstage-runbooks/plugin-runbooks-common';
import {
  assertNever,
  isScriptReason,
  trimmedEnd,
} from '@backstage-runbooks/plugin-runbooks-common';
import { boundEffectWords } from '../../words/effectWords';
import { listWords } from '../../words/listWords';
import { upperFirst } from '../../words/upperFirst';
import { reasonTitle } from './reasonParts';
import { whyTheseOwners } from './whyTheseOwners';

/** What a step is and does, the same on the procedure page and in a run. */
export interface StepView {
  id: string;
  number: string;
  title: string;
  type: StepType;
  typeLabel: string;
  line: number;
  /** Of the bound words, where a plan exists. */
  effect: Effect;
  because: string;
  /** "Its text alone changes something; with its values it is destructive", where something makes it another effect. */
  asWritten?: string;
  /** What it reads of Secrets. */
  secrets: SecretReads;
  /** Shell text, prose, query or URL; with the values written out where a plan exists. */
  text: string;
  /** Places in `text` where a value is still missing. */
  blanks: Array<{ start: number; end: number }>;
  commands: CommandView[];
  /** Missing where no plan was made. */
  requirement?: RequirementView;
  /** "Stopped after 30 s by design" */
  bounded?: string;
  expectation?: Expectation;
  condition?: string;
  alternative?: { group: string; label: string };
  manualBecause?: string;
  note?: string;
}

export interface CommandView {
  text: string;
  line: number;
  effect: Effect;
  because: string;
}

export interface RequirementView {
  label: string;
  needsApproval: boolean;
  /** The entities whose owners must approve, where they are known. */
  approvedBy: EntityRef[];
  /** What whoever asks for the approval types: the approvers type nothing. */
  typed?: string;
  /** Why the owners of these and not of one alone. */
  whyThese?: string;
  because?: string;
}

const TYPE_LABELS: Record<StepType, string> = {
  command: 'Command',
  manual: 'By hand',
  query: 'Query',
  link: 'Link',
};

/** What stands for a parameter in sentences: its value, or its name as long as it has none. */
export type ShownParameters = Record<string, string>;

/** A step as the document has it, with what a plan adds where there is one. */
export function stepView(
  step: Step,
  number: string,
  shown: ShownParameters,
  planned?: PlannedStep,
): StepView {
  if (planned) return plannedStepView(planned, number, shown);
  return {
    ...step,
    ...sentences(step, shown),
    number,
    typeLabel: TYPE_LABELS[step.type],
    secrets: step.secrets ? { kind: 'any' } : { kind: 'none' },
    blanks: step.placeholders.map(({ start, end }) => ({ start, end })),
    commands: commandViews(step, shown),
  };
}

/** A step with its values bound. */
export function plannedStepView(
  step: PlannedStep,
  number: string,
  shown: ShownParameters,
): StepView {
  return {
    ...step,
    ...sentences(step, shown),
    number,
    typeLabel: TYPE_LABELS[step.type],
    asWritten:
      step.asWritten && step.asWritten.effect !== step.effect
        ? boundEffectWords(step.asWritten.effect, step.effect, madeBy(step))
        : undefined,
    text: step.display,
    blanks: [],
    commands: commandViews(step, shown),
    requirement: {
      ...requirementView(step.requires, step.because, shown),
      whyThese: whyTheseOwners(step),
    },
    bounded: step.boundedSeconds
      ? `Stopped by design after ${step.boundedSeconds} s`
      : undefined,
  };
}

/** What made it another effect: a script that it runs was read, or values were put in. */
function madeBy(step: PlannedStep): string {
  if (isScriptReason(step.because)) return 'with what its script does';
  return step.parameters.length + step.variables.length > 0
    ? 'with its values'
    : 'as it would run';
}

/** What stands for the parameters of a plan: their values, but not those of secrets. */
export function shownParameters(parameters: BoundParameter[]): ShownParameters {
  return Object.fromEntries(
    parameters.map(one => [
      one.name,
      one.secret ? `(secret ${one.label})` : one.value,
    ]),
  );
}

/** A step without a title of its own has its command as title; what it does reads better. */
function sentences(
  step: Pick<Step, 'title' | 'text' | 'because' | 'type'> & {
    commands: unknown[];
  },
  shown: ShownParameters,
) {
  const because = withParameters(step.because, shown);
  const hasOwnTitle =
    step.type !== 'command' ||
    firstLine(step.title) !== firstLine(step.text) ||
    step.commands.length !== 1;
  return {
    because,
    title: hasOwnTitle ? step.title : upperFirst(reasonTitle(because)),
  };
}

function commandViews(
  step: { type: StepType; commands: CommandView[] },
  shown: ShownParameters,
): CommandView[] {
  if (step.type !== 'command') return [];
  return step.commands.map(({ text, line, effect, because }) => ({
    text,
    line,
    effect,
    because: withParameters(because, shown),
  }));
}

/** Reasons name parameters as shell does; people read their values. */
function withParameters(sentence: string, shown: ShownParameters) {
  return sentence.replace(
    /\$\{([A-Z_][A-Z0-9_]*)\}/g,
    (written, name: string) => shown[name] ?? written,
  );
}

function firstLine(text: string) {
  return trimmedEnd(text.trim().split('\n')[0], /[\s\u2026.]/);
}

/** What must happen before a step may run, in words. A reason that only repeats the effect is left out. */
function requirementView(
  requires: StepRequirement,
  effectBecause: string,
  shown: ShownParameters,
): RequirementView {
  const reason = (because: string) =>
    because === effectBecause ? undefined : withParameters(because, shown);
  switch (requires.kind) {
    case 'nothing':
      return {
        label: 'Runs without an approval',
        needsApproval: false,
        approvedBy: [],
      };
    case 'later':
      return {
        label: 'Told when the step comes',
        needsApproval: true,
        approvedBy: [],
        because: laterReason(requires, shown),
      };
    case 'approval':
      return {
        label: 'Needs an approval',
        needsApproval: true,
        approvedBy: requires.approvedBy,
        because: reason(requires.because),
      };
    case 'approval-and-confirmation':
      return {
        label: 'Needs an approval',
        typed: requires.typed,
        needsApproval: true,
        approvedBy: requires.approvedBy,
        because: reason(requires.because),
      };
    default:
      return assertNever(requires);
  }
}

/** Names the variables that are still open, where the reason does not. */
function laterReason(
  requires: Extract<StepRequirement, { kind: 'later' }>,
  shown: ShownParameters,
): string {
  const because = withParameters(requires.because, shown);
  const unnamed = requires.variables.filter(name => !because.includes(name));
  if (unnamed.length === 0) return because;
  const uses = `uses ${listWords(unnamed)}`;
  return because ? `${because} (${uses})` : uses;
}

/** What is checked by itself, as a sentence. */
export function checkWords(check: ExpectationCheck): string {
  switch (check.kind) {
    case 'contains':
      return `The output contains "${check.text}"`;
    case 'absent':
      return `The output does not contain "${check.text}"`;
    case 'matches':
      return `The output matches /${check.pattern}/${check.flags ?? ''}`;
    case 'ready':
      return 'Everything that has a READY column is ready';
    case 'equal-numbers':
      return `${check.names.join(' and ') || 'The numbers'} are the same`;
    case 'not-empty':
      return check.column
        ? `${check.column} is not empty`
        : 'The output is not empty';
    case 'no-repeats':
      return `No repeating ${check.of}`;
    case 'threshold':
      return `${check.subject} ${check.comparison} ${check.value}${
        check.unit ? ` ${check.unit}` : ''
      }`;
    case 'exit-zero':
      return 'The command ends without an error';
    default:
      return assertNever(check);
  }
}
