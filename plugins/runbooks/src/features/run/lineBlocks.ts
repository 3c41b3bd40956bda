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
