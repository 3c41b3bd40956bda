import type { Effect } from '../effect';
import { parseShell } from '../shell/parse';
import { handlesFailures } from './plainStatement';
import { statementLines } from './statementLines';

/**
 * True for a shell text that is a plain list of commands: pipelines one after the other, on lines of their own or
 * joined by `;` and `&&`. Anything else (a loop, a condition, `||`, a function, a trap, a look at `$?`) is a program,
 * which handles its failures itself. A text that cannot be parsed is none.
 *
 * @public
 */
export function isPlainList(text: string): boolean {
  const pieces = statementLines(text);
  return (
    pieces.length > 0 &&
    pieces.every(piece => piece.pipelines) &&
    !handlesFailures(parseShell(text).script, text)
  );
}

/**
 * Whether a step stops at its first command that fails: it changes something, or may, and is a plain list. Going on
 * would do the next change on top of one that was not made.
 *
 * @public
 */
export function stopsAtFailure(effect: Effect, text: string): boolean {
  const mayChange =
    effect === 'change' || effect === 'destructive' || effect === 'unknown';
  return mayChange && isPlainList(text);
}
