import type { Table, TableRow } from 'mdast';
import { readTable } from '../facts/tables';
import { placeOf, plainText } from '../markdown/plainText';
import { isClearlyCommand } from './inlineCommands';
import { shortTitle } from './shortTitle';
import type { StepDraft } from './stepDraft';

const STEP_COLUMN =
  /^(?:#|no\.?|nr\.?|step(?: ?#| no\.?| number)?|seq(?:uence)?|order|\d*)$/i;
const ACTION_COLUMN =
  /^(?:action|task|what(?: to do)?|description|step|activity|instruction|check)s?$/i;
const COMMAND_COLUMN = /^(?:command|cmd|how|run)s?$/i;
const EXPECTED_COLUMN =
  /^(?:expected(?: .*)?|result|expected result|what good looks like)$/i;

/**
 * The steps of a table that counts them.
 *
 * ```text
 * | Step | Action        | Command            | Expected |
 * | 1    | Look at nodes | `kubectl get node` | Ready    |
 * ```
 *
 * A table whose rows name what to check and a command counts as well. Empty for any other table.
 */
export function readStepTable(node: Table): StepDraft[] {
  const table = readTable(node);
  const [first] = table.headers;
  const command = table.headers.findIndex(header =>
    COMMAND_COLUMN.test(header),
  );
  const isCounted = first !== undefined && STEP_COLUMN.test(first);
  const holdsCommands =
    command > 0 && ACTION_COLUMN.test(first ?? '') && mostRun(node, command);
  const action = isCounted
    ? table.headers.findIndex(
        (header, index) => index > 0 && ACTION_COLUMN.test(header),
      )
    : 0;
  if (action === -1 || !(isCounted || holdsCommands)) return [];
  const expected = table.headers.findIndex(header =>
    EXPECTED_COLUMN.test(header),
  );
  return table.rows.map((row, index) => {
    const written = row.cells[command] ?? '';
    const text = codeIn(node.children[index + 1], command) ?? written;
    const runs = command !== -1 && isClearlyCommand(text);
    const hope = row.cells[expected] ?? '';
    return {
      title:
        shortTitle(row.cells[action] ?? '') || `Step ${row.cells[0] ?? ''}`,
      type: runs ? 'command' : 'manual',
      line: placeOf(node.children[index + 1]).line,
      text: runs
        ? text
        : row.cells
            .slice(isCounted ? 1 : 0)
            .filter(Boolean)
            .join('\n'),
      ...(runs ? { language: 'bash' } : {}),
      ...(hope ? { expected: [{ text: hope, line: row.line }] } : {}),
      notes: [],
    };
  });
}

function mostRun(node: Table, column: number): boolean {
  const rows = node.children.slice(1);
  const runs = rows.filter(row => isClearlyCommand(codeIn(row, column) ?? ''));
  return rows.length > 0 && runs.length / rows.length >= 0.5;
}

function codeIn(row: TableRow | undefined, column: number): string | undefined {
  const cell = row?.children[column];
  const spans =
    cell?.children.filter(child => child.type === 'inlineCode') ?? [];
  return spans.length === 1 ? plainText(spans[0]) : undefined;
}
