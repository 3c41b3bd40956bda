import { createReadStream, readFileSync } from 'node:fs';
import { resolve } from 'node:path';
import { runCommand } from './runCommand';

/**
 * docs/reading.md shows runbooks, each followed by what `runbooks read` prints for it. In a pair, the runbook stands
 * between four backticks and the outline in the `text` block that comes next.
 */
const PAGE = resolve(__dirname, '../../../docs/reading.md');
const PAIR = /^````markdown\n([\s\S]*?)^````\n\n```text\n([\s\S]*?)^```$/gm;

const page = readFileSync(PAGE, 'utf8');
const examples = [...page.matchAll(PAIR)].map(([, markdown, outline]) => ({
  name: /^(?:# |title: )(.*)$/m.exec(markdown)?.[1] ?? markdown,
  markdown,
  outline,
}));

describe('docs/reading.md', () => {
  it('says for every runbook that it shows how it is read', () => {
    expect(examples).toHaveLength(page.split(/^````markdown$/m).length - 1);
    expect(examples.length).toBeGreaterThan(0);
  });

  it.each(examples)('shows how "$name" is read', async example => {
    expect(await outlineOf(example.markdown)).toBe(example.outline);
  });
});

async function outlineOf(markdown: string): Promise<string> {
  let printed = '';
  await runCommand(['read', 'runbook.md'], {
    readFile: () => Buffer.from(markdown),
    streamFile: path => createReadStream(path),
    readStdin: async () => Buffer.alloc(0),
    out: text => {
      printed += text;
    },
    err: text => {
      throw new Error(text);
    },
    isTerminal: false,
    today: '2026-01-01',
  });
  return printed;
}
