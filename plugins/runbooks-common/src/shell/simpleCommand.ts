import { isLocal, isUnknown, type Verdict } from './effects/verdict';
import { steersCommands } from './effects/wrappers/settings';
import type { SimpleCommand } from './parse';

/** The variable that a command is given and that may make it, or later ones, another command; undefined where none. */
export function steeringVariable(node: SimpleCommand): string | undefined {
  for (const part of node.prefix) {
    if (part.type !== 'Assignment') continue;
    const value = part.value.type === 'Word' ? part.value.value : undefined;
    if (steersCommands(part.name, value)) return part.name;
  }
  return undefined;
}

/** What assignments and redirections without a command do. */
export function judgeNameless(
  node: SimpleCommand,
  steering: string | undefined,
): Verdict {
  if (steering)
    return isUnknown(`sets ${steering}, which changes what later commands do`);
  const names = node.prefix.flatMap(one =>
    one.type === 'Assignment' ? [one.name] : [],
  );
  return isLocal(
    names.length > 0 ? `sets ${names.join(', ')}` : 'opens or empties files',
  );
}

/** Whether a command only empties what it is redirected to: `> file`, `: > file`, `cat /dev/null > file`, `echo -n > file`. */
export function printsNothing(node: SimpleCommand): boolean {
  const words = node.args.map(arg => (arg.type === 'Word' ? arg.value : '='));
  switch (node.name?.value) {
    case undefined:
    case ':':
    case 'true':
      return true;
    case 'cat':
      return words.length === 1 && words[0] === '/dev/null';
    case 'echo':
    case 'printf':
      return words.every(word => word === '' || word === '-n');
    default:
      return false;
  }
}
