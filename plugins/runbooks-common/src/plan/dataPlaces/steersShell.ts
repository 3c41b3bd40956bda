import { BUILTINS } from '../../shell/bashTable';
import { steersCommands } from '../../shell/effects/wrappers/settings';
import { childrenOf, type ShellNode } from '../../shell/parse';
import { literalWord } from './DataWord';

/** Builtins of bash that make no other command, variable or input of what follows than their text says. */
const HARMLESS = new Set([
  ':',
  '[',
  'cd',
  'echo',
  'exit',
  'export',
  'false',
  'kill',
  'printf',
  'pwd',
  'test',
  'true',
  'wait',
]);

/**
 * Whether something in a script may make a command of the same shell another one, or read the words of the command
 * before (`$_`): functions, aliases, `eval`, `trap`, `exec`, commands that a variable names, settings that steer.
 */
export function steersShell(script: ShellNode, text: string): boolean {
  return /(?<!\w)_(?!\w)/.test(text) || steers(script, 0);
}

function steers(node: ShellNode, depth: number): boolean {
  if (depth > 100) return true;
  switch (node.type) {
    case 'Function':
    case 'Coproc':
      return true;
    case 'Assignment':
      if (steersCommands(node.name, undefined)) return true;
      break;
    case 'Command': {
      const name = node.name && literalWord(node.name);
      if (node.name && (name === undefined || !keepsShell(name, node)))
        return true;
      break;
    }
    default:
  }
  return childrenOf(node).some(child => steers(child, depth + 1));
}

function keepsShell(
  name: string,
  { args }: Extract<ShellNode, { type: 'Command' }>,
): boolean {
  if (name === 'set')
    return args.every(arg =>
      /^(?:[-+][euo]+|pipefail|errexit|nounset)$/.test(
        arg.type === 'Word' ? arg.value : '',
      ),
    );
  if (name === 'printf')
    return !args.some(arg => arg.type === 'Word' && /^-/.test(arg.value));
  if (name === 'export')
    return args.every(arg =>
      /^(?:[A-Za-z_]\w*)?$/.test(arg.type === 'Word' ? arg.value : ''),
    );
  return HARMLESS.has(name) || !BUILTINS.has(name);
}
