import type { Paragraph, PhrasingContent } from 'mdast';
import { factOf } from '../facts/metadataKeys';
import { plainText } from '../markdown/plainText';
import { roleOf } from './phaseRoles';
import { trimmedEnd } from '../../text/trimmed';

/** A bold text at the beginning of a line that names what follows. */
export interface BoldLabel {
  label: string;
  /** What stands after it on the same line; empty where the label stands alone. */
  value: PhrasingContent[];
}

const LONGEST_LABEL = 90;

/**
 * Reads a paragraph whose lines all begin with a bold label; undefined when one does not.
 *
 * ```text
 * **Symptoms**: Pods restart          **Version:** 1.0
 *   ^ label     ^ value               **Owner:** Platform team
 * **Rollback if needed:**             __Diagnosis__
 *   ^ label alone                       ^ label alone, without a colon
 * ```
 *
 * A bold text without a colon is a label only where nothing stands beside it.
 */
export function readBoldLabels(paragraph: Paragraph): BoldLabel[] | undefined {
  const lines = splitLines(paragraph.children);
  const labels: BoldLabel[] = [];
  for (const line of lines) {
    const label = readLabel(line, lines.length > 1);
    if (label) {
      labels.push(label);
    } else if (labels.length === 0 || startsLikeLabel(line)) {
      return undefined;
    } else {
      labels[labels.length - 1].value.push(
        { type: 'text', value: ' ' },
        ...line,
      );
    }
  }
  return labels.length === 0 ? undefined : labels;
}

function readLabel(
  line: PhrasingContent[],
  colonNeeded: boolean,
): BoldLabel | undefined {
  const [first, ...rest] = dropEmoji(line);
  if (first?.type !== 'strong') return undefined;
  const inside = plainText(first);
  if (inside === '' || inside.length > LONGEST_LABEL) return undefined;
  const next = rest[0];
  const after = next?.type === 'text' ? next.value : '';
  if (/[:：]$/.test(inside)) {
    return {
      label: trimmedEnd(inside, /[\s:：]/),
      value: trimStart(rest, 0),
    };
  }
  const colon = /^\s*[:：]\s*/.exec(after);
  if (colon) {
    return { label: inside, value: trimStart(rest, colon[0].length) };
  }
  const runIn = /^(\p{L}[\p{L} -]{2,30})\.$/u.exec(inside)?.[1];
  if (runIn && after.trim() !== '' && namesFact(runIn)) {
    return { label: runIn, value: trimStart(rest, 0) };
  }
  const isAlone = rest.every(node => plainText(node) === '');
  if (!isAlone || colonNeeded || /[.!?;,]$/.test(inside)) return undefined;
  return { label: inside, value: [] };
}

/** "**Symptom.** It is slow": a bold text with a full stop is a label only where it names a part or a fact. */
function namesFact(label: string): boolean {
  return roleOf(label) !== undefined || factOf(label) !== undefined;
}

function startsLikeLabel(line: PhrasingContent[]): boolean {
  return line[0]?.type === 'strong';
}

/** Lines of a paragraph; both soft and hard breaks end one. */
function splitLines(children: PhrasingContent[]): PhrasingContent[][] {
  const lines: PhrasingContent[][] = [[]];
  for (const child of children) {
    if (child.type === 'break') {
      lines.push([]);
    } else if (child.type === 'strong' && endsWithRuler(lines.at(-1))) {
      lines.push([child]);
    } else if (child.type === 'html' && /^<br\s*\/?>$/i.test(child.value)) {
      lines.push([]);
    } else if (child.type === 'text' && child.value.includes('\n')) {
      child.value.split('\n').forEach((value, index) => {
        if (index > 0) lines.push([]);
        if (value !== '') lines[lines.length - 1].push({ ...child, value });
      });
    } else {
      lines[lines.length - 1].push(child);
    }
  }
  return lines.filter(line => line.length > 0);
}

/** `**Version:** 1.0 | **Owner:** Team A` holds two facts; the ruler between them is taken off. */
function endsWithRuler(line: PhrasingContent[] | undefined): boolean {
  const last = line?.at(-1);
  if (!line || last?.type !== 'text' || !/\s[|·•]\s*$/.test(last.value)) {
    return false;
  }
  line[line.length - 1] = {
    ...last,
    value: last.value.trimEnd().slice(0, -1).trimEnd(),
  };
  return true;
}

function dropEmoji(line: PhrasingContent[]): PhrasingContent[] {
  const [first, ...rest] = line;
  return first?.type === 'text' && !/[\p{L}\p{N}]/u.test(first.value)
    ? rest
    : line;
}

function trimStart(
  nodes: PhrasingContent[],
  characters: number,
): PhrasingContent[] {
  const [first, ...rest] = nodes;
  if (first?.type !== 'text') return nodes;
  const value = first.value.slice(characters).replace(/^\s+/, '');
  return value === '' ? rest : [{ ...first, value }, ...rest];
}
