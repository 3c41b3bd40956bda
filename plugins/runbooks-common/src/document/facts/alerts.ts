import type { Code, List, Table } from 'mdast';
import { placeOf, plainText } from '../markdown/plainText';
import type { AlertEntry } from '../model';
import { nodesWithin, ownNodes, type Section } from '../sections/sectionTree';
import { vocabulary } from '../words/vocabulary';
import { readAlertNames } from './alertNames';
import { COLUMN_WORDS, SECTION_WORDS } from './factWords';
import { columnOf, exactColumnOf, readTable } from './tables';

const SECTION = vocabulary(SECTION_WORDS.alerts);
const COLUMNS = {
  alert: vocabulary(COLUMN_WORDS.alert),
  signal: vocabulary(COLUMN_WORDS.signal),
  severity: vocabulary(COLUMN_WORDS.severity),
  condition: vocabulary(COLUMN_WORDS.condition),
  action: vocabulary(COLUMN_WORDS.action),
};
const SEVERITY =
  /^(?:critical|high|medium|low|warning|info|information|informational|page|ticket|p[0-4]|sev-?[0-5]|major|minor|urgent|emergency)$/i;

/**
 * Alerts that a document explains.
 *
 * ```text
 * | Alert | Severity | Action |           #### Error Rate Alert        **Critical**:
 * |-------|----------|--------|           Trigger: error rate > 1%     - All pods down
 * | ...                                   Action: roll back
 * ```
 */
export function readAlerts(sections: readonly Section[]): AlertEntry[] {
  const found: AlertEntry[] = [];
  for (const section of sections) {
    found.push(...readAlertNames(section));
    for (const node of ownNodes(section)) {
      if (node.type === 'table') found.push(...ofTable(node, section));
      else if (node.type === 'code')
        found.push(...ofTriggerBlock(node, section));
      else if (node.type === 'list') found.push(...ofList(node, section));
    }
  }
  const seen = new Set<string>();
  return found.filter(({ alert, line }) => {
    const key = `${alert}\n${line}`;
    if (seen.has(key)) return false;
    seen.add(key);
    return true;
  });
}

/**
 * A table with a column of alerts; in a section about alerts, or beside a severity and an action, a column of
 * triggers stands for it.
 */
function ofTable(node: Table, section: Section): AlertEntry[] {
  const table = readTable(node);
  const named = exactColumnOf(table, COLUMNS.alert);
  const severity = columnOf(table, COLUMNS.severity, [named]);
  const action = columnOf(table, COLUMNS.action, [named, severity]);
  const tellsAlerts =
    named !== -1 ||
    (severity > 0 && action !== -1) ||
    (SECTION.isIn(section.title) && (severity > 0 || action !== -1));
  if (!tellsAlerts) return [];
  const alert =
    named === -1
      ? exactColumnOf(table, COLUMNS.signal, [severity, action])
      : named;
  const condition = columnOf(table, COLUMNS.condition, [
    alert,
    severity,
    action,
  ]);
  if (alert === -1) return [];
  return table.rows
    .filter(({ cells }) => (cells[alert] ?? '') !== '')
    .map(({ cells, line }) => ({
      alert: cells[alert],
      ...optional('severity', cells[severity]),
      ...optional('condition', cells[condition]),
      ...optional('action', cells[action]),
      line,
    }));
}

/** A block of `Trigger:` and `Action:` lines below a heading, or an alerting rule. */
function ofTriggerBlock(node: Code, section: Section): AlertEntry[] {
  const line = placeOf(node).line;
  const facts = keyedLines(node.value);
  const condition = facts.get('trigger') ?? facts.get('condition');
  if (condition !== undefined) {
    return [
      {
        alert: section.title,
        ...optional('severity', facts.get('severity')),
        condition,
        ...optional('action', facts.get('action') ?? facts.get('response')),
        line: section.line,
      },
    ];
  }
  if (!/^ya?ml$/i.test(node.lang ?? '')) return [];
  return ruleEntries(node.value, line + 1);
}

function ruleEntries(yaml: string, firstLine: number): AlertEntry[] {
  const entries: AlertEntry[] = [];
  yaml.split('\n').forEach((text, index) => {
    const alert = valueOf(/^\s*(?:-\s*)?alert:/, text);
    if (alert && /^[\w -]+$/.test(alert)) {
      entries.push({ alert, line: firstLine + index });
      return;
    }
    const last = entries.at(-1);
    if (!last) return;
    const expr = valueOf(/^\s*expr:/, text);
    if (expr && expr !== '|' && expr !== '>') last.condition ??= expr;
    const severity = /^\s*severity:\s*["']?([\w-]+)/.exec(text)?.[1];
    if (severity) last.severity ??= severity;
    const summary = valueOf(
      /^\s*(?:summary|description|action|runbook):/,
      text,
    );
    if (summary) last.action ??= summary;
  });
  return entries;
}

/** The value of a key in a line of YAML, without blanks and quotes around it. */
function valueOf(key: RegExp, line: string): string | undefined {
  const found = key.exec(line);
  return found
    ? line
        .slice(found[0].length)
        .trim()
        .replace(/^["']/, '')
        .replace(/["']$/, '')
    : undefined;
}

/** Bullets below "Configure alerts for:" or below a severity in a section about alerts. */
function ofList(list: List, section: Section): AlertEntry[] {
  const about = isAboutAlerts(section);
  if (about === undefined) return [];
  return list.children.flatMap(item => {
    const text = plainText(item);
    if (
      text === '' ||
      text.length > 200 ||
      list.children.some(({ checked }) => typeof checked === 'boolean')
    )
      return [];
    const bracket = /^(.+?)\(([^()]+)\)/.exec(text);
    const arrow = /^(.{3,60}?)\s*(?:→|->|=>|:\s)\s*(\S.*)$/.exec(text);
    return [
      {
        alert: bracket ? bracket[1].trim() : arrow?.[1].trim() ?? text,
        ...optional('severity', about === '' ? undefined : about),
        ...optional('condition', bracket?.[2]),
        ...optional('action', bracket ? undefined : arrow?.[2]),
        line: placeOf(item).line,
      },
    ];
  });
}

/** The severity that a list stands under, '' for none; undefined where it is not about alerts. */
function isAboutAlerts(section: Section): string | undefined {
  const isCatalog =
    /^(?:alert(?:s|ing)?(?: (?:thresholds?|rules?|conditions?|levels?|list|summary|definitions?))?|(?:key|critical|common|important|configured|recommended) alerts?|alarms?)$/i;
  if (section.form === 'label' && SEVERITY.test(section.title)) {
    return section.parent && SECTION.isIn(section.parent.title)
      ? section.title
      : undefined;
  }
  if (!isCatalog.test(section.title)) return undefined;
  const hasCode = nodesWithin(section).some(({ type }) => type === 'code');
  return hasCode ? undefined : '';
}

function keyedLines(text: string): Map<string, string> {
  const facts = new Map<string, string>();
  for (const line of text.split('\n')) {
    const found = /^\s*(?:-\s*)?([A-Za-z][A-Za-z ]{2,20}):\s+(\S.*)$/.exec(
      line,
    );
    if (found && !facts.has(found[1].toLowerCase())) {
      facts.set(found[1].toLowerCase(), found[2].trim());
    }
  }
  return facts;
}

function optional<K extends string>(
  key: K,
  value: string | undefined,
): Partial<Record<K, string>> {
  return value ? ({ [key]: value } as Record<K, string>) : {};
}
