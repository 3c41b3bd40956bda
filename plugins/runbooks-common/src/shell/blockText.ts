import type { ShellProblem } from './model';

/** The part of a text that would run, or what the text is instead. */
export type RunnablePart =
  | { shell: true; runnable: string; problems: ShellProblem[] }
  | { shell: false; otherwise: string };

/** A line of a text and where it stands in it. */
export interface Line {
  text: string;
  start: number;
  end: number;
}

/** The lines of a text, without their line breaks. */
export function linesOf(text: string): Line[] {
  const lines: Line[] = [];
  let start = 0;
  for (const part of text.split('\n')) {
    lines.push({ text: part, start, end: start + part.length });
    start += part.length + 1;
  }
  return lines;
}

/** Collects what stays; everything else becomes blanks, line breaks excepted. */
export class Blanker {
  private readonly kept: Array<{ start: number; end: number }> = [];

  constructor(private readonly text: string) {}

  keep(start: number, end: number): void {
    if (end > start) this.kept.push({ start, end });
  }

  result(): string {
    const pieces: string[] = [];
    let at = 0;
    for (const { start, end } of this.kept) {
      pieces.push(
        blank(this.text.slice(at, start)),
        this.text.slice(start, end),
      );
      at = end;
    }
    pieces.push(blank(this.text.slice(at)));
    return pieces.join('');
  }
}

function blank(text: string): string {
  return text.replace(/[^\n]/g, ' ');
}
