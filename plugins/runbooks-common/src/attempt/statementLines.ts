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

/** As much of a step as is judged: a longer text is not taken apart. */
const MAX_PARSED_LENGTH = 65_536;

type Piece = StatementLines & { start: number; end: number };

/**
 * Divides a shell text into the pieces that bash runs one after the other: top-level statements, those on one line
 * together. Where the text cannot be parsed or is longer than 65,536 characters, each line with something in it is a piece, and none is plain; nor is a
 * piece whose end the next one looks at (`$?`).
 *
 * @public
 */
export function statementLines(text: string): StatementLines[] {
  if (text.length > MAX_PARSED_LENGTH) return linesOf(text);
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
    if (last && next.line <= last.endLine) join(last, next);
    else pieces.push(next);
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

/** In place: one line may hold thousands of statements. */
function join(one: Piece, other: Piece): void {
  one.end = Math.max(one.end, other.end);
  one.endLine = Math.max(one.endLine, other.endLine);
  if (one.pipelines && other.pipelines) {
    one.pipelines.push(...other.pipelines);
  } else delete one.pipelines;
  one.hasPlainSubstitutions ||= other.hasPlainSubstitutions;
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
