import type { RootContent } from 'mdast';
import { kindOfLine } from '../../shell/lineKinds';
import { readFenceLine, type FenceLine } from './fenceLine';
import { move, parseTree } from './parseTree';

const MARKDOWN = /^\{?\.?(?:markdown|md|mdx|rst|asciidoc|adoc)\b/i;

/** Lines of the document, the first and the last one. */
export interface Piece {
  from: number;
  to: number;
}

/** Where a block was meant to end, and where what follows begins. */
interface Split {
  end: number;
  rest: number;
}

/** The lines of a document, and where its fences divide them. */
export class FencePieces {
  readonly #lines: readonly string[];
  readonly #fences: ReadonlyArray<FenceLine | undefined>;
  readonly #offsets: readonly number[];

  constructor(lines: readonly string[]) {
    this.#lines = lines;
    this.#fences = lines.map(readFenceLine);
    let offset = 0;
    this.#offsets = lines.map(line => {
      const at = offset;
      offset += line.length + 1;
      return at;
    });
  }

  /** Divides the lines of a block where blocks in it were meant to end; one piece where all is well. */
  piecesOf(first: number, last: number): Piece[] {
    const pieces: Piece[] = [];
    let from = first;
    let line = first;
    while (line <= last) {
      const opening = this.#fences[line - 1];
      const found = opening && this.#endOf(line, opening, last);
      if (!opening) line += 1;
      else if (found === undefined) line = last + 1;
      else if (typeof found === 'number') line = found + 1;
      else {
        pieces.push({ from, to: found.end });
        from = found.rest;
        line = found.rest;
      }
    }
    return [...pieces, { from, to: last }];
  }

  /** Reads a piece by itself; its last block ends with it. */
  parse({ from, to }: Piece): RootContent[] {
    const lines = this.#lines.slice(from - 1, to);
    while (lines.length > 0 && lines[lines.length - 1].trim() === '') {
      lines.pop();
    }
    if (lines.length === 1 && this.#fences[from - 1]) return [];
    const { children } = parseTree(lines.join('\n'));
    move(children, { line: from - 1, offset: this.#offsets[from - 1] ?? 0 });
    return children;
  }

  /** The line that closes a block, or where it was meant to end; undefined where nothing tells. */
  #endOf(
    open: number,
    opening: FenceLine,
    last: number,
  ): number | Split | undefined {
    let tooShort: number | undefined;
    for (let line = open + 1; line <= last; line += 1) {
      const fence = this.#fences[line - 1];
      if (!fence) continue;
      if (fence.info === '' && closes(fence, opening)) return line;
      if (fence.info === '') tooShort ??= line;
      if (isOpener(fence, opening)) {
        if (tooShort !== undefined) break;
        const split = before(this.#lines, open + 1, line);
        return split ?? { end: line - 1, rest: line };
      }
    }
    return tooShort === undefined
      ? before(this.#lines, open + 1, last + 1)
      : { end: tooShort - 1, rest: tooShort + 1 };
  }
}

function closes(fence: FenceLine, opening: FenceLine): boolean {
  return (
    fence.marks[0] === opening.marks[0] &&
    fence.marks.length >= opening.marks.length
  );
}

/** A fence with a language opens a block. Markdown that is shown and longer marks may hold one rightly. */
function isOpener(fence: FenceLine, opening: FenceLine): boolean {
  return (
    /^[A-Za-z{.][\w.+#-]*(?:[ \t{,:].*)?$/.test(fence.info) &&
    closes(fence, opening) &&
    fence.marks.length === opening.marks.length &&
    !MARKDOWN.test(opening.info)
  );
}

/** The first line after an empty one that reads like the document again and not like code. */
function before(
  lines: readonly string[],
  from: number,
  until: number,
): Split | undefined {
  for (let line = from; line < until; line += 1) {
    if (lines[line - 2].trim() === '' || line === from) {
      if (isDocument(lines, line, until)) return { end: line - 1, rest: line };
    }
  }
  return undefined;
}

function isDocument(
  lines: readonly string[],
  line: number,
  until: number,
): boolean {
  const text = lines[line - 1];
  if (/^#{2,6}[ \t]+\S/.test(text)) {
    const next = lines[line] ?? '';
    return line + 1 >= until || next.trim() === '' || !isCode(next);
  }
  return (
    /^\*\*[^*]+\*\*:?\s*$/.test(text) ||
    (kindOfLine(text) === 'prose' && /^[A-Z][^|]*[.:]$/.test(text))
  );
}

/** In a script `## Copy the files` stands right above what it says. */
function isCode(line: string): boolean {
  return /^(?:command|perhaps|joint|comment)$/.test(kindOfLine(line));
}
