/* eslint-disable no-control-regex */

import { TerminalLine, visibleCode, type TerminalPiece } from './TerminalLine';

/** Every alternative is bounded or stops at what begins another one, so the search is linear. */
const TOKEN =
  /(?:\u001b\[|\u009b)([0-?]{0,64})([ -/]{0,8}[@-~])|\u001b\]([^\u0007\u001b\n]{0,4096})(?:\u0007|\u001b\\)|\u001b(?:[#%]|[()*+\-.\/][!\x22%&]?)[0-~]|\u001b([0-~])|(\r+)|(\n)|(\u0008+)|[\u0007\u000e\u000f]/g;
const HAS_TOKEN = /[\u001b\u009b\r\u0008\u0007\u000e\u000f]/;

/** Modes that change nothing of what is shown: cursor, wrapping, mouse, pasting. */
const HARMLESS_MODES = /^\?(?:1|7|12|25|100[0-6]|2004|2026)$/;
/** Window titles, folders and prompts: commands that show no text. */
const SILENT_COMMANDS = /^(?:[0127]|133);/;

/** Keypad modes, the end of a string, the cursor's place is saved. */
const SILENT_LETTERS = '=>\\7';

const MOVES: Readonly<Record<string, string>> = {
  A: 'moves the cursor up',
  B: 'moves the cursor down',
  C: 'moves the cursor to the right',
  E: 'moves the cursor to a line below',
  F: 'moves the cursor to a line above',
  H: 'moves the cursor',
  f: 'moves the cursor',
  d: 'moves the cursor to another line',
  J: 'erases the screen',
  L: 'inserts lines',
  M: 'deletes lines',
  P: 'deletes characters',
  X: 'erases characters',
  '@': 'inserts blanks',
};

/** Divides output. Linear; at most 4,096 characters are taken for one code. */
export function terminalPieces(output: string): TerminalPiece[] {
  if (!HAS_TOKEN.test(output)) return [{ kind: 'text', text: output }];
  const line = new TerminalLine();
  let at = 0;
  for (const match of output.matchAll(TOKEN)) {
    line.write(output.slice(at, match.index));
    at = match.index + match[0].length;
    take(line, match);
  }
  line.write(output.slice(at));
  return line.end();
}

function take(line: TerminalLine, match: RegExpMatchArray) {
  const [, parameters, final, command, letter, returns, newline] = match;
  if (newline) line.newLine();
  else if (returns) line.goBack(Infinity, '\\r');
  else if (match[7]) line.goBack(match[7].length, backspaces(match[7].length));
  else if (command !== undefined) takeCommand(line, command);
  else if (final !== undefined) takeControl(line, parameters, final);
  else if (letter === '8') line.goBack(Infinity, '\\u{1B}8');
  else if (letter !== undefined && !SILENT_LETTERS.includes(letter)) {
    line.code(match[0], letter === 'M' ? MOVES.A : 'code for a terminal');
  }
}

function backspaces(count: number): string {
  return count > 3 ? `\\b×${count}` : '\\b'.repeat(count);
}

function takeControl(line: TerminalLine, parameters: string, final: string) {
  const code = `\u001b[${parameters}${final}`;
  if (final === 'm' && !/[<=>?]/.test(parameters)) return;
  if ((final === 'h' || final === 'l') && HARMLESS_MODES.test(parameters)) {
    return;
  }
  if (final === 'K') {
    if (parameters === '' || parameters === '0') line.eraseRest();
    else line.eraseAll();
  } else if (final === 'G' || final === '`') {
    line.goBack(Infinity, visibleCode(code));
  } else if (final === 'D') {
    const count = Number.parseInt(parameters, 10) || 1;
    line.goBack(count, visibleCode(code));
  } else line.code(code, MOVES[final] ?? 'code for a terminal');
}

function takeCommand(line: TerminalLine, command: string) {
  if (command.startsWith('8;')) {
    line.link(command.slice(command.indexOf(';', 2) + 1));
  } else if (!SILENT_COMMANDS.test(command)) {
    line.code(`\u001b]${command}`, 'command for a terminal');
  }
}
