import type { List, RootContent } from 'mdast';
import { placeOf, plainText, writtenText } from '../markdown/plainText';
import type { ExpectedText } from './placeExpectations';

/**
 * The single expectations in nodes that say what good looks like: each line of a list is one, a paragraph is one, and
 * a paragraph that ends with a colon leads in what follows.
 */
export function expectedTextsIn(
  nodes: readonly RootContent[],
  source: string,
): ExpectedText[] {
  const texts: ExpectedText[] = [];
  let lead: { written: string; line: number } | undefined;
  for (const node of nodes) {
    const { line } = placeOf(node);
    const written = writtenText(node, source);
    if (node.type === 'paragraph' && /[:：]$/.test(plainText(node))) {
      if (lead) texts.push({ text: lead.written, line: lead.line });
      lead = { written, line };
      continue;
    }
    if (node.type === 'list') {
      texts.push(...linesOf(node, source, lead?.written));
    } else {
      const text = lead ? `${lead.written}\n\n${written}` : written;
      texts.push({ text, line: lead?.line ?? line });
    }
    lead = undefined;
  }
  if (lead) texts.push({ text: lead.written, line: lead.line });
  return texts;
}

/** Each line of a list of results, below the sentence that leads it in. */
export function linesOf(list: List, source: string, lead = ''): ExpectedText[] {
  return list.children.map(item => ({
    text: writtenText(item, source),
    line: placeOf(item).line,
    lead,
  }));
}
