import { parseMarkdown } from './parseMarkdown';
import { plainText } from './plainText';

describe('a paragraph with very many brackets', () => {
  const paragraph = '[a]'.repeat(3_000);
  const { root, problems } = parseMarkdown(`# Title\n\n${paragraph}\n\n[b](c)`);

  it('keeps every letter of its text', () => {
    expect(plainText(root.children[1])).toBe(paragraph);
  });

  it('is reported at its line', () => {
    expect(problems).toEqual([
      expect.objectContaining({ code: 'too-many-markers', line: 3 }),
    ]);
  });

  it('leaves the links of the next paragraph alone', () => {
    expect(root.children[2]).toMatchObject({
      children: [{ type: 'link', url: 'c' }],
    });
  });
});

it('leaves code as it is written, and says nothing', () => {
  const code = '[*_'.repeat(2_000);
  const { root, problems } = parseMarkdown(`\`\`\`json\n${code}\n\`\`\``);
  expect(root.children[0]).toMatchObject({ type: 'code', value: code });
  expect(problems).toEqual([]);
});

it('reads a long list of links as links', () => {
  const { root, problems } = parseMarkdown('- [a](b) *c*\n'.repeat(2_000));
  expect(problems).toEqual([]);
  expect(root.children[0]).toMatchObject({ type: 'list' });
  const list = root.children[0] as { children: unknown[] };
  expect(list.children).toHaveLength(2_000);
  expect(list.children[1_999]).toMatchObject({
    children: [{ children: [{ type: 'link' }, {}, { type: 'emphasis' }] }],
  });
});

it('does not take code points that a document must not hold for its own stand-ins', () => {
  const { root } = parseMarkdown('a\uFDD0b');
  expect(plainText(root.children[0])).toBe('a\uFFFDb');
});
