/** Deepest nesting of quotes and lists that is given to the parser; nobody writes more by hand. */
export const MAX_NESTING = 16;

/** A list marker further right than this can only be part of such a nesting. */
const MAX_MARKER_COLUMN = MAX_NESTING * 3;

const LIST_MARKER = /^(?:[-*+]|\d{1,9}[.)])(?=[ \t]|$)/;

/**
 * Takes away quote and list markers that nest deeper than `MAX_NESTING`, because the time and the stack of the
 * Markdown parser grow with the square of the depth.
 *
 * ```text
 * > > > > > > > ... > > text
 *                   ^ from here on a marker becomes a blank
 * ```
 *
 * One pass over the text; offsets, lines and columns stay as they are.
 */
export function capNesting(source: string): {
  text: string;
  cappedLine?: number;
} {
  const lines = source.split('\n');
  let cappedLine: number | undefined;
  lines.forEach((line, index) => {
    const capped = capLine(line);
    if (capped !== undefined) {
      lines[index] = capped;
      cappedLine ??= index + 1;
    }
  });
  return cappedLine === undefined
    ? { text: source }
    : { text: lines.join('\n'), cappedLine };
}

function capLine(line: string): string | undefined {
  let at = 0;
  let depth = 0;
  let capped: string[] | undefined;
  while (at < line.length) {
    const char = line[at];
    if (char === ' ' || char === '\t') {
      at += 1;
      continue;
    }
    const length = markerLength(line, at);
    if (length === 0) break;
    depth += 1;
    if (depth > MAX_NESTING || (char !== '>' && at > MAX_MARKER_COLUMN)) {
      capped ??= [...line];
      capped.fill(' ', at, at + length);
    }
    at += length;
  }
  return capped?.join('');
}

function markerLength(line: string, at: number): number {
  if (line[at] === '>') return 1;
  return LIST_MARKER.exec(line.slice(at, at + 11))?.[0].length ?? 0;
}
