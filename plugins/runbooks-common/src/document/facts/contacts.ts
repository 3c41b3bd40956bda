import type { List, ListItem, Paragraph, Table } from 'mdast';
import { placeOf, plainText } from '../markdown/plainText';
import type { Contact } from '../model';
import { readBoldLabels } from '../sections/boldLabel';
import { ownNodes, type Section } from '../sections/sectionTree';
import { vocabulary } from '../words/vocabulary';
import { contactOf } from './contactOf';
import { contactsOfYaml } from './contactsOfYaml';
import { COLUMN_WORDS, SECTION_WORDS } from './factWords';
import { columnOf, exactColumnOf, readTable, type ReadTable } from './tables';
import { isUnfilled } from './unfilled';
import { trimmed, trimmedEnd } from '../../text/trimmed';

const SECTION = vocabulary(SECTION_WORDS.contacts);
const COLUMNS = {
  name: vocabulary(COLUMN_WORDS.name),
  role: vocabulary(COLUMN_WORDS.role),
  phone: vocabulary(COLUMN_WORDS.phone),
  email: vocabulary(COLUMN_WORDS.email),
  chat: vocabulary(COLUMN_WORDS.chat),
  reach: vocabulary(COLUMN_WORDS.reach),
};

/** Headings below which a table of roles alone is one of people to call. */
const PEOPLE = vocabulary({
  en: 'contact, contacts, point of contact, points of contact',
  de: 'Kontakte, Ansprechpartner*',
  es: 'contactos',
  pt: 'contatos, contactos',
  it: 'contatti',
  ru: 'контакт*',
  zh: '联系人, 联系方式',
  ja: '連絡先',
  ko: '연락처',
  vi: 'liên hệ',
});

const EMAIL = /[\w.+-]{1,64}@[\w-]{1,63}(?:\.[\w-]{1,63})+/;
const PHONE =
  /(?:\+\d|\(\d{2,4}\)|\b\d{1,3}-)[\d\s().-]{5,30}\d|\b\d-\d{3}-[A-Z0-9-]{4,30}|\b0\d{1,4}[\s/-]\d[\d\s/-]{4,20}\d/;
/** A page that is all there is beside a name. */
const LINK = /^https?:\/\/\S+$/;
const CHAT = /(?:^|[\s(])([@#][a-z0-9][\w.-]*)/i;

/**
 * People and teams that a document names, from tables, lists, labels and YAML blocks in its contact sections.
 *
 * ```text
 * | Role | Name | Phone |       - **Primary**: Jane Doe, +1-555-0101       primary:
 * | Who  | Reach via    |       - DBA team                                   name: "John Smith"
 *                                 - Phone: +1-555-0102
 * ```
 *
 * A placeholder that was never filled ("[Contact details]") is no contact.
 */
export function readContacts(sections: readonly Section[]): Contact[] {
  const contacts: Contact[] = [];
  for (const section of sections) {
    const isContacts = SECTION.isIn(section.title);
    for (const node of ownNodes(section)) {
      if (node.type === 'table')
        contacts.push(...ofTable(node, isContacts, section.title));
      else if (node.type === 'list')
        contacts.push(...(isContacts ? ofList(node) : ofListsWithin(node)));
      else if (node.type === 'paragraph')
        contacts.push(...ofLabels(node, isContacts));
      else if (node.type === 'code' && /^ya?ml$/i.test(node.lang ?? '')) {
        contacts.push(...contactsOfYaml(node, isContacts));
      }
    }
  }
  return contacts;
}

type Columns = Record<keyof typeof COLUMNS, number>;

function columnsOf(table: ReadTable): Columns {
  const taken: number[] = [];
  const take = (index: number) => {
    if (index !== -1) taken.push(index);
    return index;
  };
  const phone = take(columnOf(table, COLUMNS.phone));
  const email = take(columnOf(table, COLUMNS.email, taken));
  const chat = take(columnOf(table, COLUMNS.chat, taken));
  const name = take(exactColumnOf(table, COLUMNS.name, taken));
  const role = take(exactColumnOf(table, COLUMNS.role, taken));
  const reach = take(exactColumnOf(table, COLUMNS.reach, taken));
  return nameOrReach({ name, role, phone, email, chat, reach }, table);
}

/** "Contact" beside "Role" may hold a person or how to reach one: its cells tell. */
function nameOrReach(columns: Columns, table: ReadTable): Columns {
  if (columns.name === -1 || columns.role === -1 || columns.reach !== -1) {
    return columns;
  }
  const cells = table.rows.map(row => row.cells[columns.name] ?? '');
  const isReach = cells.some(cell => EMAIL.test(cell) || PHONE.test(cell));
  return isReach && COLUMNS.reach.is(table.headers[columns.name])
    ? { ...columns, name: -1, reach: columns.name }
    : columns;
}

function ofTable(node: Table, isContacts: boolean, title: string): Contact[] {
  const table = readTable(node);
  const columns = columnsOf(table);
  const hasReach = [
    columns.phone,
    columns.email,
    columns.chat,
    columns.reach,
  ].some(index => index !== -1);
  const hasName = columns.name !== -1;
  if (!hasName && columns.role === -1) return [];
  const hasRoles = columns.role === 0 && PEOPLE.isIn(title);
  if (!hasReach && !hasRoles && !(isContacts && hasName && columns.role !== -1))
    return [];
  if (!isContacts && !(hasName && hasReach)) return [];
  return table.rows.flatMap(row => ofRow(row, table, columns));
}

function ofRow(
  { cells, line }: ReadTable['rows'][number],
  table: ReadTable,
  columns: Columns,
): Contact[] {
  const at = (index: number) =>
    index === -1 || isUnfilled(cells[index] ?? '') ? undefined : cells[index];
  const others = Object.fromEntries(
    table.headers.flatMap((header, index) =>
      Object.values(columns).includes(index) || at(index) === undefined
        ? []
        : [[header, cells[index]]],
    ),
  );
  const role = at(columns.role);
  const name = at(columns.name);
  const reach = reachIn(at(columns.reach) ?? '');
  const known = {
    phone: at(columns.phone) ?? reach.phone,
    email: at(columns.email) ?? reach.email,
    slack: at(columns.chat) ?? reach.slack,
  };
  if (reach.other) others[table.headers[columns.reach]] = reach.other;
  const saysMore =
    Object.keys(others).length > 0 || Object.values(known).some(Boolean);
  // A role whose person was never filled in is a contact where the row says something else of it.
  if (name === undefined && (role === undefined || !saysMore)) return [];
  return [
    contactOf(
      { name: name ?? role!, role: name ? role : undefined, ...known },
      others,
      line,
    ),
  ];
}

function reachIn(text: string): {
  phone?: string;
  email?: string;
  slack?: string;
  other?: string;
} {
  if (text === '') return {};
  const email = EMAIL.exec(text)?.[0];
  const phone = PHONE.exec(text)?.[0].trim();
  const slack = CHAT.exec(email ? text.replace(email, '') : text)?.[1];
  return email || phone || slack ? { email, phone, slack } : { other: text };
}

function ofList(list: List): Contact[] {
  return list.children.flatMap(ofItem);
}

/** `- Points of contact` over a list of them, wherever it stands. */
function ofListsWithin(list: List): Contact[] {
  return list.children.flatMap(({ children: [lead, ...below] }) =>
    lead && PEOPLE.isIn(plainText(lead)) && plainText(lead).length <= 60
      ? below.flatMap(node => (node.type === 'list' ? ofList(node) : []))
      : [],
  );
}

function ofItem(item: ListItem): Contact[] {
  const [first, ...below] = item.children;
  const lead = first ? plainText(first) : '';
  const nested = below.flatMap(node =>
    node.type === 'list' ? node.children.map(child => plainText(child)) : [],
  );
  const isGroup = nested.length > 0 && !EMAIL.test(lead) && !PHONE.test(lead);
  const own = isGroup ? ofNested(lead, nested, placeOf(item).line) : undefined;
  if (own) return own;
  const text = plainText(item);
  return ofText(text, placeOf(item).line);
}

/**
 * `- DBA team` over `- Phone: ...` and `- Email: ...` is one contact; over a line for each person it is none itself.
 */
function ofNested(
  lead: string,
  nested: readonly string[],
  line: number,
): Contact[] | undefined {
  const facts = new Map<keyof typeof COLUMNS, string>();
  for (const text of nested) {
    const [, key, value] = /^([^:：]{2,40})[:：]\s*(\S.*)$/.exec(text) ?? [];
    const found = key && fieldOf(key);
    if (found && !isUnfilled(value)) facts.set(found, value);
  }
  if (facts.size === 0) {
    return nested.flatMap((text, index) => ofText(text, line + 1 + index));
  }
  const role = trimmedEnd(lead, /[\s:：]/);
  const name = facts.get('name');
  const reach = reachIn(facts.get('reach') ?? '');
  return [
    contactOf(
      {
        name: name ?? role,
        role: name ? role : facts.get('role'),
        phone: facts.get('phone') ?? reach.phone,
        email: facts.get('email') ?? reach.email,
        slack: facts.get('chat') ?? reach.slack,
      },
      {},
      line,
    ),
  ];
}

function fieldOf(key: string): keyof typeof COLUMNS | undefined {
  return (['phone', 'email', 'chat', 'name', 'role', 'reach'] as const).find(
    field => COLUMNS[field].is(key),
  );
}

function ofText(text: string, line: number): Contact[] {
  const split = /^(.{2,60}?)\s*(?:[:：]|\s[-–—→]\s)\s*(\S.*)$/.exec(text);
  const { email, phone, slack } = reachIn(text);
  if (/^#/.test(text) && !email && !phone) return [];
  if (!split && !email && !phone && !slack) return [];
  const head = split?.[1] ?? text.split(/[,(]/)[0];
  const rest = (split?.[2] ?? '').trim();
  if (split && isUnfilled(rest)) return [];
  const name = trimmed(
    rest
      .replace(email ?? '\0', '')
      .replace(phone ?? '\0', '')
      .replace(slack ?? '\0', ''),
    /[\s,;()|–-]/,
  );
  const isPerson = /^[\p{Lu}][\p{L}'.-]+(?: [\p{Lu}][\p{L}'.-]*)+/u.test(name);
  const link = LINK.exec(rest)?.[0];
  if (!isPerson && !email && !phone && !slack) {
    return link ? [contactOf({ name: head.trim() }, { link }, line)] : [];
  }
  const reach = { phone, email, slack };
  return [
    contactOf(
      isPerson
        ? { name: name.split(/[,(;]/)[0].trim(), role: head.trim(), ...reach }
        : { name: head.trim(), ...reach },
      {},
      line,
    ),
  ];
}

/** `**Security contact:** security@example.org`, in a contact section or where the label says so. */
function ofLabels(node: Paragraph, isContacts: boolean): Contact[] {
  return (readBoldLabels(node) ?? []).flatMap(({ label, value }) => {
    if (!isContacts && !SECTION.isIn(label)) return [];
    const text = plainText({ type: 'paragraph', children: value });
    const { email, phone, slack } = reachIn(text);
    if (!email && !phone && !(isContacts && slack)) return [];
    return ofText(`${label}: ${text}`, placeOf(node).line);
  });
}
