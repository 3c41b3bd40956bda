import type {
  Effect,
  Expectation,
  ExpectationCheck,
  PlannedStep,
  Step,
  StepRequirement,
  StepType,
} from '@backstage-runbooks/plugin-runbooks-common';
import { assertNever } from '@backstage-runbooks/plugin-runbooks-common';
import type { Tone } from '../../words/tone';

/** What a step is and does, the same on the procedure page and in a run. */
export interface StepView {
  id: string;
  number: string;
  title: string;
  type: StepType;
  typeLabel: string;
  line: number;
  effect: Effect;
  because: string;
  /** Reads values of Secrets. */
  secrets: boolean;
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
  tone: Tone;
  because?: string;
}

const TYPE_LABELS: Record<StepType, string> = {
  command: 'Command',
  manual: 'By hand',
  query: 'Query',
  link: 'Link',
};

/** A step as the document has it, with what a plan adds where there is one. */
export function stepView(
  step: Step,
  number: string,
  planned?: PlannedStep,
): StepView {
  if (planned) return plannedStepView(planned, number);
  return {
    ...step,
    number,
    typeLabel: TYPE_LABELS[step.type],
    secrets: Boolean(step.secrets),
    blanks: step.placeholders.map(({ start, end }) => ({ start, end })),
    commands: step.type === 'command' ? step.commands : [],
  };
}

/** A step with its values bound. */
export function plannedStepView(step: PlannedStep, number: string): StepView {
  return {
    ...step,
    number,
    typeLabel: TYPE_LABELS[step.type],
    text: step.display,
    blanks: [],
    commands: step.type === 'command' ? step.commands : [],
    requirement: requirementView(step.requires),
    bounded: step.boundedSeconds
      ? `Stopped by design after ${step.boundedSeconds} s`
      : undefined,
  };
}

/** What must happen before a step may run, in words. */
export function requirementView(requires: StepRequirement): RequirementView {
  switch (requires.kind) {
    case 'nothing':
      return { label: 'Runs at once', tone: 'neutral' };
    case 'approval':
      return {
        label: 'Needs an approval',
        tone: 'caution',
        because: requires.because,
      };
    case 'approval-and-confirmation':
      return {
        label: 'Needs an approval and a typed confirmation',
        tone: 'danger',
        because: requires.because,
      };
    default:
      return assertNever(requires);
  }
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
      return `${check.names.join(' and ')} are the same`;
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
