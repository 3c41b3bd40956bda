import type { Code, List, ListItem, Paragraph, Table } from 'mdast';
import { placeOf, plainText, rawText } from '../markdown/plainText';
import type { EscalationEntry } from '../model';
import { readBoldLabels } from '../sections/boldLabel';
import { isImperative } from '../sections/imperative';
import { ownNodes, type Section } from '../sections/sectionTree';
import { vocabulary } from '../words/vocabulary';
import { readEscalationFlow } from './escalationFlow';
import { COLUMN_WORDS, SECTION_WORDS } from './factWords';
import { columnOf, readTable, type ReadTable } from './tables';
import { isUnfilled } from './unfilled';
import { trimmedEnd } from '../../text/trimmed';

const SECTION = vocabulary(SECTION_WORDS.escalation);
const DUTY = vocabulary(SECTION_WORDS.contacts, SECTION_WORDS.rotations);
const COLUMNS = {
  level: vocabulary(COLUMN_WORDS.level),
  who: vocabulary(COLUMN_WORDS.who),
  when: vocabulary(COLUMN_WORDS.when),
  how: vocabulary(
    COLUMN_WORDS.phone,
    COLUMN_WORDS.email,
    COLUMN_WORDS.chat,
    COLUMN_WORDS.reach,
  ),
  action: vocabulary(COLUMN_WORDS.action),
  escalateTo: vocabulary({
    en: 'escalate to, escalates to, escalation contact, escalation path, to whom, to',
    de: 'Eskalation an',
    es: 'escalar a',
    fr: 'escalader vers, escalade vers',
    ja: 'エスカレーション先',
    pt: 'escalar para',
    zh: '升级至, 升级到',
  }),
};

/** "L1", "Level 2", "2nd level", "Stufe 3", "一级". */
const LEVEL_NAME =
  /^(?:(?:L|level|tier|stage|step|line|stufe|ebene|niveau|nivel|nível|livello|poziom|уровень|линия|cấp|レベル|단계|第)[ -]?(?:\d|i{1,3}|[一二三])|(?:\d(?:st|nd|rd|th|\.)?|first|second|third)[ -](?:level|tier|line)|[一二三1-4](?:级|線|线|次|차))/iu;

/** "0–5 min: on-call engineer", "After 30 minutes: team lead". */
const TIMED =
  /^((?:after |nach |tras |après |após |within )?[T+<>~]{0,2}\s?\d{1,3}\+?(?:\s?[–-]\s?\d{1,3})?\+?\s?(?:m|min|mins|minutes?|minuten|minutos|h|hrs?|hours?|stunden|horas|heures|分|分钟|分間|분|시간|phút|мин|ч)\+?)\s*[:：–—→-]\s*(\S.{1,160})$/iu;

/**
 * Whom to call next, from lists, tables, labels, headings and drawn chains in sections about escalation, and from
 * lists of levels in sections about duty.
 *
 * ```text
 * 1. **L1:** On-call engineer (respond within 15 minutes)      Primary (5 min)
 *      ^ level  ^ who           ^ when                             ↓ no answer
 * - If it lasts, escalate to the database team                 Team lead
 * ```
 */
export function readEscalation(
  sections: readonly Section[],
): EscalationEntry[] {
  const entries = entriesIn(sections);
  const hasLevels = entries.some(({ level }) => LEVEL_NAME.test(level));
  return entries.filter(({ who }) => !hasLevels || !isOnlyLevel(who));
}

/** "Page the second level" names nobody where the document tells elsewhere who that is. */
function isOnlyLevel(who: string): boolean {
  const text = who.replace(/^(?:the|die|der|den|el|la|le|o|a)\s+/iu, '');
  return LEVEL_NAME.exec(text)?.[0].length === text.length;
}

function entriesIn(sections: readonly Section[]): EscalationEntry[] {
  return sections.flatMap(section => {
    if (isAbout(section)) return ofSection(section);
    const nodes = ownNodes(section);
    return [
      ...nodes.flatMap(node => {
        if (node.type === 'table') return ofEscalateTable(node);
        return node.type === 'list' ? ofLadder(node) : [];
      }),
      ...(isAboutDuty(section)
        ? nodes.flatMap(node =>
            node.type === 'list' && countLevels(node) >= 2 ? ofList(node) : [],
          )
        : []),
    ];
  });
}

const LADDER = vocabulary({
  en: 'primary, secondary, tertiary, backup, first line, second line, escalation, escalate to, final escalation, primary on call, secondary on call',
  de: 'primär, sekundär, Vertretung, Eskalation',
  es: 'primario, secundario, respaldo, escalamiento',
  pt: 'primário, secundário, reserva, escalonamento',
  fr: 'primaire, secondaire, escalade',
});

/** A list anywhere that holds "Escalation: ..." beside "Primary: ..." and "Secondary: ...". */
function ofLadder(list: List): EscalationEntry[] {
  const rungs = list.children.flatMap(item => {
    const [, level, text] =
      /^([^:：]{3,40})[:：]\s*(\S.{1,200})$/.exec(leadOf(item)) ?? [];
    return level && LADDER.is(level) && !isUnfilled(text)
      ? [{ level, ...whoAndWhen(text), line: placeOf(item).line }]
      : [];
  });
  const saysSo = rungs.some(({ level }) => SECTION.isIn(level));
  return saysSo && rungs.length >= 2 ? rungs : [];
}

function isAbout(section: Section): boolean {
  if (SECTION.isIn(section.title)) return true;
  return (
    section.parent !== undefined &&
    SECTION.isIn(section.parent.title) &&
    LEVEL_NAME.test(section.title)
  );
}

function isAboutDuty(section: Section): boolean {
  for (let at: Section | undefined = section; at; at = at.parent) {
    if (DUTY.isIn(at.title)) return true;
  }
  return false;
}

function ofSection(section: Section): EscalationEntry[] {
  const nodes = ownNodes(section);
  const heading = LEVEL_NAME.exec(section.title);
  const below = nodes.flatMap(node => {
    switch (node.type) {
      case 'table':
        return ofTable(node);
      case 'list':
        return ofList(node);
      case 'code':
        return ofCode(node);
      case 'paragraph':
        return ofParagraph(node);
      default:
        return [];
    }
  });
  if (!heading || below.length > 0) return below;
  const { level, rest } = levelOf(section.title);
  return level === undefined || rest === '' || isUnfilled(rest)
    ? []
    : [{ level, ...whoAndWhen(rest), line: section.line }];
}

function ofCode(node: Code): EscalationEntry[] {
  if (!/^(?:|te?xt|plain(?:text)?|ascii)$/i.test(node.lang ?? '')) return [];
  return readEscalationFlow(node.value, placeOf(node).line + 1);
}

function countLevels(list: List): number {
  return list.children.filter(item => LEVEL_NAME.test(plainText(item))).length;
}

function ofList(list: List): EscalationEntry[] {
  const isLevels = list.ordered === true || countLevels(list) > 0;
  return list.children.flatMap((item, index) => {
    const text = leadOf(item);
    if (text === '' || isUnfilled(text)) return [];
    const place = { line: placeOf(item).line };
    const number = String((list.start ?? 1) + index);
    const { level, rest } = levelOf(text);
    if (level !== undefined && !isUnfilled(rest)) {
      return [{ level, ...whoAndWhen(rest || text), ...place }];
    }
    const timed = TIMED.exec(text);
    if (timed && !isUnfilled(timed[2])) {
      return [
        { level: number, ...whoAndWhen(timed[2]), when: timed[1], ...place },
      ];
    }
    const told = sentenceOf(text);
    if (told) return [{ level: number, ...told, ...place }];
    if (/[:：]$/.test(text)) return [];
    const chain = readEscalationFlow(text, place.line);
    if (chain.length > 2) return chain;
    const pair = /^(.{2,60}?)\s*(?:→|->|⇒|=>)\s*(.{2,160})$/.exec(text);
    if (pair) {
      return [{ level: pair[1].trim(), ...whoAndWhen(pair[2]), ...place }];
    }
    if (!isLevels) return labelled(text, number, place.line);
    return [{ level: number, ...whoAndWhen(text), ...place }];
  });
}

/** `- Database: DBA on call (#dba)`: whom to call for what. */
function labelled(
  text: string,
  level: string,
  line: number,
): EscalationEntry[] {
  const pair = /^([^:：]{2,40})[:：]\s*(.{2,120})$/.exec(text);
  if (!pair || isUnfilled(pair[2])) return [];
  const contact = contactIn(pair[2]);
  return contact === undefined
    ? []
    : [{ level, who: pair[1].trim(), contact, line }];
}

function leadOf(item: ListItem): string {
  const [first] = item.children;
  return first === undefined ? '' : plainText(first);
}

function levelOf(text: string): { level?: string; rest: string } {
  const name = LEVEL_NAME.exec(text)?.[0];
  if (name === undefined) return { rest: text };
  const behind = /^([^:：–—-]{0,30}?)\s*[:：–—-]\s*(\S.*)$/.exec(
    text.slice(name.length),
  );
  return behind
    ? { level: `${name}${behind[1]}`.trim(), rest: behind[2] }
    : { level: name, rest: text.slice(name.length).trim() };
}

/** "If it lasts longer than an hour, escalate to the database team". */
function sentenceOf(
  text: string,
): { who: string; when?: string; contact?: string } | undefined {
  const found =
    /^(.{0,200}?)(?<![\p{L}\p{N}-])(?:(?:auto-)?escalate (?:it |this |the issue |immediately )?to|page|contact|notify|call|ping|reach out to|involve|eskalieren an|escalar a(?:l)?|escalar para|contactar (?:a|con)|escalader (?:vers|à|au)|contacter)\s+(\S.{1,120}?)(?:[.;](?:\s|$)|$)/iu.exec(
      text,
    );
  if (!found) return undefined;
  const after =
    /^(.{2,80}?)[,]?\s+((?:if|when|after|within|for|unless|immediately|wenn|falls|si|cuando|quando|se)\b.*)$/i.exec(
      found[2],
    );
  const before = trimmedEnd(found[1], /[\s,:–—-]/).trim();
  const when = before || after?.[2];
  return {
    ...whoAndWhen(untilNextAction((after?.[1] ?? found[2]).trim())),
    ...(when ? { when } : {}),
  };
}

/** Of "the lead and open a call in #incidents" whom to call; what to do besides is nobody. */
function untilNextAction(text: string): string {
  for (const { index, 0: link } of text.matchAll(
    /\s(?:and|then|und|y|e|et)\s/giu,
  )) {
    if (isImperative(text.slice(index + link.length))) {
      return trimmedEnd(text.slice(0, index), /[\s,]/);
    }
  }
  return text;
}

/** "L2 (storage) if it lasts longer than an hour." */
function levelSentence(
  text: string,
): Omit<EscalationEntry, 'line'> | undefined {
  const level = LEVEL_NAME.exec(text)?.[0];
  const [, who, when] =
    /^\s*\(([^()]{2,60})\)\s*(?:,\s*)?(.{0,120}?)\.?$/.exec(
      text.slice(level?.length ?? 0),
    ) ?? [];
  return level && who ? { level, who, ...(when ? { when } : {}) } : undefined;
}

function ofParagraph(node: Paragraph): EscalationEntry[] {
  const { line } = placeOf(node);
  const labels = readBoldLabels(node);
  if (labels) {
    return labels.flatMap(({ label, value }, index) => {
      const text = plainText({ type: 'paragraph', children: value });
      if (isUnfilled(text)) return [];
      if (LEVEL_NAME.test(label)) {
        return [{ level: label, ...whoAndWhen(text), line: line + index }];
      }
      return labelled(`${label}: ${text}`, String(index + 1), line + index);
    });
  }
  const chain = readEscalationFlow(rawText(node), line);
  if (chain.length > 1) return chain;
  return plainText(node)
    .split(/(?<=[.!?])\s+/)
    .flatMap(sentence => levelSentence(sentence) ?? sentenceOf(sentence) ?? [])
    .map((entry, index) => ({ level: String(index + 1), ...entry, line }));
}

function whoAndWhen(text: string): {
  who: string;
  when?: string;
  contact?: string;
} {
  const bracket = /^([^()]{0,160}?)\s*\(([^()]{3,120})\)\s*((?:\S.*)?)$/.exec(
    text,
  );
  const timed =
    /^(.{3,80}?)\s*[,:–—-]\s*((?:after|within|if|when|respond|response|nach|wenn|après|si|después|tras|após|se)\b.{3,120})$/i.exec(
      text,
    );
  const contact = contactIn(text);
  const split = bracket
    ? { who: `${bracket[1]} ${bracket[3]}`.trim(), when: bracket[2] }
    : timed && { who: timed[1], when: timed[2] };
  return {
    who: split?.who || text,
    ...(split && split.when !== contact ? { when: split.when } : {}),
    ...(contact ? { contact } : {}),
  };
}

function contactIn(text: string): string | undefined {
  return /[\w.+-]{1,64}@[\w-]{1,63}\.[\w.-]{1,100}|\+\d[\d\s().-]{6,30}\d|(?<![^\s(])[@#][a-z][\w-]*/i.exec(
    text,
  )?.[0];
}

/** "If" beside "Do", in a section about escalation. */
function ofActions(table: ReadTable): EscalationEntry[] {
  const action = columnOf(table, COLUMNS.action);
  const when = columnOf(table, COLUMNS.when, [action]);
  if (action === -1 || when === -1) return [];
  return table.rows.flatMap(({ cells, line }, index) => {
    const text = cells[action] ?? '';
    return isUnfilled(text)
      ? []
      : [
          {
            level: String(index + 1),
            ...(sentenceOf(text) ?? { who: text }),
            when: cells[when] ?? '',
            line,
          },
        ];
  });
}

/** A table elsewhere that says in a heading to whom to escalate. */
function ofEscalateTable(node: Table): EscalationEntry[] {
  const table = readTable(node);
  return table.headers.some(header => COLUMNS.escalateTo.is(header))
    ? ofTable(node)
    : [];
}

function ofTable(node: Table): EscalationEntry[] {
  const table = readTable(node);
  const named = columnOf(table, COLUMNS.escalateTo);
  const level = columnOf(table, COLUMNS.level, [named]);
  const who = named === -1 ? columnOf(table, COLUMNS.who, [level]) : named;
  const when = columnOf(table, COLUMNS.when, [level, who]);
  const how = columnOf(table, COLUMNS.how, [who, level, when]);
  if (who === -1) return ofActions(table);
  return table.rows.flatMap(({ cells, line }, index) => {
    const at = (column: number) =>
      column === -1 || isUnfilled(cells[column] ?? '')
        ? undefined
        : cells[column];
    const person = at(who);
    if (person === undefined) return [];
    const contact = at(how);
    return [
      {
        level: level === -1 ? String(index + 1) : cells[level] ?? '',
        who: person,
        ...(at(when) ? { when: at(when) } : {}),
        ...(contact ? { contact } : {}),
        line,
      },
    ];
  });
}
