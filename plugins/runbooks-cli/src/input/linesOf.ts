/** Longer lines are no evidence: an output is kept in full up to 256 MiB, and nothing else comes near. */
const MAX_LINE_BYTES = 300 * 1024 * 1024;

/** The lines of bytes that come in pieces, without their ends; a last line without one counts. @throws for a line that is too long. */
export async function* linesOf(
  pieces: AsyncIterable<Buffer> | Iterable<Buffer>,
): AsyncGenerator<string> {
  let held: Buffer[] = [];
  let heldBytes = 0;
  for await (const piece of pieces) {
    let start = 0;
    for (
      let end = piece.indexOf(10);
      end >= 0;
      end = piece.indexOf(10, start)
    ) {
      yield Buffer.concat([...held, piece.subarray(start, end)]).toString(
        'utf8',
      );
      held = [];
      heldBytes = 0;
      start = end + 1;
    }
    if (start < piece.length) held.push(piece.subarray(start));
    heldBytes += piece.length - start;
    if (heldBytes > MAX_LINE_BYTES) {
      throw new Error(`a line is longer than ${MAX_LINE_BYTES} bytes`);
    }
  }
  if (heldBytes > 0) yield Buffer.concat(held).toString('utf8');
}
