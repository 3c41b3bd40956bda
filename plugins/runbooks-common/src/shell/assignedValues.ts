import { hiddenAssignments, literalsIn } from './hiddenAssignments';
import type { VariableValues } from './leaves';
import { movesOf } from './movesOf';
import type { OwnPlace } from './ownPlace';
import {
  childrenOf,
  parseShell,
  type ShellNode,
  type ShellScript,
} from './parse';
import { climbsFromLink, type IsLink } from './climbsFromLink';
import { joinPaths } from './joinPaths';
import { assignmentsOf, type VariableAssignment, valuesOf } from './variables';
import {
  argumentsOf,
  assignedText,
  assignedStart,
  type Argument,
} from './words';
import { ANY_DIVIDER } from './wordDivision';
import { workspacePath } from './workspacePath';

/** What is known around a script whose variables are asked for. */
export interface AroundScript {
  /** What it was given: these values stand for what the names hold. */
  given: ReadonlyMap<string, VariableValues>;
  /** What variables hold that are not given yet. */
  held?: ReadonlyMap<string, VariableValues>;
  own?: Pick<OwnPlace, 'source' | 'zero'>;
  folders?: readonly string[];
  fileText?(path: string): string | undefined;
  /** What goes up from behind a link is no path that is known; missing where there are no links. */
  isLink?: IsLink;
}

/** What a script makes of its variables, and the scripts that it reads into its own shell. */
export interface AssignedValues {
  assignments: VariableAssignment[];
  values: Map<string, VariableValues>;
  sourced: ShellScript[];
  /** False where it cannot be told which variables the script binds: then no value is sure, given ones included. */
  isSure: boolean;
}

/** More assignments than these are not followed from one variable to the next. */
const MAX_FOLLOWED = 200;
const MAX_SOURCED = 10;

/**
 * What may be in each variable that a script gives a value, whatever way it is run. What one variable makes of another
 * is followed (`N="${RUNBOOKS_P_N}"`, `here=$(cd "$(dirname "$0")" && pwd)`); what `eval`, `trap` and files that are
 * sourced assign counts too. Where anything may be assigned, no value is sure.
 */
export function assignedValues(
  script: ShellScript,
  around: AroundScript,
): AssignedValues {
  const written = assignmentsOf(script);
  const literalsOf = literalsIn(
    written,
    new Map([...(around.held ?? []), ...around.given]),
  );
  const hidden = hiddenAssignments(script, literalsOf);
  const own = [...written, ...hidden.assignments];
  const first = followed(script, own, around);
  const sourced = around.fileText
    ? sourcedScripts(script, first, around, [])
    : [];
  const inSourced = sourced.map(one => ({
    assignments: assignmentsOf(one),
    hidden: hiddenAssignments(one, literalsOf),
  }));
  const further = inSourced.flatMap(one => [
    ...one.assignments,
    ...one.hidden.assignments,
  ]);
  const assignments = [
    ...further.map(({ word: _word, ...one }) => ({ ...one, pos: 0 })),
    ...own,
  ];
  const values =
    further.length === 0 ? first : followed(script, assignments, around);
  const isSure =
    !hidden.anything && !inSourced.some(one => one.hidden.anything);
  return {
    assignments,
    isSure,
    values: isSure
      ? values
      : new Map([
          ...[...values].map(([name, one]) => [name, unsure(one)] as const),
          ANY_DIVIDER,
        ]),
    sourced,
  };
}

/** A value that may have become any other. */
export function unsure(value: VariableValues): VariableValues {
  const { literals, parameter } = value;
  return { literals, parameter, unknown: true, tame: false, loop: false };
}

/** The values of assignments, those followed that are made of others. A later one may come round again in a loop. */
function followed(
  script: ShellScript,
  assignments: readonly VariableAssignment[],
  { given, own, isLink }: AroundScript,
): Map<string, VariableValues> {
  if (assignments.length > MAX_FOLLOWED) return valuesOf(assignments);
  const functions = functionsIn(script);
  const { moves, mayHaveMoved } = movesOf(script);
  const resolved = [...assignments];
  assignments.forEach((one, index) => {
    const { word } = one;
    if (one.literal !== undefined || !word) return;
    const values = new Map([...valuesOf(resolved), ...given]);
    // A function has arguments of its own.
    if (functions.some(({ pos, end }) => pos <= word.pos && word.pos < end))
      for (let name = 0; name < 10; name += 1) values.delete(String(name));
    const variables = {
      values,
      masks: [],
      base: undefined,
      ...(isLink ? { isLink } : {}),
      ...(own
        ? { own: { ...own, moves, mayHaveMoved: mayHaveMoved(word) } }
        : {}),
    };
    const literal = assignedText(word, variables);
    resolved[index] =
      literal === undefined
        ? { ...one, ...assignedStart(word, variables) }
        : { ...one, literal };
  });
  return valuesOf(resolved);
}

function functionsIn(script: ShellScript): ShellNode[] {
  const found: ShellNode[] = [];
  const visit = (node: ShellNode, depth: number) => {
    if (depth > 100) return;
    if (node.type === 'Function') found.push(node);
    for (const child of childrenOf(node)) visit(child, depth + 1);
  };
  visit(script, 0);
  return found;
}

/** The files that a script reads into its own shell, those that they read included. */
function sourcedScripts(
  script: ShellScript,
  values: ReadonlyMap<string, VariableValues>,
  around: AroundScript,
  seen: string[],
): ShellScript[] {
  const { moves, mayHaveMoved } = movesOf(script);
  const found: ShellScript[] = [];
  const visit = (node: ShellNode, depth: number) => {
    if (depth > 100) return;
    const word = sourcedWord(node);
    const [file] = word
      ? argumentsOf(word, {
          values: new Map([...values, ...around.given]),
          masks: [],
          base: undefined,
          ...(around.isLink ? { isLink: around.isLink } : {}),
          ...(around.own
            ? {
                own: {
                  ...around.own,
                  moves,
                  mayHaveMoved: mayHaveMoved(node),
                },
              }
            : {}),
        })
      : [];
    const paths = file ? pathsOf(file, around.folders, around.isLink) : [];
    for (const path of paths) {
      const text = around.fileText?.(path);
      if (text === undefined || seen.includes(path)) continue;
      if (seen.length >= MAX_SOURCED) continue;
      seen.push(path);
      const inner = parseShell(text).script;
      const own = { ...around.own, source: path };
      const its = followed(inner, assignmentsOf(inner), { ...around, own });
      found.push(
        inner,
        ...sourcedScripts(inner, its, { ...around, own }, seen),
      );
    }
    for (const child of childrenOf(node)) visit(child, depth + 1);
  };
  visit(script, 0);
  return found;
}

function sourcedWord(node: ShellNode) {
  if (node.type !== 'Command') return undefined;
  const words = [node.name, ...node.args].flatMap(one =>
    one?.type === 'Word' ? [one] : [],
  );
  const at = words.findIndex(one => /^(?:source|\.)$/.test(one.value));
  return at < 0 ? undefined : words[at + 1];
}

/** The paths from the root of the workspace that a word may mean; none where it may lead elsewhere through a link. */
export function pathsOf(
  path: Argument,
  folders: readonly string[] | undefined,
  isLink: IsLink | undefined,
): string[] {
  if (path.fromRoot !== undefined) return [path.fromRoot];
  if (path.certainty !== 'exact') return [];
  const absolute = workspacePath(path.value);
  if (absolute !== undefined) return [absolute];
  if (folders?.some(folder => climbsFromLink(folder, path.value, isLink)))
    return [];
  return (folders ?? []).flatMap(folder => joinPaths(folder, path.value) ?? []);
}
