import { parseShell } from '../shell/parse';
import {
  handlesFailures,
  hasPlainSubstitutions,
  plainPipelines,
  type PlainPipeline,
} from './plainStatement';

/** Top-level statements that share lines, as one piece of a shell text. @public */
export interface StatementLines {
  /** As written. */
  text: string;
  /** First and last line, from 1. */
  line: number;
  endLine: number;
  /** Where the piece is a plain list: all of its pipelines in order. A failure in one counts. */
  pipelines?: PlainPipeline[];
  /** All of its substitutions are plain pipelines, so that failures in them count too. */
  hasPlainSubstitutions: boolean;
}

type Piece = StatementLines & { start: number; end: number };

/**
 * Divides a shell text into the pieces that bash runs one after the other: top-level statements, those on one line
 * together. Where the text cannot be parsed, each line with something in it is a piece, and none is plain; nor is any
 * piece of a text that handles failures itself.
 *
 * @public
 */
export function statementLines(text: string): StatementLines[] {
  const { script, errors } = parseShell(text);
  if (errors.length > 0) return linesOf(text);
  const lineAt = lineCounter(text);
  const isProgram = handlesFailures(script, text);
  const pieces: Piece[] = [];
  for (const statement of script.commands) {
    const { pos, end } = statement;
    const plain = isProgram ? undefined : plainPipelines(statement);
    const next: Piece = {
      text: '',
      line: lineAt(pos),
      endLine: lineAt(Math.max(pos, end - 1)),
      start: pos,
      end,
      ...(plain ? { pipelines: plain } : {}),
      hasPlainSubstitutions:
        plain !== undefined && hasPlainSubstitutions(statement),
    };
    const last = pieces.at(-1);
    if (last && next.line <= last.endLine) {
      pieces[pieces.length - 1] = joined(last, next);
    } else pieces.push(next);
  }
  return pieces.map(({ start, end, ...piece }) => ({
    ...piece,
    text: text.slice(start, end).trim(),
  }));
}

function joined(one: Piece, other: Piece): Piece {
  const { pipelines, ...rest } = one;
  return {
    ...rest,
    end: Math.max(one.end, other.end),
    endLine: Math.max(one.endLine, other.endLine),
    ...(pipelines && other.pipelines
      ? { pipelines: [...pipelines, ...other.pipelines] }
      : {}),
    hasPlainSubstitutions:
      one.hasPlainSubstitutions || other.hasPlainSubstitutions,
  };
}

function linesOf(text: string): StatementLines[] {
  return text
    .split('\n')
    .map((line, index) => ({
      text: line.trim(),
      line: index + 1,
      endLine: index + 1,
      hasPlainSubstitutions: false,
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
