import { parseShell } from '../shell/parse';

/** Top-level statements that share lines, as one piece of a shell text. @public */
export interface StatementLines {
  /** As written. */
  text: string;
  /** First and last line, from 1. */
  line: number;
  endLine: number;
}

/**
 * Divides a shell text into the pieces that bash runs one after the other: top-level statements, those on one line
 * together. Where the text cannot be parsed, each line with something in it is a piece.
 *
 * @public
 */
export function statementLines(text: string): StatementLines[] {
  const { script, errors } = parseShell(text);
  if (errors.length > 0) return linesOf(text);
  const lineAt = lineCounter(text);
  const pieces: Array<{ start: number; end: number } & StatementLines> = [];
  for (const { pos, end } of script.commands) {
    const line = lineAt(pos);
    const endLine = lineAt(Math.max(pos, end - 1));
    const last = pieces.at(-1);
    if (last && line <= last.endLine) {
      last.end = Math.max(last.end, end);
      last.endLine = Math.max(last.endLine, endLine);
    } else {
      pieces.push({ text: '', line, endLine, start: pos, end });
    }
  }
  return pieces.map(({ start, end, line, endLine }) => ({
    text: text.slice(start, end).trim(),
    line,
    endLine,
  }));
}

function linesOf(text: string): StatementLines[] {
  return text
    .split('\n')
    .map((line, index) => ({
      text: line.trim(),
      line: index + 1,
      endLine: index + 1,
    }))
    .filter(piece => piece.text !== '');
}

/** Line numbers of offsets that are asked for in rising order. */
function lineCounter(text: string): (offset: number) => number {
  let line = 1;
  let counted = 0;
  return offset => {
    for (; counted < offset; counted += 1) {
      if (text[counted] === '\n') line += 1;
    }
    return offset < counted ? text.slice(0, offset).split('\n').length : line;
  };
}
