import type { Effect } from '../effect';
import { lineOfOffset, lineStartsOf } from '../lineOfOffset';
import { assignedValues, unsure, type AssignedValues } from './assignedValues';
import { either, overwrittenIn } from './earlierTexts';
import { isWorse, unknownOf, type Verdict } from './effects/verdict';
import type { IsLink } from './climbsFromLink';
import { evaluatedNames } from './hiddenEvaluation';
import type { SeenCall } from './judgeCall';
import { type JudgedCommand, judgeScript } from './judgeScript';
import type { SeenRedirect } from './judgingContext';
import type { VariableValues } from './leaves';
import type { ShellCommand } from './model';
import { childrenOf, parseShell, type ShellNode } from './parse';
import { placesOf, type Places } from './places';
import { possibleFolders } from './possibleFolders';
import { MAX_SHELL_TEXT } from './readShell';
import { isShellVariable, namesIn, valuesOf } from './variables';
import { hidesCommand } from './hidesCommand';

/** What is known around a text that bash is given. */
export interface BoundTextInput {
  /** Values by the names that the text reads them by. */
  environment: Readonly<Record<string, string>>;
  /** Variables that have a value which is not told here: it is not known yet, or it is secret. */
  untold: ReadonlySet<string>;
  /** The text of a file by its path from the root of the workspace. */
  fileText(path: string): string | undefined;
  /** What goes up from behind a link is no path that is known; missing where there are no links. */
  isLink?: IsLink;
  /** Where it may begin, from the root of the workspace; undefined where that is not known. */
  folders: readonly string[] | undefined;
}

/** What a text that bash is given does with the values that it has. */
export interface BoundReading {
  /** The worst of all that it does. */
  effect: Effect;
  because: string;
  /** The first of it that cannot be told, whatever is worse: then it may do anything. Undefined where all can be told. */
  unknown?: string;
  commands: ShellCommand[];
  /** Every call, those in functions, in nested text and in scripts of the workspace included. */
  calls: SeenCall[];
  /** What input and output are redirected to, and what `[[ ]]` looks at. */
  redirects: SeenRedirect[];
  /** Whether bash may put the names of files in the place of a word. */
  asksForNames: boolean;
  /** Names that stand in places whose content bash evaluates as code, where that content is not known. */
  evaluates: string[];
  /** Variables that it reads and does not surely assign first. */
  reads: string[];
  /** Variables that it gives a value. */
  assigns: string[];
  /** Variables that it gives a value which its text does not tell. */
  derives: string[];
  /** False where it was not read at all: then nothing but its effect counts. */
  isRead: boolean;
  /** Where it may end. */
  folders: readonly string[] | undefined;
}

/**
 * Judges the text that bash is given, as bash reads it: nothing in it is a placeholder, and a variable stands for its
 * value. A variable that has none is empty, as in bash.
 *
 * Never throws. What cannot be told is `unknown`.
 */
export function judgeBoundText(
  text: string,
  input: BoundTextInput,
): BoundReading {
  if (text.length > MAX_SHELL_TEXT) {
    return unread(
      `has ${text.length} characters; at most ${MAX_SHELL_TEXT} are read`,
    );
  }
  try {
    return judge(text, input);
  } catch (error) {
    return unread(`cannot be read: ${String(error)}`);
  }
}

function judge(text: string, input: BoundTextInput): BoundReading {
  const { script, errors } = parseShell(text);
  const places = placesOf(script, text.length);
  const plain = assignedValues(script, {
    given: new Map(),
    held: heldIn(input),
    fileText: input.fileText,
    ...(input.isLink ? { isLink: input.isLink } : {}),
    ...(input.folders ? { folders: input.folders } : {}),
  });
  const { assignments, sourced } = plain;
  const sure = new Set([
    ...overwrittenIn(script, places),
    ...loopVariables(script, places),
  ]);
  const reads = readsOf(script, places, sure);
  const given = valuesIn(plain, sure, reads, input);
  const { values: own } = assignedValues(script, {
    given,
    fileText: input.fileText,
    ...(input.isLink ? { isLink: input.isLink } : {}),
    ...(input.folders ? { folders: input.folders } : {}),
  });
  const calls: SeenCall[] = [];
  const redirects: BoundReading['redirects'] = [];
  const evaluates = new Set<string>();
  let asksForNames = false;
  const judged = judgeScript(script, {
    masks: [],
    values: new Map([...own, ...given]),
    sourced,
    text,
    ...(input.folders ? { folders: input.folders } : {}),
    fileText: input.fileText,
    ...(input.isLink ? { isLink: input.isLink } : {}),
    untold: input.untold,
    onCall: call => calls.push(call),
    onEvaluated: ({ pos, end }) => {
      for (const name of namesIn(text.slice(pos, end))) evaluates.add(name);
    },
    onRedirect: redirect => redirects.push(redirect),
    onNamesOfFiles: () => {
      asksForNames = true;
    },
  });
  const lines = lineStartsOf(text);
  const commands = judged.commands.map(one => toCommand(one, text, lines));
  const worst = commands.reduce<{ effect: Effect; because: string }>(
    (a, b) => (isWorse(b.effect, a.effect) ? b : a),
    commands[0] ?? { effect: 'local', because: 'does nothing' },
  );
  const unreadable = unreadableBecause(text, errors);
  const unknown =
    unreadable ??
    firstUnknown([
      ...judged.commands.map(({ verdict }) => verdict),
      ...calls.flatMap(({ where, verdict }) =>
        where === 'here' ? verdict : [],
      ),
    ]);
  return {
    ...(unreadable !== undefined && isWorse('unknown', worst.effect)
      ? { effect: 'unknown', because: unreadable }
      : { effect: worst.effect, because: worst.because }),
    ...(unknown === undefined ? {} : { unknown }),
    commands,
    calls,
    redirects,
    asksForNames,
    evaluates: [...evaluates],
    reads,
    assigns: [
      ...new Set(assignments.flatMap(one => (one.temporary ? [] : one.name))),
    ],
    derives: [...valuesOf(assignments)].flatMap(([name, value]) =>
      value.unknown ? name : [],
    ),
    isRead: true,
    folders: possibleFolders(
      script,
      text,
      input.folders,
      undefined,
      input.isLink,
    ),
  };
}

function unreadableBecause(
  text: string,
  errors: ReturnType<typeof parseShell>['errors'],
): string | undefined {
  if (errors.length > 0) return `cannot be read as shell: ${errors[0].message}`;
  return hidesCommand(text)
    ? 'a command stands inside of a pattern'
    : undefined;
}

/**
 * The first that cannot be told. What a pod is told to execute is no such: whatever it does there, exactly these words
 * are let through.
 */
function firstUnknown(verdicts: readonly Verdict[]): string | undefined {
  for (const verdict of verdicts) {
    const because = unknownOf(verdict);
    const isListed = verdict.writes?.some(({ verb }) => verb === 'connect');
    if (because !== undefined && !isListed) return because;
  }
  return undefined;
}

function heldIn({ environment }: BoundTextInput): Map<string, VariableValues> {
  return new Map(
    Object.entries(environment).map(([name, value]) => [
      name,
      {
        literals: [value],
        unknown: false,
        tame: true,
        parameter: false,
        loop: false,
      },
    ]),
  );
}

function valuesIn(
  { values: own, isSure }: Pick<AssignedValues, 'values' | 'isSure'>,
  sure: ReadonlySet<string>,
  reads: readonly string[],
  { environment, untold }: BoundTextInput,
): Map<string, VariableValues> {
  const values = new Map<string, VariableValues>();
  // Words are divided in another way then, or anything may have been bound.
  const isUsual = isSure && !own.has('IFS');
  const put = (name: string, value: string) => {
    const mine = own.get(name);
    if (mine && sure.has(name)) return;
    const given: VariableValues = {
      literals: [value],
      unknown: !isUsual,
      tame: isUsual,
      parameter: false,
      loop: false,
      given: isUsual,
    };
    values.set(name, mine ? either(given, mine, false) : given);
  };
  for (const [name, value] of Object.entries(environment)) put(name, value);
  for (const name of untold) {
    const mine = own.get(name);
    if (mine && !sure.has(name)) values.set(name, unsure(mine));
  }
  for (const name of reads) {
    if (!own.has(name) && !values.has(name) && !untold.has(name)) put(name, '');
  }
  return values;
}

/** Variables of loops that are used nowhere but in their loop: `for x in a b`, `while read -r x`. */
function loopVariables(
  script: ShellNode & { type: 'Script' },
  places: Places,
): string[] {
  const found: string[] = [];
  const visit = (node: ShellNode, depth: number) => {
    if (depth > 100) return;
    for (const name of namesOfLoop(node)) {
      const isInside = places.variables
        .filter(use => use.name === name)
        .every(use => node.pos <= use.start && use.end <= node.end);
      if (isInside) found.push(name);
    }
    for (const child of childrenOf(node)) visit(child, depth + 1);
  };
  visit(script, 0);
  return found;
}

function namesOfLoop(node: ShellNode): string[] {
  if (node.type === 'For') return [node.name.value];
  if (node.type !== 'While') return [];
  const { commands } = node.clause;
  const [first] = commands.length === 1 ? commands : [];
  const command = first?.command;
  if (command?.type !== 'Command' || command.name?.value !== 'read') return [];
  return command.args.flatMap(arg =>
    arg.type === 'Word' && /^[A-Za-z_]\w*$/.test(arg.value) ? arg.value : [],
  );
}

function readsOf(
  script: ShellNode & { type: 'Script' },
  places: Places,
  sure: ReadonlySet<string>,
): string[] {
  const names = new Set(places.variables.map(({ name }) => name));
  const visit = (node: ShellNode, depth: number) => {
    if (depth > 100) return;
    // `$((REPLICAS + 1))` reads a variable too.
    if (node.type === 'ArithmeticWord')
      names.add(node.value.replace(/^\$\{?|\}$/g, ''));
    for (const name of evaluatedNames(node)) names.add(name);
    for (const child of childrenOf(node)) visit(child, depth + 1);
  };
  visit(script, 0);
  return [...names]
    .filter(name => !isShellVariable(name) && !sure.has(name))
    .sort();
}

function toCommand(
  { start, end, verdict, tool }: JudgedCommand,
  text: string,
  lines: readonly number[],
): ShellCommand {
  return {
    text: text.slice(start, end),
    start,
    end: Math.min(end, text.length),
    line: lineOfOffset(lines, start),
    effect: verdict.effect,
    because: verdict.because,
    ...(verdict.secrets ? { secrets: true } : {}),
    ...(tool === undefined ? {} : { tool }),
    ...(verdict.writes === undefined ? {} : { writes: verdict.writes }),
    ...(verdict.interactive ? { interactive: verdict.interactive } : {}),
  };
}

function unread(because: string): BoundReading {
  return {
    effect: 'unknown',
    because,
    unknown: because,
    commands: [
      { text: '', start: 0, end: 0, line: 1, effect: 'unknown', because },
    ],
    calls: [],
    redirects: [],
    asksForNames: true,
    evaluates: [],
    reads: [],
    assigns: [],
    derives: [],
    isRead: false,
    folders: undefined,
  };
}
