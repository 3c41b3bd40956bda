import { placeOf, plainText } from '../markdown/plainText';
import type { CommunicationChannel } from '../model';
import { ownNodes, type Section } from '../sections/sectionTree';
import { readTable } from './tables';
import { trimmed } from '../../text/trimmed';

const NAME = /(?:^|[\s(`])(#[a-z][\w-]{1,79})\b/i;

/**
 * Chat channels that a document names with their purpose.
 *
 * ```text
 * - **#incidents:** For active incidents       | #payments-oncall | Alerts |
 * ```
 */
export function readChannels(
  sections: readonly Section[],
): CommunicationChannel[] {
  const found = new Map<string, CommunicationChannel>();
  const add = (text: string, purpose: string | undefined, line: number) => {
    const name = NAME.exec(text)?.[1];
    if (name === undefined || found.has(name)) return;
    found.set(name, { name, ...(purpose ? { purpose } : {}), line });
  };
  for (const section of sections) {
    for (const node of ownNodes(section)) {
      if (node.type === 'list') {
        for (const item of node.children) {
          const text = plainText(item);
          const isLead =
            /^(?:[\p{L} ]{0,30}:\s*)?#/u.test(text) ||
            /slack|channel|chat|communication/i.test(section.title);
          if (isLead) add(text, purposeOf(text), placeOf(item).line);
        }
      } else if (node.type === 'table') {
        for (const { cells, line } of readTable(node).rows) {
          const at = cells.findIndex(cell => /^#[a-z][\w-]+$/i.test(cell));
          if (at !== -1)
            add(
              cells[at],
              cells.filter((_, index) => index !== at).join(', '),
              line,
            );
        }
      }
    }
  }
  return [...found.values()];
}

function purposeOf(text: string): string | undefined {
  const rest = trimmed(text.replace(NAME, ' '), /[\s:–—(),-]/);
  return rest === '' ? undefined : rest;
}
