import type { List, Paragraph, RootContent } from 'mdast';
import { placeOf, plainText, rawText } from '../markdown/plainText';
import type { AlertEntry } from '../model';
import { readBoldLabels } from '../sections/boldLabel';
import { ownNodes, type Section } from '../sections/sectionTree';
import { vocabulary } from '../words/vocabulary';
import { COLUMN_WORDS } from './factWords';
import { isUnfilled } from './unfilled';

const KEY = vocabulary(COLUMN_WORDS.alert, {
  en: 'alert rule*, alert names, related alert*, associated alert*, linked alert*, triggering alert*, source alert*, prometheus alert*, grafana alert*, datadog alert*, cloudwatch alarm*, applies to alert*, for alert*, covers alert*, corresponding alert*, monitor name',
});
/** Where an alert goes is no alert. */
const WHERE_TO =
  /#|https?:|@|\b(?:slack|pagerduty|opsgenie|e-?mail|channel|sms|telegram|discord)\b/i;
/** "ArgocdSyncFailed": three humps or more, so that "PostgreSQL" is none. */
const ALERT_NAME = /^[A-Z][a-z0-9]+(?:[A-Z]+[a-z0-9]+){2,}$/;

/**
 * Alerts that a section names without a table: as a fact, as a list below "Applies to alerts:", or in its heading
 * where its sisters are named like that too.
 *
 * ```text
 * **Alerts:** `QueueFull`, `NoWriters`      ## QueueIsFull      Applies to alerts:
 * - Alert name: QueueFull                   ## WritersAreDown   - `QueueFull` (SEV-1)
 * ```
 */
export function readAlertNames(section: Section): AlertEntry[] {
  const nodes = ownNodes(section);
  return [
    ...ofHeading(section),
    ...nodes.flatMap((node, index) => ofNode(node, nodes[index - 1])),
  ];
}

function ofNode(
  node: RootContent,
  before: RootContent | undefined,
): AlertEntry[] {
  if (node.type === 'paragraph') return ofParagraph(node);
  if (node.type !== 'list') return [];
  return before?.type === 'paragraph' && introducesAlerts(before)
    ? ofNames(node)
    : node.children.flatMap(({ children: [first] }) =>
        first?.type === 'paragraph' ? ofParagraph(first) : [],
      );
}

function introducesAlerts(paragraph: Paragraph): boolean {
  const text = plainText(paragraph);
  return /[:：]$/.test(text) && KEY.is(text);
}

function ofNames(list: List): AlertEntry[] {
  return list.children.flatMap(item => {
    const [, name, severity] =
      /^([^()]{2,100}?)(?:\s*\(([^()]{1,30})\))?$/.exec(plainText(item)) ?? [];
    return name && !isUnfilled(name)
      ? [
          {
            alert: name.trim(),
            ...(severity ? { severity } : {}),
            line: placeOf(item).line,
          },
        ]
      : [];
  });
}

function ofParagraph(paragraph: Paragraph): AlertEntry[] {
  const { line } = placeOf(paragraph);
  const labels = readBoldLabels(paragraph);
  const facts = labels
    ? labels.map(({ label, value }) => ({
        key: label,
        value: plainText({ type: 'paragraph', children: value }),
      }))
    : rawText(paragraph)
        .split('\n')
        .map(text => {
          const [, key, value] =
            /^([^:：]{3,40})[:：]\s*(\S.*)$/.exec(text.trim()) ?? [];
          return { key: key ?? '', value: value ?? '' };
        });
  return facts
    .filter(({ key, value }) => KEY.is(key) && !WHERE_TO.test(value))
    .flatMap(({ value }) => namesIn(value))
    .map(alert => ({ alert, line }));
}

function namesIn(text: string): string[] {
  return text
    .slice(0, 1000)
    .split(/[,;、，]|\s(?:or|and|und|oder|y|o|e|ou|et)\s/)
    .map(name => name.trim().replace(/\.$/, ''))
    .filter(name => name.length <= 100 && !isUnfilled(name));
}

function ofHeading(section: Section): AlertEntry[] {
  if (section.form !== 'heading' || !ALERT_NAME.test(section.title)) return [];
  const sisters = section.parent?.flow.filter(
    item => item.kind === 'section' && ALERT_NAME.test(item.section.title),
  );
  return sisters && sisters.length >= 2
    ? [{ alert: section.title, line: section.line }]
    : [];
}
