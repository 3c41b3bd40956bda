import { endless } from './effects/interactive';
import type { Interactive } from './model';
import { childrenOf, type ShellNode } from './parse';

/** Why a loop never ends by itself; undefined where it may end. */
export function endlessLoop(
  node: Extract<ShellNode, { type: 'While' }>,
): Interactive | undefined {
  const [condition] = node.clause.commands;
  const name =
    condition?.command.type === 'Command'
      ? condition.command.name?.value ?? ''
      : '';
  const always =
    node.kind === 'while' ? /^(true|:|sleep)$/.test(name) : name === 'false';
  return always &&
    node.clause.commands.length === 1 &&
    !holdsBreak(node.body, 0)
    ? endless('a loop that never ends by itself')
    : undefined;
}

function holdsBreak(node: ShellNode, depth: number): boolean {
  if (depth > 50) return true;
  if (
    node.type === 'Command' &&
    /^(break|exit|return)$/.test(node.name?.value ?? '')
  )
    return true;
  return childrenOf(node).some(child => holdsBreak(child, depth + 1));
}
