import type { Effect } from '../effect';
import { lineOfOffset, lineStartsOf } from '../lineOfOffset';
import { doesElsewhere, type Elsewhere } from './elsewhere';
import { bareMasks } from './bareWords';
import {
  definitionsBefore,
  knownValues,
  leavesOf,
  overwrittenIn,
} from './earlierTexts';
import { isWorse } from './effects/verdict';
import type { EarlierTexts, ShellLeaves, VariableValues } from './leaves';
import { type JudgedCommand, judgeScript } from './judgeScript';
import { applyMasks, type Mask, unmask, withoutMaskCharacters } from './masks';
import type {
  Interactive,
  PlaceholderUse,
  ShellCommand,
  ShellProblem,
  ShellReading,
} from './model';
import { parseShell, type ShellScript, type ShellSyntaxError } from './parse';
import {
  assignmentPlaceholders,
  maskedPlaceholders,
  variablePlaceholders,
} from './placeholders';
import { placesOf } from './places';
import { runnablePart } from './runnablePart';
import { layoutOf } from './statements';
import { scanText, type TextScan } from './textScan';
import { hidesCommand } from './hidesCommand';
import {
  assignmentsOf,
  functionsOf,
  valuesOf,
  type VariableAssignment,
} from './variables';

const NOTHING: ReadonlySet<string> = new Set();
const LEAVES_NOTHING: ShellLeaves = {
  variables: new Map(),
  sure: NOTHING,
  definitions: '',
};

/** Text beyond this many characters is not read: it is unknown as a whole. @public */
export const MAX_SHELL_TEXT = 64 * 1024;

/** What is known around a text. @public */
export interface ReadShellOptions {
  /** The info string of its fence, as written. */
  language?: string;
  /** What texts that run before it in the same shell leave: a value they assign has to be supplied by nobody. */
  earlier?: EarlierTexts;
  /** Literal values of variables from other blocks, and values that a person chose, by name. */
  defaultsBefore?: ReadonlyMap<string, string>;
  /** Variables that name commands elsewhere in the document, and so are nobody's choice. */
  namesOfCommands?: ReadonlySet<string>;
  /** Other names for placeholders, where the document calls one thing by two names. */
  otherNames?: ReadonlyMap<string, string>;
}

/**
 * Reads shell text: what it is, what each of its commands does, and what a reader must supply.
 *
 * Never throws and runs in time about linear to the text. What cannot be told is `unknown`, never `read`; a text
 * that is not shell says what it is instead and is not run. It informs people and policies; it is not a border:
 * that is the gateway.
 *
 * @public
 */
export function readShell(
  source: string,
  options: ReadShellOptions = {},
): ShellReading {
  if (source.length > MAX_SHELL_TEXT) {
    return unreadable(
      source,
      'too-long',
      `The text has ${source.length} characters; at most ${MAX_SHELL_TEXT} are read.`,
    );
  }
  try {
    return readText(source, options);
  } catch (error) {
    // Nesting that exhausts the stack of whoever runs this is not worth a crash, and is nothing to run either.
    return unreadable(
      source,
      'unreadable',
      `The text cannot be read: ${String(error)}`,
    );
  }
}

function readText(source: string, options: ReadShellOptions): ShellReading {
  const text = withoutMaskCharacters(
    source.replace(/\r(?=\n)/g, ' ').replace(/\u00a0/g, ' '),
  );
  const part = runnablePart(text, options.language);
  if (!part.shell) {
    const judged = doesElsewhere(text, part.otherwise, judgeCommand);
    return notShell(text, part.otherwise, judged);
  }
  return readCommands(part.runnable, part.problems, options);
}

function readCommands(
  runnable: string,
  problems: ShellProblem[],
  options: ReadShellOptions,
): ShellReading {
  const scan = scanText(runnable);
  const { masked, script, errors, ...found } = maskAndParse(runnable, scan);
  const masks = found.masks.map(mask => ({
    ...mask,
    parameter: options.otherNames?.get(mask.parameter) ?? mask.parameter,
  }));
  const { earlier } = options;
  const assignments = assignmentsOf(script);
  const known = {
    assignments,
    isAssignedBefore: (name: string) =>
      earlier?.variables.get(name)?.parameter === false,
    namesOfCommands: options.namesOfCommands ?? NOTHING,
  };
  const places = placesOf(script, runnable.length);
  const settings = assignmentPlaceholders(script, masked, known, places);
  const parameters = new Set(settings.map(({ parameter }) => parameter));
  const sure = overwrittenIn(script, places);
  const values = knownValues(
    runnable,
    ownValues(assignments, parameters),
    sure,
    earlier,
    options.defaultsBefore,
  );
  const judged = judgeScript(script, {
    masks,
    values,
    earlier: definitionsBefore(earlier),
    folder: earlier?.folder,
  });
  const layout = layoutOf(script, scan, runnable);
  const placeholders = [
    ...maskedPlaceholders(masks, places, runnable),
    ...variablePlaceholders(places, runnable, known),
    ...settings.map(use => ({
      ...use,
      written: runnable.slice(use.start, use.end),
    })),
  ]
    .map(use => withNesting(use, judged.nested))
    .sort((a, b) => a.start - b.start);
  const lines = lineStartsOf(runnable);
  const commands = judged.commands.map(command =>
    toCommand(command, runnable, lines, masks),
  );
  const worst = worstOf(commands, errors, runnable);
  return {
    shell: true,
    effect: worst.effect,
    because: worst.because,
    secrets: commands.some(command => command.secrets === true),
    runnable,
    commands,
    placeholders,
    ...pickInteractive([
      ...commands.flatMap(one => one.interactive ?? []),
      ...judged.interactive,
    ]),
    assigns: [
      ...new Set([
        ...assignments.flatMap(one => (one.temporary ? [] : one.name)),
        ...functionsOf(script),
      ]),
    ],
    leaves: leavesOf(
      { script, masked, masks, assignments, parameters, sure },
      judged.folder,
    ),
    ...layout,
    problems: [
      ...problems,
      ...syntaxProblems(errors, runnable),
      ...typingProblems(runnable, scan),
    ],
  };
}

/** Placeholders are masked before parsing; those that look like ordinary words need a first parse to be found. */
function maskAndParse(
  runnable: string,
  scan: TextScan,
): {
  masks: Mask[];
  masked: string;
  script: ShellScript;
  errors: ShellSyntaxError[];
} {
  const first = applyMasks(runnable, scan.masks);
  const parsed = parseShell(first);
  const bare = bareMasks(parsed.script, first).filter(
    mask => !scan.masks.some(other => overlaps(mask, other)),
  );
  if (bare.length === 0) return { masks: scan.masks, masked: first, ...parsed };
  const masks = [...scan.masks, ...bare].sort((a, b) => a.start - b.start);
  const masked = applyMasks(runnable, masks);
  return { masks, masked, ...parseShell(masked) };
}

function overlaps(a: Mask, b: Mask): boolean {
  return a.start < b.end && b.start < a.end;
}

function ownValues(
  assignments: readonly VariableAssignment[],
  parameters: ReadonlySet<string>,
): Map<string, VariableValues> {
  const values = valuesOf(assignments);
  for (const name of parameters) {
    const known = values.get(name);
    if (known) known.parameter = true;
  }
  return values;
}

function withNesting(
  use: PlaceholderUse,
  nested: ReadonlyArray<{ start: number; end: number; because: string }>,
): PlaceholderUse {
  if (
    use.place === 'none' ||
    use.place === 'assignment' ||
    use.place === 'nested'
  )
    return use;
  const around = nested.find(
    one => one.start <= use.start && use.end <= one.end,
  );
  return around
    ? {
        ...use,
        place: 'nested',
        quoted: use.place,
        because: `interpreted again by ${around.because}`,
      }
    : use;
}

function toCommand(
  { start, end, verdict, tool }: JudgedCommand,
  runnable: string,
  lines: readonly number[],
  masks: readonly Mask[],
): ShellCommand {
  const show = (text: string) => unmask(text, masks);
  return {
    text: runnable.slice(start, end),
    start,
    end: Math.min(end, runnable.length),
    line: lineOfOffset(lines, start),
    effect: verdict.effect,
    because: show(verdict.because),
    ...(verdict.secrets ? { secrets: true } : {}),
    ...(tool === undefined ? {} : { tool: show(tool) }),
    ...(verdict.writes === undefined ? {} : { writes: verdict.writes }),
    ...(verdict.interactive ? { interactive: verdict.interactive } : {}),
  };
}

function worstOf(
  commands: readonly ShellCommand[],
  errors: readonly ShellSyntaxError[],
  text: string,
): { effect: Effect; because: string } {
  let worst: { effect: Effect; because: string } = {
    effect: 'local',
    because: 'does nothing',
  };
  for (const [index, command] of commands.entries()) {
    if (index === 0 || isWorse(command.effect, worst.effect)) worst = command;
  }
  if (errors.length > 0 && isWorse('unknown', worst.effect)) {
    return {
      effect: 'unknown',
      because: `cannot be read as shell: ${errors[0].message}`,
    };
  }
  if (hidesCommand(text) && isWorse('unknown', worst.effect)) {
    return {
      effect: 'unknown',
      because: 'a command stands inside of a pattern',
    };
  }
  return { effect: worst.effect, because: worst.because };
}

function pickInteractive(found: readonly Interactive[]): {
  interactive?: Interactive;
} {
  const interactive = found.find(one => !one.remedy) ?? found[0];
  return interactive ? { interactive } : {};
}

function syntaxProblems(
  errors: readonly ShellSyntaxError[],
  text: string,
): ShellProblem[] {
  const lines = lineStartsOf(text);
  return errors.slice(0, 10).map(({ message, pos }) => {
    const start = Math.max(0, Math.min(pos, text.length));
    return {
      code: 'syntax',
      message: `Line ${lineOfOffset(
        lines,
        start,
      )} is not valid shell (${message}); what it does is not known.`,
      start,
      end: Math.min(text.length, start + 1),
    };
  });
}

const TYPOGRAPHY =
  /(?<=\s)[\u2013\u2014\u2212](?=[A-Za-z])|[\u201c\u201d\u2018\u2019]/g;

/** Dashes and quotes of a word processor, which a shell does not take for its own. */
function typingProblems(runnable: string, scan: TextScan): ShellProblem[] {
  const problems: ShellProblem[] = [];
  for (const match of runnable.matchAll(TYPOGRAPHY)) {
    const start = match.index;
    if (
      scan.regions.some(region => region.start <= start && start < region.end)
    )
      continue;
    problems.push({
      code: 'typography',
      message: `"${
        match[0]
      }" is not the character that a shell understands here; write ${
        /[\u2013\u2014\u2212]/.test(match[0])
          ? '"-" or "--"'
          : 'a straight quote'
      }.`,
      start,
      end: start + 1,
    });
    if (problems.length >= 10) break;
  }
  return problems;
}

/** Judges a command that stands for what is typed into a client. */
function judgeCommand(command: string): Elsewhere {
  return readCommands(command, [], {});
}

function notShell(
  text: string,
  otherwise: string,
  { effect, because }: Elsewhere,
): ShellReading {
  return {
    shell: false,
    otherwise,
    effect,
    because,
    secrets: false,
    runnable: text.replace(/[^\n]/g, ' '),
    commands: [],
    placeholders: [],
    assigns: [],
    leaves: LEAVES_NOTHING,
    statements: [],
    comments: otherwise === 'comment' ? commentsOnly(text) : [],
    problems: [],
  };
}

function commentsOnly(text: string): ShellReading['comments'] {
  return scanText(text)
    .regions.filter(region => region.state === 'comment')
    .map(({ start, end }) => ({
      start,
      end,
      text: text
        .slice(start, end)
        .replace(/^#+!?\s*/, '')
        .trimEnd(),
    }));
}

function unreadable(text: string, code: string, message: string): ShellReading {
  return {
    shell: true,
    effect: 'unknown',
    because: 'was not read',
    secrets: false,
    runnable: text,
    commands: [],
    placeholders: [],
    assigns: [],
    leaves: LEAVES_NOTHING,
    statements: [],
    comments: [],
    problems: [{ code, message, start: 0, end: text.length }],
  };
}
