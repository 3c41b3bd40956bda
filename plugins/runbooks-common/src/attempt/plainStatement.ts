import {
  childrenOf,
  type ShellNode,
  type ShellScript,
  type SimpleCommand,
} from '../shell/parse';

/** Commands joined by pipes, in a statement that holds nothing but such. */
export interface PlainPipeline {
  /** How many commands it joins; 1 where there is no pipe. */
  parts: number;
  /** The next pipeline runs only where this one ends well (`&&`). */
  guardsNext: boolean;
}

/** Say something by their exit code; in front of `&&` they are a condition. */
const CONDITIONS = /^(\[|test|command|which|type|hash|cmp|pgrep)$/;
/** Change how bash goes on, or run a text that cannot be seen here. */
const STEERING = /^(trap|eval)$/;
const LOOK = /\$\{?\?|PIPESTATUS/;

/**
 * The pipelines of a statement that is nothing but commands, pipes and `&&`: no loop, condition, `||`, `!`, group,
 * subshell, function or background job. Undefined where it is more.
 */
export function plainPipelines(
  statement: ShellNode,
): PlainPipeline[] | undefined {
  if (statement.type !== 'Statement' || statement.background) return undefined;
  if (isSteering(statement)) return undefined;
  const { command } = statement;
  const list = command.type === 'AndOr' ? command.commands : [command];
  if (command.type === 'AndOr' && command.operators.includes('||')) {
    return undefined;
  }
  const pipelines: PlainPipeline[] = [];
  for (const [index, node] of list.entries()) {
    const commands = plainCommands(node);
    if (!commands) return undefined;
    const guardsNext = index < list.length - 1;
    if (guardsNext && commands.some(isCondition)) return undefined;
    pipelines.push({ parts: commands.length, guardsNext });
  }
  return pipelines;
}

/** True where a statement has substitutions, and each is one pipeline of plain commands. */
export function hasPlainSubstitutions(node: ShellNode): boolean {
  const substitutions = substitutionsIn(node);
  return (
    substitutions.length > 0 &&
    substitutions.every(script => {
      if (script?.commands.length !== 1) return false;
      return plainPipelines(script.commands[0])?.length === 1;
    })
  );
}

/** True where a text looks at how its commands ended, or tells bash how to go on: nothing stops it at a failure. */
export function handlesFailures(script: ShellScript, text: string): boolean {
  return LOOK.test(text) || isSteering(script);
}

/**
 * True for a statement that looks at how the one before it ended (`$?`), so that its failure is handled. Printing it
 * handles nothing.
 */
export function isLookedAt(statement: ShellNode, text: string): boolean {
  if (!LOOK.test(text.slice(statement.pos, statement.end))) return false;
  const command =
    statement.type === 'Statement' ? statement.command : statement;
  const name = command.type === 'Command' ? command.name?.value : undefined;
  return name !== 'echo' && name !== 'printf';
}

function isSteering(node: ShellNode): boolean {
  if (node.type === 'Command') {
    const words = wordsOf(node);
    const name = /^(builtin|command)$/.test(words[0]) ? words[1] : words[0];
    if (name !== undefined && STEERING.test(name)) return true;
    if (name === 'set' && words.some(word => word.startsWith('+'))) return true;
  }
  return childrenOf(node).some(isSteering);
}

function plainCommands(node: ShellNode): SimpleCommand[] | undefined {
  if (node.type === 'Command') return [node];
  if (node.type !== 'Pipeline') return undefined;
  if (node.prefixes.some(prefix => prefix.type === 'Negation'))
    return undefined;
  const commands: SimpleCommand[] = [];
  for (const command of node.commands) {
    if (command.type !== 'Command') return undefined;
    commands.push(command);
  }
  return commands;
}

function isCondition(command: SimpleCommand): boolean {
  const [name, ...words] = wordsOf(command);
  if (name === undefined) return false;
  const isQuietSearch =
    /grep$/.test(name) &&
    words.some(word => /^(-[a-zA-Z]*q|--quiet)/.test(word));
  return CONDITIONS.test(name) || isQuietSearch;
}

function wordsOf(command: SimpleCommand): string[] {
  const { name, args } = command;
  return [
    ...(name ? [name.value] : []),
    ...args.map(arg => (arg.type === 'Word' ? arg.value : arg.text)),
  ];
}

/** Of all depths; undefined for one that could not be parsed. */
function substitutionsIn(node: ShellNode): Array<ShellScript | undefined> {
  const own =
    node.type === 'CommandExpansion' ||
    node.type === 'ProcessSubstitution' ||
    node.type === 'ArithmeticCommandExpansion'
      ? [node.script]
      : [];
  return [...own, ...childrenOf(node).flatMap(substitutionsIn)];
}
