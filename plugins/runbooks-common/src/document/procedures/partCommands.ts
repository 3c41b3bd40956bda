import type { RootContent } from 'mdast';
import type { OutlinePart } from './outline';
import type { ProcedurePlace } from './procedureDrafts';

/** The blocks and the prose of a part that holds commands; nothing of a part that holds none. */
export function commandsOnly(
  part: OutlinePart,
  place: ProcedurePlace,
): RootContent[] {
  const holds = part.nodes.some(
    node => node.type === 'code' && runsAsStep(part, place, node),
  );
  return holds
    ? part.nodes.filter(
        node => node.type === 'code' || node.type === 'paragraph',
      )
    : [];
}

/** In "Expected output" an unlabelled block that reads like a command is still output. */
export function runsAsStep(
  part: OutlinePart,
  place: ProcedurePlace,
  node: Extract<RootContent, { type: 'code' }>,
): boolean {
  if (!place.blocks.runs(node)) return false;
  return (
    part.role !== 'expectation' ||
    /^(?:bash|sh|shell|zsh)$/i.test(node.lang ?? '')
  );
}
