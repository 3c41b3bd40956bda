/**
 * The fenced code blocks of a Markdown text, in order: `{ language, text, file, heading, line }`.
 *
 * `heading` is the nearest one above, `line` that of the fence, counted from 1, and `file` what the first line names
 * in a comment, as in `// packages/app/src/App.tsx`, `# app-config.yaml` or `<!-- docs/a.md -->`; undefined where it names none.
 */
export function codeBlocks(markdown) {
  const blocks = [];
  let heading = '';
  let open;
  markdown.split('\n').forEach((line, index) => {
    const fence = /^(\s*)(`{3,}|~{3,})\s*(\S*)/.exec(line);
    if (open) {
      const closes =
        fence &&
        !fence[3] &&
        fence[2].startsWith(open.fence) &&
        line.trim() === fence[2];
      if (!closes)
        open.lines.push(
          line.slice(0, open.indent).trim() ? line : line.slice(open.indent),
        );
      else {
        blocks.push(blockOf(open));
        open = undefined;
      }
      return;
    }
    if (fence) {
      open = {
        fence: fence[2],
        indent: fence[1].length,
        language: fence[3],
        heading,
        line: index + 1,
        lines: [],
      };
      return;
    }
    const title = /^#{1,6} (.*)/.exec(line);
    if (title) heading = title[1].trim();
  });
  return blocks;
}

function blockOf({ language, heading, line, lines }) {
  const [first = ''] = lines;
  const named = /^(?:\/\/|#|<!--) ([\w./-]+\.\w+)\b/.exec(first);
  return {
    language,
    heading,
    line,
    text: `${lines.join('\n')}\n`,
    file: named?.[1],
  };
}
