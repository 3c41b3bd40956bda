import {
  childrenOf,
  parseShell,
  type ShellNode,
  type SimpleCommand,
} from '../../shell/parse';
import { dataArguments, type DataArgument } from './dataArguments';
import { dataWordsOf, literalWord } from './DataWord';
import { steersShell } from './steersShell';

/** A quoted expansion that reaches its program as data, in one argument, and nothing that is read once more. */
export interface DataPlace extends Pick<DataArgument, 'accepts'> {
  /** Offsets of the expansion into the text. */
  start: number;
  end: number;
  /** Whether what it holds begins the argument. */
  beginsWord: boolean;
}

/**
 * The places of a text that bash gets where any value may stand: quoted, in a word of a simple command that
 * `dataArguments` lists, whose output is shown and not read by another command. There are none in a text that may
 * change what its commands are.
 */
export function dataPlacesOf(text: string): DataPlace[] {
  const { script, errors } = parseShell(text);
  if (errors.length > 0 || steersShell(script, text)) return [];
  return commandsShown(script, 0).flatMap(command => placesIn(command));
}

function placesIn(command: SimpleCommand): DataPlace[] {
  const name = command.name && literalWord(command.name);
  const words = dataWordsOf(command);
  if (name === undefined || !words) return [];
  return dataArguments(name, words).flatMap(({ word, accepts }) =>
    word.expansions.map(expansion => ({
      ...expansion,
      // What is expanded before it may be empty.
      beginsWord: word.head === '',
      ...(accepts ? { accepts } : {}),
    })),
  );
}

/** The simple commands of which no other one reads the output. */
function commandsShown(node: ShellNode, depth: number): SimpleCommand[] {
  if (depth > 100) return [];
  const within = (...nodes: readonly ShellNode[]) =>
    nodes.flatMap(one => commandsShown(one, depth + 1));
  switch (node.type) {
    case 'Script':
    case 'CompoundList':
    case 'AndOr':
      return within(...node.commands);
    case 'Statement':
      return node.background ? [] : within(node.command);
    case 'If':
      return within(...childrenOf(node));
    case 'Elif':
      return within(node.clause, node.then);
    case 'For':
      return within(node.body);
    case 'Pipeline':
      return node.commands.flatMap((command, index) =>
        node.commands.slice(index + 1).every(isShown) ? within(command) : [],
      );
    case 'Command':
      return node.prefix.length === 0 && node.redirects.every(keepsOutput)
        ? [node]
        : [];
    default:
      return [];
  }
}

//   | head -5
/** Programs that do nothing but show what they read. */
function isShown(node: ShellNode): boolean {
  if (node.type !== 'Command' || node.prefix.length > 0) return false;
  const name = node.name && literalWord(node.name);
  return (
    /^(?:cat|grep|head|tail|wc)$/.test(name ?? '') &&
    node.redirects.every(keepsOutput) &&
    dataWordsOf(node) !== undefined
  );
}

//   >/dev/null   2>&1
function keepsOutput(redirect: SimpleCommand['redirects'][number]): boolean {
  if (redirect.type !== 'Redirect' || !redirect.target) return false;
  const target = literalWord(redirect.target);
  return redirect.operator === '>&'
    ? /^[12]$/.test(target ?? '')
    : /^(?:>|>>|&>)$/.test(redirect.operator) && target === '/dev/null';
}
