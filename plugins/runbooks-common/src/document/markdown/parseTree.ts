import type { Node, Root, RootContent } from 'mdast';
import { fromMarkdown } from 'mdast-util-from-markdown';
import { gfmFromMarkdown } from 'mdast-util-gfm';
import { gfm } from 'micromark-extension-gfm';

/** Shortest piece that is parsed by itself; shorter ones would only cost their own beginning. */
const LEAST_PIECE_CHARACTERS = 16_384;
/** Definitions of links go with every piece; a piece is at least this many times longer. */
const PIECE_TO_DEFINITIONS = 4;
const HEADING = /^#{1,6}[ \t]/;
/** Good enough to leave out what stands in code; nothing else hangs on it. */
const FENCE = /^[ \t>]*(?:`{3}|~{3})/;
const DEFINITION = /^ {0,3}\[[^\]\n]+\]:[ \t]*\S/;

/**
 * Parses Markdown with GitHub's extensions, in pieces that begin at headings, because the time of the parser grows
 * with the square of the length where there are many lists. The tree is the one that the whole text would give, with
 * positions in the whole text.
 *
 * A heading at the margin ends everything but a fenced block and raw HTML; a piece that ends in one of these is
 * parsed again together with what follows.
 *
 * @param leastPiece - shortest piece, in characters
 * @throws what the parser throws, for instance where the stack is too small for the nesting
 */
export function parseTree(
  text: string,
  leastPiece = LEAST_PIECE_CHARACTERS,
): Root {
  const lines = text.split('\n');
  const prefix = definitionsOf(lines);
  const least = Math.max(leastPiece, prefix.length * PIECE_TO_DEFINITIONS);
  const children: RootContent[] = [];
  let start: Place = { line: 0, offset: 0 };
  while (start.line < lines.length) {
    const piece = nextPiece(lines, start, least, prefix);
    for (const node of piece.children) children.push(node);
    start = piece.end;
  }
  return { type: 'root', children };
}

/** How many lines and characters come before something. */
export interface Place {
  /** Counts from 0. */
  line: number;
  offset: number;
}

/** Definitions of links hold in the whole document: they go before every piece, cut off from it by a comment. */
function definitionsOf(lines: readonly string[]): string {
  let isFenced = false;
  const definitions = lines.filter(line => {
    if (FENCE.test(line)) isFenced = !isFenced;
    return !isFenced && DEFINITION.test(line);
  });
  return definitions.length === 0
    ? ''
    : `${definitions.join('\n')}\n\n<!-- -->\n\n`;
}

function nextPiece(
  lines: readonly string[],
  start: Place,
  least: number,
  prefix: string,
): { children: RootContent[]; end: Place } {
  for (let wanted = least; ; wanted *= 2) {
    const end = endOfPiece(lines, start, wanted);
    const text = lines.slice(start.line, end.line).join('\n');
    const isLast = end.line === lines.length;
    const isWhole = isLast && start.line === 0;
    const children = isWhole
      ? parse(text).children
      : parseAfter(prefix, text, start);
    if (isLast || !mayGoOn(children.at(-1))) return { children, end };
  }
}

function parseAfter(prefix: string, text: string, start: Place): RootContent[] {
  const children = parse(prefix + text).children.filter(
    node => (node.position?.start.offset ?? 0) >= prefix.length,
  );
  move(children, {
    line: start.line - (prefix.split('\n').length - 1),
    offset: start.offset - prefix.length,
  });
  return children;
}

/** The first heading at the margin that stands after a blank line and far enough from the start. */
function endOfPiece(
  lines: readonly string[],
  start: Place,
  wanted: number,
): Place {
  let { line, offset } = start;
  while (line < lines.length) {
    const isFar = offset - start.offset >= wanted;
    if (isFar && HEADING.test(lines[line]) && lines[line - 1].trim() === '') {
      break;
    }
    offset += lines[line].length + 1;
    line += 1;
  }
  return { line, offset };
}

/** Whether what follows could belong to the last node of a piece; sometimes says so without need. */
function mayGoOn(last: RootContent | undefined): boolean {
  return last?.type === 'code' || last?.type === 'html';
}

function parse(text: string): Root {
  return fromMarkdown(text, {
    extensions: [gfm()],
    mdastExtensions: [gfmFromMarkdown()],
  });
}

/** Gives nodes that were parsed by themselves their places in the whole text. */
export function move(children: readonly Node[], by: Place): void {
  const waiting = [...children];
  while (waiting.length > 0) {
    const node = waiting.pop()!;
    if (node.position) {
      for (const point of [node.position.start, node.position.end]) {
        point.line += by.line;
        point.offset = (point.offset ?? 0) + by.offset;
      }
    }
    if ('children' in node) {
      for (const child of node.children as Node[]) waiting.push(child);
    }
  }
}
