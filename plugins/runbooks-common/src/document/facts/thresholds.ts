import { placeOf, plainText } from '../markdown/plainText';
import type { Threshold } from '../model';
import { ownNodes, type Section } from '../sections/sectionTree';
import { vocabulary } from '../words/vocabulary';
import { COLUMN_WORDS, SECTION_WORDS } from './factWords';
import { exactColumnOf, readTable } from './tables';

const SECTION = vocabulary(SECTION_WORDS.thresholds);
const METRIC = vocabulary(COLUMN_WORDS.metric);
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
        const metric = exactColumnOf(table, METRIC);
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
          /^([^:：<>≤≥]{2,60}?)\s*[:：]\s*(\S.*)$/.exec(text) ??
          /^([^(<>≤≥]{2,60}?)\s*\(\s*([^\s()][^()]*)\)\.?$/.exec(text) ??
          /^([^(<>≤≥]{2,60}?)\s*(?=[<>≤≥])(.+)$/.exec(text);
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
  if (SECTION.isIn(section.title)) return true;
  return (
    section.form === 'label' &&
    section.parent !== undefined &&
    SECTION.isIn(section.parent.title)
  );
}
