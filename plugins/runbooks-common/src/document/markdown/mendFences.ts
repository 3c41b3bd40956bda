import type { Root } from 'mdast';
import { FencePieces } from './fencePieces';

/**
 * Takes apart what stands in a code block only because its fence was never closed.
 *
 * ````text
 * ```bash
 * systemctl restart relay
 *                              <- here the block was meant to end
 * ## Afterwards
 * ```bash                      <- a fence cannot be opened inside of one
 * ````
 *
 * Only the blocks of the first level are mended: within a list or a quote a fence ends with it. Positions are those
 * of `source`, of which `root` is the tree.
 */
export function mendFences(root: Root, source: string): Root {
  const fences = new FencePieces(source.split('\n'));
  const children = root.children.flatMap(node => {
    const { start, end } = node.position ?? {};
    if (node.type !== 'code' || !start || !end) return [node];
    const pieces = fences.piecesOf(start.line, end.line);
    return pieces.length < 2
      ? [node]
      : pieces.flatMap(piece => fences.parse(piece));
  });
  return { ...root, children };
}
