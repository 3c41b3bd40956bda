import { isLocal, isUnknown, type Verdict } from './effects/verdict';
import { assertNever } from '../assertNever';
import type { Bound, BoundName } from './boundNames';
import { steersCommands, steersUntold } from './effects/wrappers/settings';
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

/** Why binding variables may make later commands other ones; undefined where it does not. */
export function steeringBecause(bound: Bound): string | undefined {
  if (bound === 'anything')
    return 'binds a variable whose name cannot be told from the text, which may change what later commands do';
  const found = bound.find(steers);
  if (!found) return undefined;
  const does = found.how === 'unset' ? 'takes away' : 'sets';
  return `${does} ${found.name}, which changes what later commands do`;
}

/** What the executor gives every step, and programs see. */
const GIVEN: ReadonlySet<string> = new Set(['PATH', 'HOME', 'KUBECONFIG']);

function steers({ name, how, value }: BoundName): boolean {
  switch (how) {
    case 'assigned':
      return steersCommands(name, value);
    case 'taken':
      return steersUntold(name);
    case 'declared':
      // Programs see it already, or it is what the text has assigned before.
      return !GIVEN.has(name) && steersCommands(name, 'cat');
    case 'unset':
      // Without one, bash takes programs from the working directory.
      return name === 'PATH';
    default:
      return assertNever(how);
  }
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
