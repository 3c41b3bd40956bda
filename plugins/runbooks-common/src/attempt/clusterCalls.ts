import {
  childrenOf,
  parseShell,
  type ShellNode,
  type ShellScript,
  type ShellWord,
  type SimpleCommand,
} from '../shell/parse';
import { CLUSTER_PROGRAMS } from './clusterPrograms';
import { isLookedAt } from './plainStatement';

/** A call of kubectl, of one of its other names or of helm that stands in a shell text. @public */
export interface ClusterCall {
  /** As written. */
  text: string;
  /** Its words from the program on; undefined stands for any number of words that the text does not tell. */
  words: Array<string | undefined>;
  /** Bash handles its failure: it stands in a condition, behind `!`, in front of `||`, or its `$?` is looked at. */
  caught: boolean;
}

/** A call with the offset of the statement that it stands in. */
type PlacedCall = ClusterCall & { pos: number };

const PROGRAM = new RegExp(`^(?:.*\\/)?(${CLUSTER_PROGRAMS.join('|')})$`);
const SHELL = /^(?:.*\/)?(?:ba|da|k|z)?sh$/;
/** `kubectl get x && break` asks whether it ends well. */
const LEAVES = /^(?:break|continue|return|exit)$/;
/** Functions that call one another in a condition are followed this far. */
const MAX_ROUNDS = 5;
/** `bash -c "bash -c ..."` is read this deep. */
const MAX_TEXTS = 3;

/**
 * The calls of kubectl and helm in a text, those in loops, groups, functions, substitutions and `bash -c '...'`
 * included. A substitution is handled by what stands in it, and not by the command around it, unless that is nothing
 * but an assignment: `[ -z "$(kubectl get pods)" ]` says "yes" too when kubectl failed.
 */
export function clusterCalls(script: ShellScript, text: string): PlacedCall[] {
  let asked = new Set<string>();
  for (let round = 1; ; round += 1) {
    const reading: Reading = { text, asked, calls: [], askedNow: new Set() };
    visitAll(script.commands, reading, false, 0);
    if (reading.askedNow.size === asked.size || round === MAX_ROUNDS) {
      return reading.calls;
    }
    asked = reading.askedNow;
  }
}

interface Reading {
  text: string;
  /** Names that stand where bash handles a failure: functions among them. */
  asked: ReadonlySet<string>;
  askedNow: Set<string>;
  calls: PlacedCall[];
  /** Where the outer text holds this one, if it is in an argument. */
  at?: number;
}

/** Statements one after the other: the one before a look at `$?` is handled. */
function visitAll(
  nodes: readonly ShellNode[],
  reading: Reading,
  caught: boolean,
  depth: number,
): void {
  nodes.forEach((node, index) => {
    const next = nodes[index + 1];
    const isHandled = next !== undefined && isLookedAt(next, reading.text);
    visit(node, reading, caught || isHandled, depth);
  });
}

function visit(
  node: ShellNode,
  reading: Reading,
  caught: boolean,
  depth: number,
): void {
  switch (node.type) {
    case 'Command':
      visitCommand(node, reading, caught, depth);
      return;
    case 'AndOr': {
      const lastOr = node.operators.lastIndexOf('||');
      node.commands.forEach((command, index) => {
        const next = node.commands[index + 1];
        const isAsked =
          index <= lastOr ||
          (next?.type === 'Command' && LEAVES.test(next.name?.value ?? ''));
        visit(command, reading, caught || isAsked, depth);
      });
      return;
    }
    case 'Pipeline': {
      const isNegated = node.prefixes.some(({ type }) => type === 'Negation');
      node.commands.forEach(one =>
        visit(one, reading, caught || isNegated, depth),
      );
      return;
    }
    case 'CompoundList':
    case 'Script':
      visitAll(node.commands, reading, caught, depth);
      return;
    case 'Function':
      visit(
        node.body,
        reading,
        caught || reading.asked.has(node.name.value),
        depth,
      );
      return;
    default:
      visitOthers(node, reading, caught, depth);
  }
}

/** Loops, conditions, groups: what decides whether they go on is a condition; a word is a place of its own. */
function visitOthers(
  node: ShellNode,
  reading: Reading,
  caught: boolean,
  depth: number,
): void {
  const clause = 'clause' in node ? node.clause : undefined;
  for (const child of childrenOf(node)) {
    const isWord = child.type === 'Word' && node.type !== 'Assignment';
    visit(child, reading, child === clause || (caught && !isWord), depth);
  }
}

function visitCommand(
  command: SimpleCommand,
  reading: Reading,
  caught: boolean,
  depth: number,
): void {
  const words = wordsOf(command);
  const [name] = words;
  if (caught && name !== undefined) reading.askedNow.add(name);
  const call = callOf(words);
  if (call) {
    reading.calls.push({
      text: reading.text.slice(command.pos, command.end),
      words: call,
      caught,
      pos: reading.at ?? command.pos,
    });
  }
  const isAssignment = !command.name;
  for (const child of childrenOf(command)) {
    visit(child, reading, isAssignment && caught, depth);
  }
  const inner = textIn(command);
  if (inner === undefined || depth >= MAX_TEXTS) return;
  const { script, errors } = parseShell(inner);
  if (errors.length > 0) return;
  visitAll(
    script.commands,
    { ...reading, text: inner, at: reading.at ?? command.pos },
    caught,
    depth + 1,
  );
}

/** From the program on: `timeout 5 kubectl get pods`, and `$KUBECTL get pods`, which may be anything. */
function callOf(
  words: Array<string | undefined>,
): Array<string | undefined> | undefined {
  const at = words.findIndex(word => word !== undefined && PROGRAM.test(word));
  if (at >= 0) {
    const program = PROGRAM.exec(words[at] ?? '')?.[1];
    const rest = words.slice(at + 1);
    // xargs and find put words behind.
    return [program, ...rest, ...(at > 0 ? [undefined] : [])];
  }
  return words.length > 0 && words[0] === undefined ? words : undefined;
}

/** The text that `bash -c '...'` and `eval "..."` run. */
function textIn(command: SimpleCommand): string | undefined {
  const words = [
    ...(command.name ? [command.name] : []),
    ...command.args.flatMap(arg => (arg.type === 'Word' ? [arg] : [])),
  ].map(({ value }) => value);
  if (words[0] === 'eval') return words.slice(1).join(' ');
  const shell = words.findIndex(word => SHELL.test(word));
  if (shell < 0) return undefined;
  const option = words.findIndex(
    (word, index) => index > shell && /^-[a-z]*c$/.test(word),
  );
  return option < 0 ? undefined : words[option + 1];
}

function wordsOf({ name, args }: SimpleCommand): Array<string | undefined> {
  return [
    ...(name ? [literalOf(name)] : []),
    ...args.map(arg => (arg.type === 'Word' ? literalOf(arg) : arg.text)),
  ];
}

/** The text of a word that bash changes nothing of but its quotes. */
function literalOf(word: ShellWord): string | undefined {
  if (word.text.startsWith('~')) return undefined;
  const isLiteral = (word.parts ?? []).every(
    part =>
      part.type === 'Literal' ||
      part.type === 'SingleQuoted' ||
      (part.type === 'DoubleQuoted' &&
        part.parts.every(({ type }) => type === 'Literal')),
  );
  return isLiteral ? word.value : undefined;
}
