import type { List } from 'mdast';
import { placeOf, plainText } from '../markdown/plainText';
import type { SeverityEntry } from '../model';
import { ownNodes, type Section } from '../sections/sectionTree';
import { columnOf, readTable } from './tables';

const LEVEL =
  /^(?:p[0-5]|sev-?\s?[0-5]|s[0-5]|severity \d|priority \d|level \d|critical|high|medium|low|major|minor|info\w*)\b/i;

/**
 * What the levels of severity mean.
 *
 * ```text
 * | Level | Description     | Response Time | Escalation |
 * | P0    | Complete outage | Immediate     | CTO        |
 * ```
 */
export function readSeverities(sections: readonly Section[]): SeverityEntry[] {
  return sections.flatMap(section =>
    ownNodes(section).flatMap(node => {
      if (node.type === 'table') {
        const table = readTable(node);
        const level = columnOf(
          table,
          /^(?:level|severity(?: level)?|priority|sev|p|class)$/i,
        );
        const description = columnOf(
          table,
          /description|definition|meaning|impact|criteria|examples?|type/i,
        );
        if (level === -1 || description === -1) return [];
        if (columnOf(table, /^(?:alert|alarm)/i) !== -1) return [];
        const response = columnOf(table, /response|sla|time|ack/i);
        const escalation = columnOf(table, /escalat|notify|who|contact/i);
        const rows = table.rows.filter(({ cells }) =>
          LEVEL.test(cells[level] ?? ''),
        );
        return rows.map(({ cells, line }) => ({
          level: cells[level],
          description: cells[description] ?? '',
          ...(response !== -1 && cells[response]
            ? { responseTime: cells[response] }
            : {}),
          ...(escalation !== -1 && cells[escalation]
            ? { escalation: cells[escalation] }
            : {}),
          line,
        }));
      }
      return node.type === 'list' &&
        /\bseverit(?:y|ies)\b|\bpriority levels?\b/i.test(section.title)
        ? ofList(node)
        : [];
    }),
  );
}

function ofList(list: List): SeverityEntry[] {
  return list.children.flatMap(item => {
    const found = /^([^:–—(]{1,40}?)(?:\s*\([^)]*\))?\s*[:–—-]\s*(.+)$/.exec(
      plainText(item),
    );
    return found && LEVEL.test(found[1])
      ? [
          {
            level: found[1].trim(),
            description: found[2],
            line: placeOf(item).line,
          },
        ]
      : [];
  });
}
