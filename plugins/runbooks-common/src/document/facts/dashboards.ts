import type { Link, Nodes } from 'mdast';
import { placeOf, plainText } from '../markdown/plainText';
import type { Dashboard } from '../model';
import { ownNodes, type Section } from '../sections/sectionTree';
import { vocabulary } from '../words/vocabulary';
import { SECTION_WORDS } from './factWords';
import { readTable } from './tables';
import { trimmed } from '../../text/trimmed';

const SECTION = vocabulary(SECTION_WORDS.dashboards);
const ADDRESS =
  /grafana|kibana|datadog|dashboard|\/d\/|newrelic|splunk|cloudwatch|prometheus|lightstep|honeycomb/i;

/**
 * Dashboards that a document links to: every link in a section about dashboards, elsewhere those whose text or
 * address says so.
 *
 * ```text
 * 1. **System Overview** - https://grafana.example.com/d/overview
 * [Latency dashboard](https://grafana.example.com/d/latency)
 * ```
 */
export function readDashboards(sections: readonly Section[]): Dashboard[] {
  const found = new Map<string, Dashboard>();
  for (const section of sections) {
    const isAbout = SECTION.isIn(section.title);
    for (const node of ownNodes(section)) {
      for (const { link, around } of linksIn(node)) {
        const text = plainText(link);
        const named = text === link.url ? titleBeside(around, link.url) : text;
        const isDashboard =
          /^https?:/i.test(link.url) &&
          (isAbout ||
            (ADDRESS.test(link.url) &&
              /dashboard|\/d\//i.test(`${named} ${link.url}`)));
        if (!isDashboard || found.has(link.url)) continue;
        found.set(link.url, {
          title: named || section.title,
          url: link.url,
          line: placeOf(link).line,
        });
      }
    }
  }
  return [...found.values()];
}

interface FoundLink {
  link: Link;
  /** Text of the list item, table row or paragraph that holds it. */
  around: string;
}

function linksIn(node: Nodes, around?: string): FoundLink[] {
  if (node.type === 'link')
    return [{ link: node, around: around ?? plainText(node) }];
  if (node.type === 'table') {
    const rows = readTable(node).rows;
    return node.children
      .slice(1)
      .flatMap((row, index) =>
        row.children.flatMap(cell => linksIn(cell, rows[index].cells[0])),
      );
  }
  if (!('children' in node)) return [];
  const here = node.type === 'paragraph' ? plainText(node) : around;
  return node.children.flatMap(child => linksIn(child, here));
}

function titleBeside(around: string, url: string): string {
  return trimmed(around.replace(url, ''), /[\s:–—|-]/);
}
