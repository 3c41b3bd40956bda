import { isDeclaring } from './bashTable';
import { type Definitions, definitionsOf } from './definitions';
import type {
  EarlierTexts,
  ShellLeaves,
  VariableValues,
  WorkingFolder,
} from './leaves';
import { holdsMask, type Mask, unmask } from './masks';
import {
  childrenOf,
  parseShell,
  type ShellNode,
  type ShellScript,
} from './parse';
import type { Places } from './places';
import { namesIn, type VariableAssignment, valuesOf } from './variables';

/** Functions beyond this many characters are not remembered: what calls of them do is then unknown. */
const MAX_DEFINITIONS = 8_000;
/** More texts than these for one variable are as good as any text. */
const MAX_LITERALS = 50;
const AT_HOME: WorkingFolder = { inWorkspace: true, depth: 0 };

/**
 * Remembers what texts leave that run one after the other in one shell: variables, functions, the folder.
 *
 * Any of the texts may have been skipped, so a variable may hold what each of them left; only a doubt about what it
 * holds ends with a text that surely assigns it anew.
 */
export class ShellSession implements EarlierTexts {
  readonly variables = new Map<string, VariableValues>();
  definitions = '';
  folder = AT_HOME;

  /** Adds what one more text leaves. */
  after(leaves: ShellLeaves): void {
    for (const [name, values] of leaves.variables) {
      const before = this.variables.get(name);
      this.variables.set(
        name,
        before ? either(before, values, leaves.sure.has(name)) : values,
      );
    }
    if (
      leaves.definitions !== '' &&
      this.definitions.length + leaves.definitions.length < MAX_DEFINITIONS
    )
      this.definitions += `${leaves.definitions}\n`;
    if (leaves.folder) this.folder = leaves.folder;
  }

  /** From here on somebody may begin anew, in the folder where everything began. */
  beginsAnew(): void {
    this.folder = AT_HOME;
  }
}

/** A variable that may hold what it held before or what it is given now. */
export function either(
  before: VariableValues,
  now: VariableValues,
  isSure: boolean,
): VariableValues {
  const literals = [...new Set([...before.literals, ...now.literals])];
  const tooMany = literals.length > MAX_LITERALS;
  return {
    literals: tooMany ? [] : literals,
    unknown: now.unknown || before.unknown || tooMany,
    tame: now.tame && (isSure || before.tame) && !tooMany,
    numeric: isNumeric(now) && isNumeric(before) && !tooMany,
    parameter: now.parameter || before.parameter,
    loop: now.loop && before.loop,
    ...(now.needs || before.needs
      ? { needs: [...(now.needs ?? []), ...(before.needs ?? [])] }
      : {}),
    ...(now.template === before.template && now.template !== undefined
      ? { template: now.template }
      : {}),
  };
}

function isNumeric({ unknown, numeric }: VariableValues): boolean {
  return !unknown || numeric === true;
}

/** What is known in a text: what it assigns itself, and what earlier texts left of the variables that it names. */
export function knownValues(
  text: string,
  own: ReadonlyMap<string, VariableValues>,
  overwritten: ReadonlySet<string>,
  earlier: EarlierTexts | undefined,
  defaults: ReadonlyMap<string, string> | undefined,
): Map<string, VariableValues> {
  const values = new Map(own);
  if (!earlier && !defaults) return values;
  const names = namesIn(`${text} ${earlier?.definitions ?? ''}`);
  // Names that are added here are visited too.
  for (const name of names) {
    const mine = own.get(name);
    const before = earlier?.variables.get(name) ?? byDefault(name, defaults);
    if (!before || (mine && overwritten.has(name))) continue;
    for (const inner of namesIn(before.template ?? '')) names.add(inner);
    values.set(name, mine ? either(before, mine, false) : before);
  }
  return values;
}

function byDefault(
  name: string,
  defaults: ReadonlyMap<string, string> | undefined,
): VariableValues | undefined {
  const literal = defaults?.get(name);
  return literal === undefined
    ? undefined
    : {
        literals: [literal],
        unknown: false,
        tame: true,
        parameter: true,
        loop: false,
      };
}

/** Variables that a text gives a value on its top level before it uses them. */
export function overwrittenIn(
  script: ShellScript,
  places: Places,
): Set<string> {
  const usedFrom = new Map<string, number>();
  for (const use of places.variables) {
    const at = use.inFunction ? -1 : use.start;
    usedFrom.set(use.name, Math.min(at, usedFrom.get(use.name) ?? Infinity));
  }
  const found = new Set<string>();
  for (const { command } of script.commands) {
    if (command.type !== 'Command') continue;
    const parts = command.name ? exportsOf(command) : command.prefix;
    for (const part of parts) {
      if (part.type !== 'Assignment' || part.append || part.index) continue;
      if (part.end <= (usedFrom.get(part.name) ?? Infinity))
        found.add(part.name);
    }
  }
  return found;
}

function exportsOf(command: Extract<ShellNode, { type: 'Command' }>) {
  const name = command.name?.value ?? '';
  // Outside of a function `local` gives nothing a value.
  return isDeclaring(name) && name !== 'local' ? command.args : [];
}

/** What a text leaves behind, of its own assignments, functions and changes of folder. */
export function leavesOf(
  parts: {
    script: ShellScript;
    masked: string;
    masks: readonly Mask[];
    assignments: readonly VariableAssignment[];
    parameters: ReadonlySet<string>;
    sure: ReadonlySet<string>;
  },
  folder: WorkingFolder,
): ShellLeaves {
  const lasting = parts.assignments.filter(one => !one.temporary);
  const variables = new Map<string, VariableValues>();
  for (const [name, values] of valuesOf(lasting)) {
    variables.set(name, withoutMasks(values, parts.parameters.has(name)));
  }
  return {
    variables,
    sure: parts.sure,
    definitions: definingNodes(parts.script)
      .map(({ pos, end }) => unmask(parts.masked.slice(pos, end), parts.masks))
      .join('\n'),
    folder,
  };
}

/** A placeholder in a value means nothing in another text: what somebody fills in is plain words. */
function withoutMasks(
  values: VariableValues,
  isParameter: boolean,
): VariableValues {
  const literals = values.literals.filter(text => !holdsMask(text));
  const filled = values.literals.filter(holdsMask);
  const isWhole = filled.some(text => /^[\ue000-\uf8fe]+$/.test(text));
  return {
    ...values,
    literals,
    unknown: values.unknown || filled.length > 0,
    numeric: values.numeric === true && filled.length === 0,
    tame: values.tame && filled.every(text => !/[\s*?[]|^-/.test(text)),
    parameter: isParameter || isWhole,
  };
}

function definingNodes(script: ShellScript): ShellNode[] {
  const found: ShellNode[] = [];
  const visit = (node: ShellNode, depth: number) => {
    if (depth > 20) return;
    if (
      node.type === 'Function' ||
      (node.type === 'Command' && node.name?.value === 'alias')
    ) {
      found.push(node);
      return;
    }
    for (const child of childrenOf(node)) visit(child, depth + 1);
  };
  visit(script, 0);
  return found;
}

const known = new WeakMap<
  EarlierTexts,
  { text: string; definitions: Definitions }
>();

/** The functions and aliases of earlier texts, parsed once for each state of a session. */
export function definitionsBefore(
  earlier: EarlierTexts | undefined,
): Definitions | undefined {
  if (!earlier || earlier.definitions === '') return undefined;
  const before = known.get(earlier);
  if (before?.text === earlier.definitions) return before.definitions;
  const definitions = definitionsOf(parseShell(earlier.definitions).script);
  known.set(earlier, { text: earlier.definitions, definitions });
  return definitions;
}
