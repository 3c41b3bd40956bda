import type { List, ListItem, RootContent } from 'mdast';
import { plainText } from '../markdown/plainText';

/**
 * What a list or a paragraph of facts says, one text per item: symptoms, prerequisites, criteria.
 *
 * ```text
 * - API returns 503        ✅ Zero downtime        **Symptoms**: Pods restart, error rate high
 * ```
 */
export function textEntriesIn(nodes: readonly RootContent[]): string[] {
  const items = nodes.flatMap(node =>
    node.type === 'list' ? listEntries(node) : [],
  );
  if (items.length > 0) return items;
  return nodes.flatMap(node => {
    switch (node.type) {
      case 'paragraph': {
        const text = tidy(plainText(node));
        return text === '' || /[:：]$/.test(text) ? [] : [text];
      }
      case 'table':
        return node.children
          .slice(1)
          .map(row => row.children.map(cell => plainText(cell)).join(' · '));
      case 'blockquote':
        return textEntriesIn(node.children);
      default:
        return [];
    }
  });
}

function listEntries(list: List): string[] {
  return list.children.map(itemText).filter(text => text !== '');
}

function itemText(item: ListItem): string {
  const [first, ...rest] = item.children;
  const lead = first ? plainText(first) : '';
  const below = rest.flatMap(child =>
    child.type === 'list' ? listEntries(child) : [],
  );
  return tidy(below.length > 0 ? `${lead} ${below.join('; ')}` : lead);
}

/** Without the tick or bullet sign that some people write by hand. */
function tidy(text: string): string {
  return text
    .replace(/^(?:[✅✔☑✓❌⚠🔴🟢🟡⬜☐•▪️\u{FE0F}]|\[[ xX]\])+\s*/u, '')
    .trim();
}
