import { placeOf, plainText } from '../markdown/plainText';
import type { Threshold } from '../model';
import { ownNodes, type Section } from '../sections/sectionTree';
import { columnOf, readTable } from './tables';

const SECTION =
  /\bthresholds?\b|\bmetrics\b|\bslos?\b|\bslas?\b|\balert(?:s|ing)?\b|\blimits\b|\bslis?\b|\bkpis?\b/i;
const LIMIT = /(?:<=|>=|<|>|≤|≥)\s*\$?\d|\b\d+(?:\.\d+)?\s*%/;

/**
 * Numbers that a document calls limits.
 *
 * ```text
 * - Response time: p95 < 200ms        | Metric | Warning | Critical |
 * ```
 */
export function readThresholds(sections: readonly Section[]): Threshold[] {
  return sections.flatMap(section => {
    const isAbout = aboutLimits(section);
    return ownNodes(section).flatMap(node => {
      if (node.type === 'table') {
        const table = readTable(node);
        const metric = columnOf(
          table,
          /^(?:metric|indicator|measure|sli|signal|resource|kpi)s?(?: name)?$/i,
        );
        if (metric === -1) return [];
        return table.rows.map(({ cells, line }) => ({
          metric: cells[metric] ?? '',
          value: table.headers
            .flatMap((header, index) =>
              index === metric || !cells[index]
                ? []
                : [`${header}: ${cells[index]}`],
            )
            .join(', '),
          line,
        }));
      }
      if (node.type !== 'list' || !isAbout) return [];
      return node.children.flatMap(item => {
        const text = plainText(item);
        if (!LIMIT.test(text) || text.length > 200) return [];
        const split =
          /^([^:(<>≤≥]{2,60}?)\s*(?::|\(|(?=[<>≤≥]))\s*(.+?)\)?$/.exec(text);
        return [
          split
            ? {
                metric: split[1].trim(),
                value: split[2].trim(),
                line: placeOf(item).line,
              }
            : {
                metric: text,
                value: LIMIT.exec(text)![0],
                line: placeOf(item).line,
              },
        ];
      });
    });
  });
}

function aboutLimits(section: Section): boolean {
  if (SECTION.test(section.title)) return true;
  return (
    section.form === 'label' &&
    section.parent !== undefined &&
    SECTION.test(section.parent.title)
  );
}
