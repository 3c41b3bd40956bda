import type { Nodes } from 'mdast';

/** The text of a node as people read it: without marks, HTML and pictures; a hard break is a blank. */
export function plainText(node: Nodes): string {
  return rawText(node).replace(/\s+/g, ' ').trim();
}

/** The text of a node with its line breaks. */
export function rawText(node: Nodes): string {
  switch (node.type) {
    case 'text':
    case 'inlineCode':
    case 'code':
      return node.value;
    case 'break':
      return '\n';
    case 'html':
    case 'image':
    case 'imageReference':
    case 'footnoteReference':
      return node.type === 'html' && /^<br\s*\/?>/i.test(node.value)
        ? '\n'
        : '';
    default:
      return 'children' in node
        ? node.children.map(rawText).join(isBlockParent(node) ? '\n' : '')
        : '';
  }
}

/** A node as it was written; its plain text where it is only a part of what was written. */
export function writtenText(node: Nodes, source: string): string {
  const start = node.position?.start.offset;
  const end = node.position?.end.offset;
  return start === undefined || end === undefined
    ? plainText(node)
    : source.slice(start, end);
}

/** Line and column where a node begins. */
export function placeOf(node: Nodes): { line: number; column: number } {
  return {
    line: node.position?.start.line ?? 1,
    column: node.position?.start.column ?? 1,
  };
}

function isBlockParent(node: Nodes): boolean {
  return (
    node.type === 'root' ||
    node.type === 'list' ||
    node.type === 'listItem' ||
    node.type === 'blockquote' ||
    node.type === 'table' ||
    node.type === 'footnoteDefinition'
  );
}
