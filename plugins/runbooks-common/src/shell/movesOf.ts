import { childrenOf, type ShellNode, type ShellScript } from './parse';

const LEAVES_FOLDER = /^(?:cd|pushd|popd|eval)$/;

interface Moves {
  moves: boolean;
  /** Whether the folder may be another one where a node begins. */
  mayHaveMoved(node: { pos: number }): boolean;
}

/** Each call of a function asks again about the same script. */
const KNOWN = new WeakMap<ShellScript, Moves>();

/**
 * Where a script may leave the folder that it began in; what a subshell or `$(...)` does to it ends with that. Files
 * that it sources are not looked into.
 */
export function movesOf(script: ShellScript): Moves {
  const known = KNOWN.get(script) ?? readMoves(script);
  KNOWN.set(script, known);
  return known;
}

function readMoves(script: ShellScript): Moves {
  let first = Infinity;
  const again: Array<{ pos: number; end: number }> = [];
  const visit = (node: ShellNode, depth: number) => {
    if (depth > 100) {
      first = -1;
      return;
    }
    const isApart = node.type === 'Subshell' || node.type === 'Script';
    if (isApart && node !== script) return;
    if (
      node.type === 'Command' &&
      node.name &&
      LEAVES_FOLDER.test(node.name.value)
    )
      first = Math.min(first, node.end);
    if (/^(?:For|While|Select|Function|ArithmeticFor)$/.test(node.type))
      again.push({ pos: node.pos, end: node.end });
    for (const child of childrenOf(node)) visit(child, depth + 1);
  };
  visit(script, 0);
  return {
    moves: first !== Infinity,
    mayHaveMoved: ({ pos }) =>
      first !== Infinity &&
      (pos >= first || again.some(one => one.pos <= pos && pos < one.end)),
  };
}
