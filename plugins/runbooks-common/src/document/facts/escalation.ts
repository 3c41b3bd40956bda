import type { List, Table } from 'mdast';
import { placeOf, plainText } from '../markdown/plainText';
import type { EscalationEntry } from '../model';
import { ownNodes, type Section } from '../sections/sectionTree';
import { isUnfilled } from './contacts';
import { columnOf, readTable } from './tables';

const SECTION =
  /\bescalat(?:ion|e|ing)\b|\beskalation\b|\bwho to (?:page|call)\b/i;
const LEVEL = /^(?:L|level|tier|stage|step)[ -]?\d\b/i;

/**
 * Whom to call next, from numbered lists and tables in sections about escalation.
 *
 * ```text
 * 1. **L1:** On-call engineer (respond within 15 minutes)
 *      ^ level  ^ who           ^ when
 * ```
 */
export function readEscalation(
  sections: readonly Section[],
): EscalationEntry[] {
  return sections
    .filter(({ title }) => SECTION.test(title))
    .flatMap(section =>
      ownNodes(section).flatMap(node => {
        if (node.type === 'table') return ofTable(node);
        return node.type === 'list' ? ofList(node) : [];
      }),
    );
}

function ofList(list: List): EscalationEntry[] {
  const isLevels =
    list.ordered || list.children.some(item => LEVEL.test(plainText(item)));
  if (!isLevels) return [];
  return list.children.flatMap((item, index) => {
    const text = plainText(item);
    if (text === '' || isUnfilled(text)) return [];
    const named =
      /^((?:L|level|tier|stage|step)[ -]?\d[^:–—]{0,30}?)\s*[:–—-]\s*(.+)$/i.exec(
        text,
      );
    return [
      {
        level: named ? named[1].trim() : String((list.start ?? 1) + index),
        ...whoAndWhen(named ? named[2] : text),
        line: placeOf(item).line,
      },
    ];
  });
}

function whoAndWhen(text: string): {
  who: string;
  when?: string;
  contact?: string;
} {
  const bracket = /^(.*?)\s*\(([^()]{3,120})\)\s*(.*)$/.exec(text);
  const timed =
    /^(.{3,80}?)\s*[,:–—-]\s*((?:after|within|if|when|respond|response)\b.{3,120})$/i.exec(
      text,
    );
  const contact =
    /(?:[\w.+-]+@[\w-]+\.[\w.-]+|\+\d[\d\s().-]{6,}\d|(?<=\s)[@#][a-z][\w-]*)/i.exec(
      text,
    )?.[0];
  const split = bracket
    ? { who: `${bracket[1]} ${bracket[3]}`.trim(), when: bracket[2] }
    : timed && { who: timed[1], when: timed[2] };
  return {
    who: split?.who || text,
    ...(split ? { when: split.when } : {}),
    ...(contact ? { contact } : {}),
  };
}

function ofTable(node: Table): EscalationEntry[] {
  const table = readTable(node);
  const level = columnOf(
    table,
    /^(?:level|tier|stage|step|severity|priority|#|order)/i,
  );
  const who = columnOf(
    table,
    /^(?:who|contacts?|name|role|team|person|escalate to|owner|responder|on-?call)/i,
  );
  const when = columnOf(
    table,
    /when|time|after|within|sla|condition|trigger|criteria/i,
  );
  const how = table.headers.findIndex(
    (header, index) =>
      index !== who &&
      /phone|e-?mail|slack|channel|pager|how|contact/i.test(header),
  );
  if (who === -1) return [];
  return table.rows.flatMap(({ cells, line }, index) => {
    const person = cells[who] ?? '';
    if (isUnfilled(person)) return [];
    return [
      {
        level:
          level === -1 || level === who
            ? String(index + 1)
            : cells[level] ?? '',
        who: person,
        ...(when !== -1 && cells[when] ? { when: cells[when] } : {}),
        ...(how !== -1 && cells[how] && !isUnfilled(cells[how])
          ? { contact: cells[how] }
          : {}),
        line,
      },
    ];
  });
}
