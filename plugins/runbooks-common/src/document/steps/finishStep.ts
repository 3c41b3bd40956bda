import { readShell } from '../../shell';
import type { EarlierTexts, ShellLeaves, ShellReading } from '../../shell';
import { nameByAssignment } from '../parameters/nameByAssignment';
import { queryPlaceholders } from '../parameters/queryPlaceholders';
import { EMPTY_OUTPUT, readExpectation } from '../expectations/readExpectation';
import type { Step } from '../model';
import type { StepDraft } from './stepDraft';
import { templateWordIn } from './templateWord';

/** What stands around a step in its procedure. */
export interface StepPlace {
  id: string;
  /** What earlier steps of the procedure leave by running. */
  earlier: EarlierTexts;
  observeOnly: boolean;
  /** Literals that the document gives to variables, by name. */
  defaults: ReadonlyMap<string, string>;
  /** Variables that name commands anywhere in the document. */
  namesOfCommands: ReadonlySet<string>;
  /** Names of placeholders that stand for what a variable of the document holds. */
  otherNames: ReadonlyMap<string, string>;
}

/** A step with what it leaves to the steps after it when it runs. */
export interface FinishedStep {
  step: Step;
  leaves?: ShellLeaves;
}

/** Makes a step of a draft: its effect with the reason, its parameters, and whether a person must do it. */
export function finishStep(draft: StepDraft, place: StepPlace): FinishedStep {
  const base = {
    id: place.id,
    title: draft.title,
    line: draft.line,
    text: draft.text,
    ...(draft.block === undefined ? {} : { block: draft.block }),
    ...(draft.condition ? { condition: draft.condition } : {}),
    ...(draft.notes.length > 0 ? { note: draft.notes.join('\n\n') } : {}),
    ...expectationOf(draft),
  };
  switch (draft.type) {
    case 'command':
      return commandStep(draft, base, place);
    case 'query':
      return { step: queryStep(base, draft.language) };
    case 'link':
      return {
        step: {
          ...byHand(base),
          type: 'link',
          because: 'a person opens the page',
        },
      };
    default:
      return {
        step: {
          ...byHand(base),
          ...(draft.manualBecause
            ? { manualBecause: draft.manualBecause }
            : {}),
        },
      };
  }
}

type Base = Omit<
  Step,
  'type' | 'effect' | 'because' | 'parameters' | 'placeholders' | 'commands'
>;

function byHand(base: Base): Step {
  return {
    ...base,
    type: 'manual',
    effect: 'local',
    because: 'done by hand',
    parameters: [],
    placeholders: [],
    commands: [],
  };
}

function commandStep(
  draft: StepDraft,
  base: Base,
  place: StepPlace,
): FinishedStep {
  const reading = readShell(draft.text, {
    language: draft.language ?? 'bash',
    earlier: place.earlier,
    defaultsBefore: place.defaults,
    namesOfCommands: place.namesOfCommands,
    otherNames: place.otherNames,
  });
  if (!reading.shell) return { step: notShell(base, reading) };
  const manualBecause = draft.manualBecause ?? whyByHand(reading, place);
  const placeholders = nameByAssignment(reading.runnable, reading.placeholders);
  const step: Step = {
    ...base,
    type: manualBecause === undefined ? 'command' : 'manual',
    text: reading.runnable,
    language: 'bash',
    effect: reading.effect,
    because: reading.because,
    ...(reading.secrets ? { secrets: true } : {}),
    ...(reading.interactive ? { interactive: reading.interactive } : {}),
    parameters: [...new Set(placeholders.map(({ parameter }) => parameter))],
    placeholders,
    commands: reading.commands,
    ...(manualBecause === undefined ? {} : { manualBecause }),
    ...ofOneCommand(base, reading.commands.length),
  };
  return {
    step,
    ...(manualBecause === undefined ? { leaves: reading.leaves } : {}),
  };
}

/** "Should return empty" is said of one command; several print together. */
function ofOneCommand(base: Base, commands: number): Pick<Step, 'expectation'> {
  if (!base.expectation || commands <= 1) return {};
  const checks = base.expectation.checks.filter(
    check => !(check.kind === 'matches' && check.pattern === EMPTY_OUTPUT),
  );
  return { expectation: { ...base.expectation, checks } };
}

function notShell(base: Base, reading: ShellReading): Step {
  if (reading.otherwise === 'sql' || reading.otherwise === 'promql') {
    return queryStep(base, reading.otherwise);
  }
  return {
    ...byHand(base),
    manualBecause: `the text is not shell (${
      reading.otherwise ?? reading.because
    })`,
  };
}

/** A query is judged by what it says, prompts taken off; what cannot be told is `unknown`. */
function effectOfQuery(
  text: string,
  language: string | undefined,
): Pick<Step, 'effect' | 'because'> {
  const { shell, effect, because } = readShell(text, { language });
  return shell || effect === 'local'
    ? { effect: 'unknown', because: 'what the query does is not known' }
    : { effect, because };
}

function queryStep(base: Base, language: string | undefined): Step {
  const placeholders = queryPlaceholders(base.text);
  return {
    ...byHand(base),
    type: 'query',
    placeholders,
    parameters: [...new Set(placeholders.map(({ parameter }) => parameter))],
    ...(language ? { language } : {}),
    ...effectOfQuery(base.text, language),
  };
}

function whyByHand(
  reading: ShellReading,
  place: StepPlace,
): string | undefined {
  if (place.observeOnly) {
    const refused = refusedInObserveOnly(reading);
    if (refused !== undefined) return refused;
  }
  if (reading.interactive && !reading.interactive.remedy) {
    return reading.interactive.because;
  }
  const template = templateWordIn(reading.commands);
  return template === undefined
    ? undefined
    : `${template} only shows how it is written: put in what you mean, and run it yourself`;
}

/** Why a text may not run where the document says that nothing is changed; undefined where it only looks. */
function refusedInObserveOnly(
  reading: Pick<ShellReading, 'commands' | 'effect' | 'because'>,
): string | undefined {
  const connects = reading.commands.some(command =>
    command.writes?.some(({ verb }) => verb === 'connect'),
  );
  if (connects) {
    return 'this document only observes, and exec into a container is not observing';
  }
  const changes = reading.effect !== 'read' && reading.effect !== 'local';
  return changes
    ? `this document only observes: ${reading.because}`
    : undefined;
}

function expectationOf(draft: StepDraft): Pick<Step, 'expectation'> {
  const [first, ...rest] = draft.expected ?? [];
  if (!first) return {};
  const text = [first, ...rest].map(part => part.text).join('\n\n');
  return { expectation: readExpectation(text, first.line) };
}
