import type { ShellReading } from '../../shell';

/** A comment, a statement, or something between them. */
export interface Unit {
  /** `other` is what was left out of the shell text: output, or a query. */
  kind: 'comment' | 'statement' | 'other';
  start: number;
  end: number;
  text: string;
  /** Nothing but blanks stands before it on its line. */
  ownLine: boolean;
  /** A blank line stands before it. */
  afterGap: boolean;
}

/** The units of a shell block, in order. */
export function unitsOf(reading: ShellReading, original: string): Unit[] {
  const text = reading.runnable;
  const all = [
    ...reading.comments.map(({ start, end, text: comment }) => ({
      kind: 'comment' as const,
      start,
      end,
      text: comment,
    })),
    ...reading.statements.map(({ start, end }) => ({
      kind: 'statement' as const,
      start,
      end,
      text: text.slice(start, end),
    })),
    ...leftOut(reading, original),
  ].sort((a, b) => a.start - b.start);
  return all.map((unit, index) => {
    const before = text.slice(all[index - 1]?.end ?? 0, unit.start);
    return {
      ...unit,
      ownLine: index === 0 || before.includes('\n'),
      afterGap: index > 0 && /\n[ \t]*\n/.test(before),
    };
  });
}

/** Lines that the shell reader blanked: output between prompts, or a query among commands. */
function leftOut(
  reading: ShellReading,
  original: string,
): Array<{ kind: 'other'; start: number; end: number; text: string }> {
  if (!reading.shell || reading.problems.length === 0) return [];
  const found: Array<{
    kind: 'other';
    start: number;
    end: number;
    text: string;
  }> = [];
  let offset = 0;
  let open = false;
  for (const line of original.split('\n')) {
    const runnable = reading.runnable.slice(offset, offset + line.length);
    const isLeftOut = line.trim() !== '' && runnable.trim() === '';
    const last = found.at(-1);
    if (isLeftOut && open && last) {
      last.end = offset + line.length;
      last.text += `\n${line}`;
    } else if (isLeftOut) {
      found.push({
        kind: 'other',
        start: offset,
        end: offset + line.length,
        text: line,
      });
    }
    open = isLeftOut;
    offset += line.length + 1;
  }
  return found;
}
