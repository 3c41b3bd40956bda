import type { VariableValues } from './leaves';
import { childrenOf, type ShellNode } from './parse';
import { literalOf } from './variables';
import type { Argument } from './words';

/** What the arguments of a call are inside of what it calls. */
export interface HandedArguments {
  /** `$1` and so on; none where they may become others. */
  values: Array<[string, VariableValues]>;
  /** What `"$@"` is at an offset of the body; undefined where that is not sure. */
  handedAt(pos: number): readonly Argument[] | undefined;
  /** Whether they stay what they are but for shifts that are followed. */
  isSure: boolean;
}

interface Shift {
  end: number;
  count: number;
}

/** Commands that may give a script or function other arguments, or run text that does. */
const MAY_CHANGE = new Set(
  'set getopts eval source . builtin command trap shift'.split(' '),
);

/**
 * The arguments of a call inside of the body that it runs. `shift` is followed where it stands straight in the body;
 * behind anything else that may change them nothing is sure.
 *
 * @param maySource - The files that it sources leave them alone.
 */
export function handedArguments(
  body: ShellNode,
  args: readonly Argument[],
  maySource = false,
): HandedArguments {
  const shifts = shiftsOf(body, args, maySource);
  const isSure =
    shifts !== undefined && args.every(one => one.certainty !== 'words');
  if (!shifts || !isSure)
    return { values: [], handedAt: () => undefined, isSure };
  const words = args.map(one => ({ ...one, start: -1, end: -1 }));
  return {
    isSure,
    values: shifts.length > 0 ? [] : positionsOf(words),
    handedAt: pos => {
      const gone = shifts
        .filter(one => one.end <= pos)
        .reduce((sum, one) => sum + one.count, 0);
      return gone > words.length ? undefined : words.slice(gone);
    },
  };
}

/** Whether what a body does depends on its arguments. */
export function readsArguments(body: ShellNode): boolean {
  let found = false;
  const visit = (node: ShellNode, depth: number) => {
    if (found || depth > 100) return;
    if (node.type === 'Word' && /\$(?:[0-9@*]|\{[!#]?[0-9@*])/.test(node.text))
      found = true;
    if (node.type === 'Command' && node.name?.value === 'shift') found = true;
    for (const child of childrenOf(node)) visit(child, depth + 1);
  };
  visit(body, 0);
  return found;
}

/** `$1` to `$9`; those that are not given are empty. */
function positionsOf(
  args: readonly (Argument | undefined)[],
): Array<[string, VariableValues]> {
  return [...args, ...Array<undefined>(Math.max(0, 9 - args.length))]
    .slice(0, 9)
    .flatMap((one, index): Array<[string, VariableValues]> => {
      const literals = one?.alternatives ?? [one?.value ?? ''];
      if (one && one.certainty !== 'exact' && !one.alternatives) return [];
      return [
        [
          String(index + 1),
          {
            literals: [...literals],
            unknown: false,
            tame: true,
            parameter: false,
            loop: literals.length > 1,
            given: true,
          },
        ],
      ];
    });
}

/** Its shifts; undefined where its arguments may become others in another way. */
function shiftsOf(
  body: ShellNode,
  args: readonly Argument[],
  maySource: boolean,
): Shift[] | undefined {
  const straight = new Set(straightCommands(body));
  const shifts: Shift[] = [];
  let isSure = true;
  const visit = (node: ShellNode, depth: number) => {
    if (!isSure || depth > 100) {
      isSure = false;
      return;
    }
    // A function has arguments of its own.
    if (node.type === 'Function') return;
    if (node.type === 'Command' && node.name) {
      const shift =
        node.name.value === 'shift' && straight.has(node)
          ? shiftOf(node)
          : undefined;
      if (shift) shifts.push(shift);
      else if (mayChange(node, args, maySource)) isSure = false;
    }
    for (const child of childrenOf(node)) visit(child, depth + 1);
  };
  visit(body, 0);
  return isSure ? shifts : undefined;
}

function mayChange(
  { name, args: words }: Extract<ShellNode, { type: 'Command' }>,
  args: readonly Argument[],
  maySource: boolean,
): boolean {
  if (!name) return false;
  const literal = literalOf(name);
  if (literal === undefined) return args.some(one => MAY_CHANGE.has(one.value));
  if (maySource && /^(?:source|\.)$/.test(literal)) return false;
  if (literal === 'command') return !/^-[vV]$/.test(words[0]?.text ?? '');
  if (literal === 'set')
    return !words.every(one => /^[-+][a-zA-Z]+$|^pipefail$/.test(one.text));
  return MAY_CHANGE.has(literal);
}

function shiftOf(
  node: Extract<ShellNode, { type: 'Command' }>,
): Shift | undefined {
  const [count, ...more] = node.args.map(one => one.text);
  if (more.length > 0 || (count !== undefined && !/^\d$/.test(count)))
    return undefined;
  return { end: node.end, count: Number(count ?? 1) };
}

/** The commands that a body runs one after the other, once each. */
function straightCommands(node: ShellNode): ShellNode[] {
  switch (node.type) {
    case 'Script':
    case 'BraceGroup':
      return childrenOf(node).flatMap(straightCommands);
    case 'CompoundList':
      return node.commands.flatMap(straightCommands);
    case 'Statement':
      return node.background ? [] : straightCommands(node.command);
    case 'Command':
      return [node];
    default:
      return [];
  }
}
