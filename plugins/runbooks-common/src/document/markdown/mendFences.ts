import type { Code, Root } from 'mdast';
import { kindOfLine } from '../../shell/lineKinds';
import { move, parseTree } from './parseTree';

/** How often the length of a document is parsed again for the sake of fences; behind that they stay as they are. */
const MOST_TIMES_AGAIN = 4;

const MARKDOWN = /^\{?\.?(?:markdown|md|mdx|rst|asciidoc|adoc)\b/i;
const FENCE = /^ {0,3}(`{3,}|~{3,})[ \t]*([^`]*?)[ \t]*$/;

interface Fence {
  marks: string;
  info: string;
}

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
  const lines = source.split('\n');
  let left = MOST_TIMES_AGAIN * source.length;
  const children: Root['children'] = [];
  const waiting = [...root.children].reverse();
  for (let node = waiting.pop(); node; node = waiting.pop()) {
    const split =
      node.type === 'code' && left > 0 ? splitOf(node, lines) : undefined;
    if (node.type !== 'code' || !split) {
      children.push(node);
      continue;
    }
    const rest = restOf(node, split, lines);
    left -= rest.length;
    const { children: parsed } = parseTree(rest);
    move(parsed, {
      line: split.rest - 1,
      offset: offsetOf(lines, split.rest),
    });
    if (shorten(node, lines, split.end)) children.push(node);
    for (const child of parsed.reverse()) waiting.push(child);
  }
  return { ...root, children };
}

function restOf(node: Code, split: Split, lines: readonly string[]): string {
  return lines.slice(split.rest - 1, node.position!.end.line).join('\n');
}

/** Where a block was meant to end, and where what follows begins; lines of the document. */
interface Split {
  /** The last line of the block. */
  end: number;
  rest: number;
}

function splitOf(node: Code, lines: readonly string[]): Split | undefined {
  const { start, end } = node.position ?? {};
  if (!start || !end) return undefined;
  const opening = fenceOf(lines[start.line - 1]);
  if (!opening) return undefined;
  const closing = fenceOf(lines[end.line - 1]);
  const isClosed =
    end.line > start.line && closing?.info === '' && closes(closing, opening);
  const last = isClosed ? end.line - 1 : end.line;
  for (let line = start.line + 1; line <= last; line += 1) {
    const fence = fenceOf(lines[line - 1]);
    if (!fence) continue;
    if (fence.info === '' && !isClosed)
      return { end: line - 1, rest: line + 1 };
    if (isOpener(fence, opening)) {
      return (
        before(lines, start.line + 1, line) ?? { end: line - 1, rest: line }
      );
    }
  }
  return isClosed ? undefined : before(lines, start.line + 1, last + 1);
}

function fenceOf(line: string | undefined): Fence | undefined {
  const match = FENCE.exec(line ?? '');
  return match ? { marks: match[1], info: match[2] } : undefined;
}

function closes(fence: Fence, opening: Fence): boolean {
  return (
    fence.marks[0] === opening.marks[0] &&
    fence.marks.length >= opening.marks.length
  );
}

/** A fence with a language opens a block. Markdown that is shown and longer marks may hold one rightly. */
function isOpener(fence: Fence, opening: Fence): boolean {
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

/** Ends a block earlier; false where nothing of it is left. */
function shorten(node: Code, lines: readonly string[], end: number): boolean {
  const start = node.position!.start.line;
  let last = end;
  while (last > start && lines[last - 1].trim() === '') last -= 1;
  if (last <= start) return false;
  const { column } = node.position!.start;
  node.value = lines
    .slice(start, last)
    .map(line => withoutIndent(line, column - 1))
    .join('\n');
  node.position!.end = {
    line: last,
    column: lines[last - 1].length + 1,
    offset: offsetOf(lines, last) + lines[last - 1].length,
  };
  return true;
}

function withoutIndent(line: string, width: number): string {
  const blanks = /^ */.exec(line)![0].length;
  return line.slice(Math.min(blanks, width));
}

function offsetOf(lines: readonly string[], line: number): number {
  let offset = 0;
  for (let at = 0; at < line - 1; at += 1) offset += lines[at].length + 1;
  return offset;
}
