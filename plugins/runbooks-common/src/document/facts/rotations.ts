import type { RotationEntry } from '../model';
import { ownNodes, type Section } from '../sections/sectionTree';
import { readTable } from './tables';

const PERIOD =
  /^(?:weeks?(?: of)?|period|dates?|day|shift|month|rotation|sprint|from|start(?: date)?|woche|zeitraum)$/i;
const ROLE =
  /primary|secondary|backup|manager|lead|on-?call|engineer|responder|shadow|tertiary|fallback|name|who|person|owner/i;

/**
 * Who is on call when, from tables whose first column is a period.
 *
 * ```text
 * | Week    | Primary    | Secondary |
 * | Current | John Smith | Jane Doe  |
 * ```
 */
export function readRotations(sections: readonly Section[]): RotationEntry[] {
  return sections.flatMap(section =>
    ownNodes(section).flatMap(node => {
      if (node.type !== 'table') return [];
      const table = readTable(node);
      const [period, ...roles] = table.headers;
      if (!PERIOD.test(period ?? '') || !roles.some(role => ROLE.test(role))) {
        return [];
      }
      const isRotation =
        /rota|on-?call|duty|schedule|shift/i.test(section.title) ||
        roles.some(role => /primary|secondary|on-?call/i.test(role));
      if (!isRotation) return [];
      return table.rows.map(({ cells, line }) => ({
        period: cells[0] ?? '',
        roles: Object.fromEntries(
          roles.flatMap((role, index) => {
            const person = cells[index + 1] ?? '';
            return person === '' ? [] : [[role, person]];
          }),
        ),
        line,
      }));
    }),
  );
}
