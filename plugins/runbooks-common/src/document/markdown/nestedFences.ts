import type { Code, Nodes } from 'mdast';
import { readFenceLine } from './fenceLine';

const MARKDOWN = /^\{?\.?(?:markdown|md|mdx)\b/i;

/** A text for the parser, and what it hides from it. */
export interface HiddenFences {
  text: string;
  /** Lines whose marks were changed, counted from 1. */
  lines: ReadonlySet<number>;
}

/**
 * Lets Markdown that is shown hold blocks of its own, although their marks are no shorter than those around them.
 *
 * ````text
 * ```markdown
 * ## Template
 * ```bash
 * ./check.sh
 * ```            <- to the parser this is the end of the template
 * ```
 * ````
 *
 * The marks within are changed to those of the other kind, of the same length, so that all places stay; see
 * {@link showFences}. A template whose end is not found is left as it is.
 */
export function hideNestedFences(source: string): HiddenFences {
  const lines = source.split('\n');
  const hidden = new Set<number>();
  let index = 0;
  while (index < lines.length) {
    const opening = readFenceLine(lines[index]);
    if (!opening) {
      index += 1;
      continue;
    }
    const isShown = MARKDOWN.test(opening.info);
    const found = isShown ? insideOf(lines, index, opening.marks) : undefined;
    if (found && found.inner.length > 0) {
      for (const at of found.inner) {
        lines[at] = withOtherMarks(lines[at], opening.marks[0]);
        hidden.add(at + 1);
      }
    }
    index = (found?.end ?? endOf(lines, index, opening.marks)) + 1;
  }
  return { text: lines.join('\n'), lines: hidden };
}

/** The lines of fences inside of a template, and the line that closes it. */
function insideOf(
  lines: readonly string[],
  from: number,
  marks: string,
): { inner: number[]; end: number } | undefined {
  const inner: number[] = [];
  let isOpen = false;
  for (let at = from + 1; at < lines.length; at += 1) {
    const fence = readFenceLine(lines[at]);
    const counts =
      fence &&
      fence.marks[0] === marks[0] &&
      fence.marks.length >= marks.length;
    if (!counts) continue;
    if (fence.info === '' && !isOpen) return { inner, end: at };
    if (fence.info !== '' && isOpen) return undefined;
    inner.push(at);
    isOpen = fence.info !== '';
  }
  return undefined;
}

function endOf(lines: readonly string[], from: number, marks: string): number {
  for (let at = from + 1; at < lines.length; at += 1) {
    const fence = readFenceLine(lines[at]);
    if (
      fence?.info === '' &&
      fence.marks[0] === marks[0] &&
      fence.marks.length >= marks.length
    )
      return at;
  }
  return lines.length;
}

function withOtherMarks(line: string, mark: string): string {
  const other = mark === '`' ? '~' : '`';
  return line.replace(/[`~]{3,}/, marks => other.repeat(marks.length));
}

/** Gives the blocks of a tree the marks back that {@link hideNestedFences} changed. */
export function showFences(node: Nodes, hidden: ReadonlySet<number>): void {
  if (hidden.size === 0) return;
  if (node.type === 'code') showIn(node, hidden);
  else if ('children' in node) {
    node.children.forEach(child => showFences(child, hidden));
  }
}

function showIn(node: Code, hidden: ReadonlySet<number>): void {
  const first = (node.position?.start.line ?? 0) + 1;
  node.value = node.value
    .split('\n')
    .map((line, index) =>
      hidden.has(first + index)
        ? withOtherMarks(line, line.trimStart()[0])
        : line,
    )
    .join('\n');
}
