import type { List, Paragraph, RootContent, Table } from 'mdast';
import { plainText, rawText } from '../markdown/plainText';
import type { RunbookMetadata } from '../model';
import { readBoldLabels } from '../sections/boldLabel';
import { readDay } from './dates';
import { factOf, type KnownKey } from './metadataKeys';
import { readTable } from './tables';
import { isUnfilled } from './unfilled';

/** A fact as written: `**Owner:** Platform team`. */
export interface MetadataEntry {
  key: string;
  value: string;
}

const REVIEW_WORDS =
  /\b(?:quarterly|monthly|weekly|yearly|annually|annual|bi-?annually|semi-?annually|bi-?weekly|bi-?monthly|every (?:\d+|two|three|four|six|twelve|other)? ?(?:days?|weeks?|months?|quarters?|years?)|each (?:week|month|quarter|year)|once (?:a|per) (?:week|month|quarter|year))\b/i;

/** Facts from entries; of two for one fact the first counts, and what was never filled in is none. */
export function metadataOf(entries: readonly MetadataEntry[]): RunbookMetadata {
  const metadata: RunbookMetadata = { other: {} };
  for (const { key, value } of entries) {
    const fact = factOf(key);
    if (fact === undefined || metadata[fact] !== undefined) {
      if (fact === undefined && !(key in metadata.other)) {
        metadata.other[key] = value;
      }
      continue;
    }
    if (isUnfilled(value)) continue;
    metadata[fact] = valueOf(fact, value);
    if (fact === 'reviewSchedule' && metadata[fact] !== value) {
      metadata.other[key] = value;
    }
  }
  return metadata;
}

/** Keys that tell about a procedure and name no step. */
const REMARK =
  /^(?:use case|status|purpose|rollback(?: time)?|downtime|retention|manual renewal)$/i;

/** True where every line of a paragraph is a fact of the document: "**Owner:** Team A", "Frequency: daily". */
export function isMetadataLine(paragraph: Paragraph): boolean {
  const labels = readBoldLabels(paragraph);
  if (!labels) {
    const lines = rawText(paragraph).split('\n');
    return paragraphEntries(paragraph).length === lines.length;
  }
  return labels.every(
    ({ label }) => factOf(label) !== undefined || REMARK.test(label),
  );
}

/**
 * Facts that stand in nodes as bold labels, plain `Key: value` lines at the top, lists of them, or tables of two
 * columns.
 *
 * ```text
 * **Version:** 1.0          - **Owner**: Team A        | Owner | Team A |
 * ```
 */
export function entriesIn(nodes: readonly RootContent[]): MetadataEntry[] {
  return nodes.flatMap(node => {
    switch (node.type) {
      case 'paragraph':
        return paragraphEntries(node);
      case 'list':
        return listEntries(node);
      case 'table':
        return tableEntries(node);
      case 'blockquote':
        return entriesIn(node.children);
      default:
        return [];
    }
  });
}

/** A key, a colon and a value; a full-width colon needs no blank behind it. */
const PLAIN_FACT =
  /^[^\p{L}\p{N}]*([\p{L}][\p{L}\p{M} _/.-]{0,29})(?::\s+|：\s*)(\S.{0,120})$/u;

function paragraphEntries(paragraph: Paragraph): MetadataEntry[] {
  const labels = readBoldLabels(paragraph);
  if (labels) {
    return labels
      .map(({ label, value }) => ({
        key: label,
        value: plainText({ type: 'paragraph', children: value }),
      }))
      .filter(({ value }) => value !== '');
  }
  // Plain lines count only where they name a known fact: "Owner: Team A".
  return rawText(paragraph)
    .split(/\n|\s[|·•]\s/)
    .flatMap(line => {
      const found = PLAIN_FACT.exec(line.trim());
      return found && factOf(found[1]) !== undefined
        ? [{ key: found[1], value: found[2].trim() }]
        : [];
    });
}

function listEntries(list: List): MetadataEntry[] {
  return list.children.flatMap(item => {
    const [first] = item.children;
    if (first?.type !== 'paragraph') return [];
    return paragraphEntries(first).filter(
      ({ key }) => factOf(key) !== undefined,
    );
  });
}

function tableEntries(node: Table): MetadataEntry[] {
  const table = readTable(node);
  if (table.headers.length !== 2) return [];
  const rows = [table.headers, ...table.rows.map(({ cells }) => cells)];
  const known = rows.filter(
    ([key]) => key !== undefined && factOf(key) !== undefined,
  );
  if (known.length < 2 || known.length / rows.length < 0.35) return [];
  const [first, ...others] = rows;
  const isFact = factOf(first[0] ?? '') !== undefined;
  return (isFact ? rows : others)
    .filter(([key, value]) => key && value)
    .map(([key, value]) => ({ key: key.replace(/[:：]$/, ''), value }));
}

function valueOf(fact: KnownKey, value: string): string {
  switch (fact) {
    case 'lastUpdated':
    case 'nextReview':
      return readDay(value) ?? value;
    case 'reviewSchedule':
      return value.length > 40
        ? REVIEW_WORDS.exec(value)?.[0].toLowerCase() ?? value
        : value;
    default:
      return value;
  }
}
