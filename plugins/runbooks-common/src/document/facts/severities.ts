import type { List, ListItem, Table } from 'mdast';
import { placeOf, plainText } from '../markdown/plainText';
import type { SeverityEntry } from '../model';
import { ownNodes, type Section } from '../sections/sectionTree';
import { vocabulary } from '../words/vocabulary';
import { COLUMN_WORDS, SECTION_WORDS } from './factWords';
import { columnOf, exactColumnOf, readTable } from './tables';

const SECTION = vocabulary(SECTION_WORDS.severities);
const COLUMNS = {
  level: vocabulary(COLUMN_WORDS.severity),
  description: vocabulary(COLUMN_WORDS.description),
  response: vocabulary(COLUMN_WORDS.response),
  escalation: vocabulary(COLUMN_WORDS.escalation),
  alert: vocabulary(COLUMN_WORDS.alert),
};

/** A level that can be nothing else: "P1", "SEV-2", "Sev 3". */
const STRICT_LEVEL =
  /^(?:p[0-5]|sev(?:erity)?[- ]?[0-5]|s[0-5])(?![\p{L}\p{N}])/iu;

const NAMED_LEVEL = vocabulary({
  en: 'critical, high, medium, moderate, low, major, minor, info, informational, information, urgent, emergency, warning, severity 1, severity 2, severity 3, severity 4, priority 1, priority 2, priority 3, priority 4, level 0, level 1, level 2, level 3, level 4',
  de: 'kritisch, hoch, mittel, niedrig, gering, Stufe 1, Stufe 2, Stufe 3',
  es: 'crítico, crítica, alto, alta, medio, media, bajo, baja, grave, leve, nivel 1, nivel 2, nivel 3',
  pt: 'crítico, crítica, alto, alta, médio, média, baixo, baixa, nível 1, nível 2, nível 3',
  fr: 'critique, élevé, élevée, majeur, majeure, mineur, mineure, moyen, moyenne, faible, niveau 1, niveau 2, niveau 3',
  it: 'critico, critica, alto, alta, medio, media, basso, bassa',
  ru: 'критичный, критический, критическая, высокий, высокая, средний, средняя, низкий, низкая',
  zh: '严重, 紧急, 高, 中, 低, 一级, 二级, 三级, 四级, 重大, 致命, 一般',
  ja: '緊急, 重大, 高, 中, 低, 軽微, レベル1, レベル2, レベル3',
  ko: '긴급, 심각, 높음, 중간, 보통, 낮음, 치명, 경미',
  vi: 'nghiêm trọng, khẩn cấp, cao, trung bình, thấp',
});

/**
 * What the levels of severity mean, from tables, lists and headings.
 *
 * ```text
 * | Level | Description     | Response Time | Escalation |      - SEV1: everything is down
 * | P0    | Complete outage | Immediate     | CTO        |      ### P1 (High)
 * ```
 */
export function readSeverities(sections: readonly Section[]): SeverityEntry[] {
  return sections.flatMap(section => {
    const isAbout = SECTION.isIn(section.title);
    return [
      ...ofHeading(section),
      ...ownNodes(section).flatMap(node => {
        if (node.type === 'table') return ofTable(node, isAbout);
        return node.type === 'list' ? ofList(node, isAbout) : [];
      }),
    ];
  });
}

function isLevel(text: string): boolean {
  const bare = text.replace(/^[^\p{L}\p{N}]+/u, '');
  return STRICT_LEVEL.test(bare) || NAMED_LEVEL.opens(bare);
}

function ofTable(node: Table, isAbout: boolean): SeverityEntry[] {
  const table = readTable(node);
  const level = exactColumnOf(table, COLUMNS.level);
  if (level === -1) return [];
  if (columnOf(table, COLUMNS.alert) !== -1) return [];
  const response = columnOf(table, COLUMNS.response, [level]);
  const escalation = columnOf(table, COLUMNS.escalation, [level, response]);
  const described = columnOf(table, COLUMNS.description, [
    level,
    response,
    escalation,
  ]);
  const other = table.headers.findIndex(
    (_, index) => ![level, response, escalation].includes(index),
  );
  const description = described === -1 && isAbout ? other : described;
  if (description === -1) return [];
  return table.rows
    .filter(({ cells }) => isLevel(cells[level] ?? ''))
    .map(({ cells, line }) => ({
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

/** In a section about severity any list of levels; elsewhere one of nothing but "P1: ...", also below a step. */
function ofList(list: List, isAbout: boolean): SeverityEntry[] {
  const own = list.children.flatMap(item => ofItem(item, isAbout));
  if (isAbout || (own.length >= 2 && own.length === list.children.length)) {
    return own;
  }
  return list.children.flatMap(item =>
    item.children.flatMap(child =>
      child.type === 'list' ? ofList(child, false) : [],
    ),
  );
}

function ofItem(item: ListItem, isAbout: boolean): SeverityEntry[] {
  const text = plainText(item);
  const found =
    /^([^:：–—(]{1,40}?)(?:\s*\([^)]{0,80}\))?\s*(?:[:：–—]|\s-)\s*(\S.*)$/.exec(
      text,
    ) ?? /^([A-Za-z]{1,8}-?\d)\s*-\s+(\S.*)$/.exec(text);
  const bare = found?.[1].replace(/^[^\p{L}\p{N}]+/u, '') ?? '';
  return found && (isAbout ? isLevel(bare) : STRICT_LEVEL.test(bare))
    ? [{ level: bare.trim(), description: found[2], line: placeOf(item).line }]
    : [];
}

/** `### SEV1 - Critical` below "Severity levels", with what stands below it. */
function ofHeading(section: Section): SeverityEntry[] {
  const { parent, title } = section;
  if (!parent || !SECTION.isIn(parent.title) || !isLevel(title)) return [];
  const [, level, rest] =
    /^(.{1,40}?)\s*[:：–—]\s*(\S.*)$/.exec(title) ??
    /^(\S{1,12})\s+-\s+(\S.*)$/.exec(title) ??
    [];
  const first = ownNodes(section).find(
    ({ type }) => type === 'paragraph' || type === 'list',
  );
  const description = first ? plainText(first) : rest ?? '';
  return description === ''
    ? []
    : [
        {
          level: first ? title : level ?? title,
          description,
          line: section.line,
        },
      ];
}
