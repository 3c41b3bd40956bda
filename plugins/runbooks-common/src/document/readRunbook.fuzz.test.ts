import fc from 'fast-check';
import { readRunbook } from './readRunbook';

/** Pieces of Markdown that mean something to the reader, thrown together. */
const PIECES = [
  '# Payments\n',
  '## Deploy\n',
  '### Step 1: Drain\n',
  '#### Rollback if needed\n',
  'Title\n=====\n',
  '**Symptoms**: it is slow\n',
  '**Diagnosis**:\n',
  '**Owner:** Team | **Version:** 2\n',
  '```bash\n',
  '```\n',
  '~~~sh\n',
  '~~~\n',
  '````md\n',
  '```yaml\nTrigger: x > 1\nAction: y\n```\n',
  'kubectl get pods -n <namespace>\n',
  '# 1. Check\nkubectl delete pod <pod-name>\n',
  '# If it fails, roll back\n',
  '# Option 1: restart\n',
  '# Or by hand\n',
  'export NS="prod"\n',
  'SELECT 1;\n',
  '$ ls\nfile\n',
  '1. Do `kubectl get nodes`\n',
  '1. First:\n\n   ```sh\n   ls\n   ```\n',
  '- [ ] tick\n',
  '- bullet\n  - inner\n',
  '| Alert | Severity | Action |\n|---|---|---|\n| A | P1 | call |\n',
  '| a |\n|---|\n',
  '> [!NOTE]\n> careful\n',
  '> ```\n> ls\n> ```\n',
  '<details><summary>More</summary>\n\n',
  '</details>\n',
  '---\n',
  '\n',
  '\n\n',
  '    indented code\n',
  '\t',
  'Expected output:\n\n',
  '[x](#nowhere)\n',
  '{{name}} ${VAR} [value]\n',
  'You should see `ok`.\n',
  '\u0000',
  '\uFEFF',
  '\r\n',
  '🚀',
  '<!-- c -->\n',
  '* * *\n',
  '<h2>Html</h2>\n',
];

const soup = fc
  .array(
    fc.oneof(
      { weight: 6, arbitrary: fc.constantFrom(...PIECES) },
      { weight: 1, arbitrary: fc.string({ maxLength: 30 }) },
    ),
    { maxLength: 40 },
  )
  .map(pieces => pieces.join(''));

/** The full size is for a machine that has the time: RUNBOOKS_FUZZ=full. */
const numRuns = process.env.RUNBOOKS_FUZZ === 'full' ? 20_000 : 300;

describe('any Markdown at all', () => {
  it('is read without throwing, with unique ids, lines inside the document and every block once', () => {
    fc.assert(
      fc.property(soup, markdown => {
        const runbook = readRunbook(markdown, 'soup.md');
        const lineCount = markdown.split(/\r\n?|\n/).length;
        expect(runbook.problems.map(({ code }) => code)).not.toContain(
          'unreadable-markdown',
        );
        const ids = runbook.procedures.map(({ id }) => id);
        expect(new Set(ids).size).toBe(ids.length);
        const steps = runbook.procedures.flatMap(({ phases }) =>
          phases.flatMap(phase => phase.steps),
        );
        expect(new Set(steps.map(({ id }) => id)).size).toBe(steps.length);
        expect(runbook.blocks.map(({ index }) => index)).toEqual(
          runbook.blocks.map((_, index) => index),
        );
        const lines = [
          ...runbook.procedures.map(({ line }) => line),
          ...steps.map(({ line }) => line),
          ...runbook.blocks.map(({ line }) => line),
          ...runbook.problems.map(({ line }) => line),
          ...runbook.alerts.map(({ line }) => line),
        ];
        expect(lines.every(line => line >= 1 && line <= lineCount)).toBe(true);
        for (const step of steps) {
          expect(runbook.blocks.length).toBeGreaterThan(step.block ?? -1);
          for (const use of step.placeholders) {
            expect(step.text.slice(use.start, use.end)).toBe(use.written);
          }
        }
      }),
      { numRuns },
    );
  });

  it('is read the same way twice', () => {
    fc.assert(
      fc.property(soup, markdown => {
        expect(readRunbook(markdown, 'a.md')).toEqual(
          readRunbook(markdown, 'a.md'),
        );
      }),
      { numRuns: Math.ceil(numRuns / 10) },
    );
  });
});

describe('documents made to break readers', () => {
  it.each([
    ['quotes in quotes', '>'.repeat(20_000)],
    [
      'lists in lists',
      Array.from(
        { length: 600 },
        (_, depth) => `${' '.repeat(depth * 2)}- x`,
      ).join('\n'),
    ],
    ['lists on one line', `${'- '.repeat(20_000)}x`],
    ['brackets', '['.repeat(20_000)],
    ['asterisks', '*a '.repeat(10_000)],
    ['backticks', '`'.repeat(30_000)],
    ['one long line', `kubectl get pods ${'a '.repeat(200_000)}`],
    [
      'a block of many comments',
      `\`\`\`bash\n${'# Check it\nls\n'.repeat(3_000)}\`\`\``,
    ],
    ['many headings', '## Deploy\n\n```bash\nls\n```\n'.repeat(1_000)],
    ['a heading of many words', `# ${'restart the service '.repeat(2_000)}`],
    [
      'a table of many cells',
      `|${'a|'.repeat(2_000)}\n|${'-|'.repeat(2_000)}\n|${'b|'.repeat(2_000)}`,
    ],
  ])('%s are read in bounded time', (_name, markdown) => {
    const started = performance.now();
    readRunbook(markdown, 'bomb.md');
    expect(performance.now() - started).toBeLessThan(8_000);
  });

  it('a document over one mebibyte is refused with a problem', () => {
    const { problems, procedures } = readRunbook(
      'x\n'.repeat(600_000),
      'large.md',
    );
    expect(procedures).toEqual([]);
    expect(problems[0]).toMatchObject({
      code: 'document-too-large',
      severity: 'error',
      line: 1,
    });
  });

  it('nesting beyond what people write is cut off and said', () => {
    const { problems } = readRunbook(
      `# A\n\n${'> '.repeat(60)}deep`,
      'deep.md',
    );
    expect(problems).toEqual(
      expect.arrayContaining([
        expect.objectContaining({ code: 'nesting-too-deep', line: 3 }),
      ]),
    );
  });
});
