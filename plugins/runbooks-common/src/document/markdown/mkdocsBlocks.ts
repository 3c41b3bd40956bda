/** `!!! note "Title"`, `??? example`, `???+ tip` (open) and `=== "Tab"`, as MkDocs and TechDocs show them. */
const OPENER = /^( *)(!!!|\?\?\?\+?|===) +(\S.*)$/;
const FENCE = /^[ \t>]*(`{3,}|~{3,})/;
const CONTENT_INDENT = 4;

/**
 * Makes list items of the admonitions and tabs of MkDocs, so that a parser of plain Markdown does not take their
 * indented content for code. Offsets, lines and columns stay as they are.
 *
 * ```text
 * !!! warning "At night"          +   warning "At night"
 *                            =>
 *     Call somebody first.            Call somebody first.
 * ```
 */
export function withoutMkDocsBlocks(source: string): string {
  if (!/^ *(?:!!!|\?\?\?|===) /m.test(source)) return source;
  const lines = source.split('\n');
  let fence: string | undefined;
  lines.forEach((line, index) => {
    const ticks = FENCE.exec(line)?.[1];
    if (fence !== undefined) {
      if (ticks?.startsWith(fence)) fence = undefined;
      return;
    }
    if (ticks !== undefined) {
      fence = ticks;
      return;
    }
    const opener = OPENER.exec(line);
    if (opener && holdsContent(lines, index + 1, opener[1].length)) {
      lines[index] = asListItem(line, opener[1], opener[2]);
    }
  });
  return lines.join('\n');
}

/** Whether the next line that is not blank is indented as content of a block. */
function holdsContent(
  lines: readonly string[],
  from: number,
  indent: number,
): boolean {
  const next = lines.slice(from, from + 3).find(line => line.trim() !== '');
  return next !== undefined && next.search(/\S/) >= indent + CONTENT_INDENT;
}

/** A bullet that no other list begins with, so that lists around stay lists of their own. */
function asListItem(line: string, indent: string, marker: string): string {
  const rest = line.slice(indent.length + marker.length + 1);
  const title = marker === '===' ? rest.replace(/"/g, '\u00a0') : rest;
  return `${indent}+${' '.repeat(3)}${'\u00a0'.repeat(
    marker.length - 3,
  )}${title}`;
}
