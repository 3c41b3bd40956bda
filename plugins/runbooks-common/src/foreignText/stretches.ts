import type { Finding } from './model';

/** A longer stretch of blanks in a line is folded. */
const MAX_BLANKS = 100;
const BLANKS = new RegExp(`[^\\S\\n]{${MAX_BLANKS + 1},}`, 'g');
/** More empty lines in a row are folded. */
const MAX_EMPTY_LINES = 10;
const EMPTY_LINES = new RegExp(
  `\\n(?:[^\\S\\n]*\\n){${MAX_EMPTY_LINES + 1},}`,
  'g',
);
/** More marks on one letter draw over what is around it. */
const MAX_STACKED = 5;
const STACKED = new RegExp(`\\p{M}{${MAX_STACKED + 1},}`, 'gu');

/** Finds long stretches of blanks, which push what follows out of sight. */
export function longBlanks(text: string): Finding[] {
  return [...text.matchAll(BLANKS)].map(({ 0: blanks, index }) =>
    folded(`… ${blanks.length} blanks …`, index, blanks.length),
  );
}

/** Finds many empty lines in a row. */
export function emptyLines(text: string): Finding[] {
  return [...text.matchAll(EMPTY_LINES)].map(({ 0: lines, index }) => {
    const count = lines.split('\n').length - 2;
    return folded(`\n… ${count} empty lines …\n`, index, lines.length);
  });
}

/** Finds letters under so many marks that they cover their neighbours. */
export function stackedMarks(text: string): Finding[] {
  return [...text.matchAll(STACKED)].map(({ 0: marks, index }) =>
    folded(`… ${[...marks].length} marks …`, index, marks.length),
  );
}

function folded(text: string, start: number, length: number): Finding {
  const says = `folded here: ${text.replace(/[…\n]/g, '').trim()}`;
  return { kind: 'folded', text, says, start, end: start + length };
}
