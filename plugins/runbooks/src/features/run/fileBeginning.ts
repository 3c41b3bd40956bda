import type { UsedFile } from '@backstage-runbooks/plugin-runbooks-common';
import { countWords } from '../../words/procedureWords';

/** A text of so many lines is shown whole; of a longer one as many. */
const SHOWN_LINES = 60;

/** What is shown of a text by itself, and what only when somebody asks for it; `rest` is missing where that is nothing. */
export function beginningOf(text: string): { shown: string; rest?: string } {
  const lines = linesOf(text);
  if (lines.length <= SHOWN_LINES) return { shown: text };
  return {
    shown: lines.slice(0, SHOWN_LINES).join('\n'),
    rest: lines.slice(SHOWN_LINES).join('\n'),
  };
}

/** How many lines of a file are not shown, and whether they hold what writes: "20 more lines: they write nothing in the cluster". */
export function moreWords({
  text,
  linesToMind,
}: Pick<UsedFile, 'text' | 'linesToMind'>): string {
  const more = lineCount(text) - SHOWN_LINES;
  const lines = countWords(more, 'more line');
  const they = more === 1 ? 'it' : 'they';
  if (linesToMind === undefined) {
    return `${lines}: ${they} may hold what writes`;
  }
  const [first, ...others] = linesToMind.filter(line => line > SHOWN_LINES);
  if (first === undefined) {
    return `${lines}: ${
      more === 1
        ? 'it writes nothing in the cluster'
        : 'they write nothing in the cluster'
    }`;
  }
  return others.length === 0
    ? `${lines}: line ${first} may write`
    : `${lines}: ${countWords(
        others.length + 1,
        'line',
      )} of them may write, from line ${first} on`;
}

/** A line break at the end begins no further line. */
export function lineCount(text: string): number {
  return linesOf(text).length;
}

function linesOf(text: string): string[] {
  return text.replace(/\n$/, '').split('\n');
}
