import fc from 'fast-check';
import { fromMarkdown } from 'mdast-util-from-markdown';
import { gfmFromMarkdown } from 'mdast-util-gfm';
import { gfm } from 'micromark-extension-gfm';
import { parseTree } from './parseTree';

const WHOLE = 1_000_000;

function parsedAtOnce(text: string) {
  return fromMarkdown(text, {
    extensions: [gfm()],
    mdastExtensions: [gfmFromMarkdown()],
  }).children;
}

const line = fc.constantFrom(
  '# Heading',
  '## Another',
  '',
  '',
  'prose *with* `code`',
  '- item',
  '  - nested',
  '1. first',
  '> quote',
  '```',
  '```bash',
  '~~~~',
  '   ```',
  '# a comment or a heading',
  '<!-- comment',
  '-->',
  '<details>',
  '</details>',
  '| a | b |',
  '|---|---|',
  '    indented',
  '===',
  '---',
);

it('gives the tree and the positions of the whole text, wherever it is cut', () => {
  fc.assert(
    fc.property(fc.array(line, { maxLength: 60 }), lines => {
      const text = lines.join('\n');
      expect(parseTree(text, 1).children).toEqual(parsedAtOnce(text));
    }),
    { numRuns: 300 },
  );
});

it('knows a link whose address stands at the other end of the document', () => {
  const text =
    '# A\n\nSee [the board][1].\n\n# B\n\nText.\n\n# C\n\n[1]: https://x.example/';
  const [, paragraph] = parseTree(text, 1).children;
  expect(paragraph).toMatchObject({
    children: [{}, { type: 'linkReference' }, {}],
  });
  expect(parseTree(text, 1)).toEqual(parseTree(text, WHOLE));
});

it('does not cut a block at a comment of its shell script', () => {
  const text =
    '# A\n\n```bash\nls\n\n# not a heading\nls\n\n# nor this\n```\n\n# B\n';
  expect(parseTree(text, 1).children.map(({ type }) => type)).toEqual([
    'heading',
    'code',
    'heading',
  ]);
});
