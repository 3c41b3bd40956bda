import type { Table } from 'mdast';
import { placeOf, plainText } from '../markdown/plainText';
import type { Vocabulary } from '../words/vocabulary';

/** A table as texts. */
export interface ReadTable {
  headers: string[];
  rows: Array<{ cells: string[]; line: number }>;
  line: number;
}

export function readTable(node: Table): ReadTable {
  const [head, ...rows] = node.children;
  return {
    headers: (head?.children ?? []).map(cell => plainText(cell)),
    rows: rows.map(row => ({
      cells: row.children.map(cell => plainText(cell)),
      line: placeOf(row).line,
    })),
    line: placeOf(node).line,
  };
}

/**
 * The column that a vocabulary names, by its whole heading or else by a word in it; -1 for none.
 *
 * @param without - columns that are already something else
 */
export function columnOf(
  table: ReadTable,
  words: Vocabulary,
  without: readonly number[] = [],
): number {
  const open = table.headers.map((header, index) =>
    without.includes(index) ? '' : header,
  );
  const whole = open.findIndex(header => words.is(header));
  return whole === -1 ? open.findIndex(header => words.isIn(header)) : whole;
}

/** The same, where only a whole heading counts. */
export function exactColumnOf(
  table: ReadTable,
  words: Vocabulary,
  without: readonly number[] = [],
): number {
  return table.headers.findIndex(
    (header, index) => !without.includes(index) && words.is(header),
  );
}
