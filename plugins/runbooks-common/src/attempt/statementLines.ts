import { parseShell } from '../shell/parse';
import { clusterCalls, type ClusterCall } from './clusterCalls';
import {
  hasPlainSubstitutions,
  isLookedAt,
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
  /** The calls of kubectl and helm in it, at any depth. */
  calls: ClusterCall[];
}

type Piece = StatementLines & { start: number; end: number };

/**
 * Divides a shell text into the pieces that bash runs one after the other: top-level statements, those on one line
 * together. Where the text cannot be parsed, each line with something in it is a piece, and none is plain; nor is a
 * piece whose end the next one looks at (`$?`).
 *
 * @public
 */
export function statementLines(text: string): StatementLines[] {
  const { script, errors } = parseShell(text);
  if (errors.length > 0) return linesOf(text);
  const lineAt = lineCounter(text);
  const calls = clusterCalls(script, text);
  const pieces: Piece[] = [];
  for (const [index, statement] of script.commands.entries()) {
    const { pos, end } = statement;
    const following = script.commands[index + 1];
    const plain =
      following && isLookedAt(following, text)
        ? undefined
        : plainPipelines(statement);
    const next: Piece = {
      text: '',
      line: lineAt(pos),
      endLine: lineAt(Math.max(pos, end - 1)),
      start: pos,
      end,
      ...(plain ? { pipelines: plain } : {}),
      hasPlainSubstitutions:
        plain !== undefined && hasPlainSubstitutions(statement),
      calls: [],
    };
    const last = pieces.at(-1);
    if (last && next.line <= last.endLine) {
      pieces[pieces.length - 1] = joined(last, next);
    } else pieces.push(next);
  }
  let taken = 0;
  const callsUntil = (end: number) => {
    const start = taken;
    while (taken < calls.length && calls[taken].pos < end) taken += 1;
    return calls.slice(start, taken).map(({ pos, ...call }) => call);
  };
  return pieces.map(({ start, end, ...piece }) => ({
    ...piece,
    calls: callsUntil(end),
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
      calls: [],
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
