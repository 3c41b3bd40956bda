import type { Nodes } from 'mdast';

/**
 * The one web address in a text; undefined where there are none or several.
 *
 * ```text
 * Open the [latency dashboard](https://grafana.example.com/d/latency)
 *                              ^
 * ```
 */
export function linkIn(node: Nodes): string | undefined {
  const urls = new Set<string>();
  collect(node, urls);
  const [first] = urls;
  return urls.size === 1 ? first : undefined;
}

function collect(node: Nodes, urls: Set<string>): void {
  if (node.type === 'link' && /^https?:\/\//i.test(node.url)) {
    urls.add(node.url);
    return;
  }
  if ('children' in node) node.children.forEach(child => collect(child, urls));
}
