/** Behind this many pieces the rest is one, so that no text can fill a page with marks. */
const MAX_PIECES = 10_000;

/** The first pieces, and the text of all others in one; undefined where there are no others. */
export function bounded<Piece extends { text: string }>(
  pieces: readonly Piece[],
): { first: readonly Piece[]; rest?: { text: string; pieces: Piece[] } } {
  if (pieces.length <= MAX_PIECES) return { first: pieces };
  const rest = pieces.slice(MAX_PIECES);
  return {
    first: pieces.slice(0, MAX_PIECES),
    rest: { text: rest.map(piece => piece.text).join(''), pieces: rest },
  };
}

/** What the piece says that stands for all others. */
export const TOO_MANY_MARKS = 'has more marks than can be named one by one';
