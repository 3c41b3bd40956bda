import { childrenOf, type ShellNode, type ShellScript } from './parse';
import type { TextScan } from './textScan';

/** Where a text may be divided, and what its comments say there. */
export interface Layout {
  statements: Array<{ start: number; end: number }>;
  comments: Array<{ start: number; end: number; text: string }>;
}

/** Top-level statements, heredocs included, and the comments between them. */
export function layoutOf(
  script: ShellScript,
  scan: TextScan,
  text: string,
): Layout {
  const statements: Layout['statements'] = [];
  for (const statement of script.commands) {
    const end = Math.min(
      Math.max(statement.end, heredocEnd(statement, 0)),
      text.length,
    );
    if (end <= statement.pos) continue;
    const last = statements[statements.length - 1];
    if (last && statement.pos < last.end) last.end = Math.max(last.end, end);
    else statements.push({ start: statement.pos, end });
  }
  const comments = scan.regions
    .filter(
      region =>
        region.state === 'comment' && !isInside(region.start, statements),
    )
    .map(({ start, end }) => ({
      start,
      end,
      text: text
        .slice(start, end)
        .replace(/^#+!?\s*/, '')
        .trimEnd(),
    }));
  return { statements, comments };
}

function heredocEnd(node: ShellNode, depth: number): number {
  if (depth > 100) return 0;
  const own = node.type === 'HereDoc' ? node.closing?.end ?? node.body.end : 0;
  return childrenOf(node).reduce(
    (end, child) => Math.max(end, heredocEnd(child, depth + 1)),
    own,
  );
}

function isInside(
  offset: number,
  statements: ReadonlyArray<{ start: number; end: number }>,
): boolean {
  let low = 0;
  let high = statements.length;
  while (low < high) {
    const middle = Math.floor((low + high) / 2);
    if (statements[middle].end <= offset) low = middle + 1;
    else high = middle;
  }
  const found = statements[low];
  return found !== undefined && found.start <= offset;
}
