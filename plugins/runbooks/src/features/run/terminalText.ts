/* eslint-disable no-control-regex */

/** Operating system commands, such as a window title, up to their end. */
const OSC = /\u001b\][^\u0007\u001b]*(?:\u0007|\u001b\\)/g;
/** Control sequences: colours, cursor moves, erasing. */
const CSI = /\u001b\[[0-?]*[ -/]*[@-~]/g;
/** Other two-letter escapes. */
const ESCAPE = /\u001b[@-Z\\-_=>]/g;
/** Control characters that show nothing. */
const INVISIBLE = /[\u0000-\u0008\u000b\u000c\u000e-\u001f\u007f]/g;

/**
 * What a terminal would have left on the screen, as plain text: colours are removed, and a line that was written
 * over again and again (a progress bar) shows its last state.
 */
export function terminalText(output: string): string {
  const plain = output.includes('\u001b')
    ? output.replace(OSC, '').replace(CSI, '').replace(ESCAPE, '')
    : output;
  const overwritten = plain.includes('\r')
    ? plain
        .replace(/\r+\n/g, '\n')
        .split('\n')
        .map(line => line.replace(/\r$/, ''))
        .map(line => line.slice(line.lastIndexOf('\r') + 1))
        .join('\n')
    : plain;
  return overwritten.replace(INVISIBLE, '');
}

/** A few hundred lines, so that only those near the window are laid out. */
export interface LineBlock {
  key: number;
  text: string;
  lines: number;
}

const LINES_A_BLOCK = 400;

/** Divides text into blocks of lines; the blocks before the last stay equal while text is added. */
export function lineBlocks(text: string): LineBlock[] {
  const blocks: LineBlock[] = [];
  const lines = text.replace(/\n$/, '').split('\n');
  for (let from = 0; from < lines.length; from += LINES_A_BLOCK) {
    const part = lines.slice(from, from + LINES_A_BLOCK);
    blocks.push({ key: from, text: part.join('\n'), lines: part.length });
  }
  return blocks;
}
