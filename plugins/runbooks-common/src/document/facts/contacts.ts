import type { Code, List, Table } from 'mdast';
import { parse } from 'yaml';
import { placeOf, plainText } from '../markdown/plainText';
import type { Contact } from '../model';
import { ownNodes, type Section } from '../sections/sectionTree';
import { readTable } from './tables';

const SECTION =
  /\bcontacts?\b|\bwho to (?:call|contact|page)\b|\bon-?call\b|\bescalation (?:contacts?|list|matrix)\b|\bstakeholders\b|\bsupport\b|\bansprechpartner\b|\bteam members?\b|\bpoints? of contact\b/i;

const EMAIL = /[\w.+-]+@[\w-]+(?:\.[\w-]+)+/;
const PHONE =
  /(?:\+\d|\(\d{2,4}\)|\b\d{1,3}-)[\d\s().-]{5,}\d|\b\d-\d{3}-[A-Z0-9-]{4,}/;
const SLACK = /(?:^|[\s(])([@#][a-z0-9][\w.-]*)/i;

/**
 * People and teams that a document names, from tables, lists and YAML blocks in its contact sections.
 *
 * ```text
 * | Role | Name | Phone |       - **Primary**: Jane Doe, +1-555-0101       primary:
 *                                                                            name: "John Smith"
 * ```
 *
 * A placeholder that was never filled ("[Contact details]") is no contact.
 */
export function readContacts(sections: readonly Section[]): Contact[] {
  const contacts: Contact[] = [];
  for (const section of sections) {
    const isContacts = SECTION.test(section.title);
    for (const node of ownNodes(section)) {
      if (node.type === 'table') contacts.push(...ofTable(node, isContacts));
      else if (node.type === 'list' && isContacts)
        contacts.push(...ofList(node));
      else if (node.type === 'code' && /^ya?ml$/i.test(node.lang ?? '')) {
        contacts.push(...ofYaml(node, isContacts));
      }
    }
  }
  return contacts;
}

/** True where a text stands for something that somebody should have written. */
export function isUnfilled(text: string): boolean {
  return (
    /^\W*(?:\[[^\]]*\]|<[^>]*>|\{[^}]*\}|tbd|tba|todo|n\/?a|xxx+|-+|none)\W*$/i.test(
      text,
    ) || text.trim() === ''
  );
}

function ofTable(node: Table, isContacts: boolean): Contact[] {
  const table = readTable(node);
  const find = (pattern: RegExp) =>
    table.headers.findIndex(header => pattern.test(header));
  const columns = {
    name: find(
      /^(?:name|contact|person|who|primary contact|contact name|ansprechpartner)$/i,
    ),
    role: find(
      /^(?:role|team|title|position|function|area|type|service|responsibility|level|rolle)$/i,
    ),
    phone: find(/phone|mobile|tel\b|telefon|\bcell\b|number/i),
    email: find(/e-?mail|^mail$/i),
    slack: find(/slack|chat|channel|teams|irc|handle/i),
  };
  const reaches = [columns.phone, columns.email, columns.slack].some(
    index => index !== -1,
  );
  if (columns.name === -1 && columns.role === -1) return [];
  if (!reaches && !(isContacts && columns.name !== -1 && columns.role !== -1))
    return [];
  if (!isContacts && !(columns.name !== -1 && reaches)) return [];
  return table.rows.flatMap(({ cells, line }) => {
    const at = (index: number) =>
      index === -1 || isUnfilled(cells[index] ?? '') ? undefined : cells[index];
    const name = at(columns.name === -1 ? columns.role : columns.name);
    if (name === undefined) return [];
    const used = new Set(Object.values(columns));
    return [
      contactOf(
        {
          name,
          role: columns.name === -1 ? undefined : at(columns.role),
          phone: at(columns.phone),
          email: at(columns.email),
          slack: at(columns.slack),
        },
        Object.fromEntries(
          table.headers.flatMap((header, index) =>
            used.has(index) || isUnfilled(cells[index] ?? '')
              ? []
              : [[header, cells[index]]],
          ),
        ),
        line,
      ),
    ];
  });
}

function ofList(list: List): Contact[] {
  return list.children.flatMap(item => {
    const text = plainText(item);
    const split = /^(.{2,60}?)\s*(?::|\s[-–—]\s)\s*(.+)$/.exec(text);
    const email = EMAIL.exec(text)?.[0];
    const phone = PHONE.exec(text)?.[0].trim();
    const slack = SLACK.exec(email ? text.replace(email, '') : text)?.[1];
    if (/^#/.test(text) && !email && !phone) return [];
    if (!split && !email && !phone && !slack) return [];
    const head = split?.[1] ?? text.split(/[,(]/)[0];
    const rest = (split?.[2] ?? '').trim();
    if (split && isUnfilled(rest)) return [];
    const name = rest
      .replace(email ?? '\0', '')
      .replace(phone ?? '\0', '')
      .replace(slack ?? '\0', '')
      .replace(/^[\s,;()|–-]+|[\s,;()|–-]+$/g, '');
    const isPerson = /^[\p{Lu}][\p{L}'.-]+(?: [\p{Lu}][\p{L}'.-]*)+/u.test(
      name,
    );
    if (!isPerson && !email && !phone && !slack) return [];
    return [
      contactOf(
        isPerson
          ? {
              name: name.split(/[,(;]/)[0].trim(),
              role: head.trim(),
              phone,
              email,
              slack,
            }
          : { name: head.trim(), phone, email, slack },
        {},
        placeOf(item).line,
      ),
    ];
  });
}

function ofYaml(node: Code, isContacts: boolean): Contact[] {
  let value: unknown;
  try {
    value = parse(node.value, { maxAliasCount: 20, logLevel: 'silent' });
  } catch {
    return [];
  }
  const lines = node.value.split('\n');
  const first = (node.position?.start.line ?? 1) + 1;
  const found: Contact[] = [];
  let searchFrom = 0;
  const walk = (entry: unknown, path: string[], depth: number): void => {
    if (entry === null || typeof entry !== 'object' || depth > 8) return;
    const facts = scalarsOf(entry as Record<string, unknown>);
    const reach =
      facts.phone ?? facts.email ?? facts.slack ?? facts.mobile ?? facts.pager;
    const name =
      facts.name ?? (reach ? path.at(-1)?.replace(/_/g, ' ') : undefined);
    if (
      name !== undefined &&
      reach !== undefined &&
      (isContacts || facts.name !== undefined) &&
      !isUnfilled(name)
    ) {
      const key = path.at(-1) ?? name;
      const at = lines.findIndex(
        (text, index) =>
          index >= searchFrom &&
          text.trimStart().replace(/^- /, '').startsWith(key),
      );
      if (at !== -1) searchFrom = at + 1;
      const { name: _name, phone, email, slack, role, ...other } = facts;
      found.push(
        contactOf(
          {
            name,
            role:
              role ??
              (facts.name ? path.at(-1)?.replace(/_/g, ' ') : undefined),
            phone,
            email,
            slack,
          },
          other,
          first + Math.max(at, 0),
        ),
      );
    }
    for (const [key, below] of Object.entries(entry)) {
      walk(below, Array.isArray(entry) ? path : [...path, key], depth + 1);
    }
  };
  walk(value, [], 0);
  return found;
}

function scalarsOf(entry: Record<string, unknown>): Record<string, string> {
  return Object.fromEntries(
    Object.entries(entry).flatMap(([key, value]) =>
      typeof value === 'string' || typeof value === 'number'
        ? [[key.toLowerCase(), String(value)]]
        : [],
    ),
  );
}

function contactOf(
  facts: { name: string } & Partial<
    Record<'role' | 'phone' | 'email' | 'slack', string | undefined>
  >,
  other: Record<string, string>,
  line: number,
): Contact {
  const { name, role, phone, email, slack } = facts;
  return {
    name,
    ...(role ? { role } : {}),
    ...(phone ? { phone } : {}),
    ...(email ? { email } : {}),
    ...(slack ? { slack } : {}),
    other,
    line,
  };
}
