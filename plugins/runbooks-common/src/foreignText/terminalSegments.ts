import { bounded, TOO_MANY_MARKS } from './bounded';
import { foreignSegments, visibleText } from './foreignSegments';
import type { ForeignSegment } from './model';
import type { TerminalPiece } from './TerminalLine';
import { terminalPieces } from './terminalPieces';

/**
 * Divides what a program wrote for a terminal, as `foreignSegments` does; colours are removed, what would have been
 * written over is kept as such, codes that move elsewhere and addresses of links show.
 *
 * @public
 */
export function terminalSegments(output: string): ForeignSegment[] {
  const segments = joined(terminalPieces(output)).flatMap(segmentsOf);
  const { first, rest } = bounded(segments);
  if (!rest) return segments;
  return [...first, { kind: 'marked', text: rest.text, says: TOO_MANY_MARKS }];
}

/** Output as copy and export have it: what the page shows, character by character. @public */
export function visibleOutput(output: string): string {
  return terminalSegments(output)
    .map(segment => segment.text)
    .join('');
}

/**
 * What a person who looks at a terminal would read at the end, for expectations that name what is printed: without
 * what was written over and without codes.
 *
 * @public
 */
export function lastWrittenText(output: string): string {
  return (
    joined(terminalPieces(output))
      .filter(piece => piece.kind === 'text')
      .map(piece => piece.text)
      .join('')
      // eslint-disable-next-line no-control-regex
      .replace(/[\u0000-\u0008\u000b-\u001f\u007f]/g, '')
  );
}

function segmentsOf(piece: TerminalPiece): ForeignSegment[] {
  if (piece.kind === 'text') return foreignSegments(piece.text);
  const text = visibleText(piece.text);
  return piece.kind === 'code'
    ? [{ kind: 'marked', text, says: piece.says }]
    : [{ kind: 'overwritten', text, says: 'was written over' }];
}

/** Neighbours of one kind as one, so that a colour code in a word does not divide it. */
function joined(pieces: readonly TerminalPiece[]): TerminalPiece[] {
  const result: TerminalPiece[] = [];
  let texts: string[] = [];
  pieces.forEach((piece, index) => {
    if (piece.kind === 'code') {
      result.push(piece);
      return;
    }
    texts.push(piece.text);
    if (pieces[index + 1]?.kind !== piece.kind) {
      result.push({ kind: piece.kind, text: texts.join('') });
      texts = [];
    }
  });
  return result;
}
