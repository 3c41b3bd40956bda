import type { Table } from 'mdast';
import { placeOf, plainText } from '../markdown/plainText';

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

/** The first column whose heading matches; -1 for none. */
export function columnOf(table: ReadTable, heading: RegExp): number {
  return table.headers.findIndex(header => heading.test(header));
}
