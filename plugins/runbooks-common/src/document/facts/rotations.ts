import type { List, Table } from 'mdast';
import { placeOf, plainText } from '../markdown/plainText';
import type { RotationEntry } from '../model';
import { ownNodes, type Section } from '../sections/sectionTree';
import { vocabulary } from '../words/vocabulary';
import { COLUMN_WORDS, SECTION_WORDS } from './factWords';
import { readTable } from './tables';

const SECTION = vocabulary(SECTION_WORDS.rotations);
const PERIOD = vocabulary(COLUMN_WORDS.period);
const DUTY = vocabulary(COLUMN_WORDS.duty);
const SURE_DUTY = vocabulary({
  en: 'primary, secondary, on call',
  de: 'Bereitschaft',
  es: 'guardia',
  pt: 'plantão',
  ru: 'дежурный',
  zh: '值班',
  ja: '当番',
  ko: '당직',
});

/**
 * Who is on call when, from tables whose first column is a period and from lists of periods.
 *
 * ```text
 * | Week    | Primary    | Secondary |      - **Week 1**: Jane
 * | Current | John Smith | Jane Doe  |      - **Week 2**: John
 * ```
 */
export function readRotations(sections: readonly Section[]): RotationEntry[] {
  return sections.flatMap(section =>
    ownNodes(section).flatMap(node => {
      if (node.type === 'table') return ofTable(node, section);
      return node.type === 'list' && isAbout(section) ? ofList(node) : [];
    }),
  );
}

function isAbout(section: Section): boolean {
  return (
    SECTION.isIn(section.title) ||
    (section.parent !== undefined && SECTION.isIn(section.parent.title))
  );
}

function ofTable(node: Table, section: Section): RotationEntry[] {
  const table = readTable(node);
  const [period, ...roles] = table.headers;
  if (!PERIOD.is(period ?? '') || !roles.some(role => DUTY.isIn(role))) {
    return [];
  }
  const isRotation =
    SECTION.isIn(section.title) || roles.some(role => SURE_DUTY.isIn(role));
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
}

function ofList(list: List): RotationEntry[] {
  return list.children.flatMap(item => {
    const [, period, person] =
      /^([^:：]{2,40})[:：]\s*(\S.{0,80})$/.exec(plainText(item)) ?? [];
    return period && /\d/.test(period) && PERIOD.opens(period)
      ? [{ period, roles: { Primary: person }, line: placeOf(item).line }]
      : [];
  });
}
