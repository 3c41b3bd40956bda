import fc from 'fast-check';
import { sha256Hex } from '../ledger/digest';
import { readRunbook } from './readRunbook';

/**
 * How much work reading is, per byte, against a calibration loop of the same run: hashing the same text with the same
 * JavaScript engine. Machines differ and are noisy; the ratio hardly does.
 */

const ROUNDS = 3;
const TURNS = 4;
/** Measured: up to about 2,000. What reads a text many times over is far beyond. */
const MOST_HASHES_PER_BYTE = 10_000;
/** How much more a byte may cost in a text six times as long; where the cost grows with the square it is six. */
const MOST_GROWTH = 3;

const SECTION = `## Deploy <service> number N

**Symptoms**: it is slow, error rate > 1 %

1. Look at it:

   \`\`\`bash
   # 1. Check
   kubectl get pods -n <namespace> | grep -v Running
   \`\`\`

2. Do \`kubectl rollout restart deployment/<service>\`

| Alert | Severity | Action |
|---|---|---|
| Slow | P2 | call |

`;

const shapes: Record<string, (size: number) => string> = {
  'an ordinary document': size =>
    `# Service\n\n${SECTION.repeat(Math.ceil(size / SECTION.length))}`,
  'one long paragraph': size => 'word <pod-name> *and* '.repeat(size / 22),
  'one long list': size => '- item with `kubectl get pods`\n'.repeat(size / 31),
  'one long block': size =>
    `# A\n\n\`\`\`bash\n${'kubectl get pods | grep x\n'.repeat(
      size / 26,
    )}\`\`\`\n`,
  'many placeholders': size =>
    `# A\n\n\`\`\`bash\n${'echo <a> "<b>"\n'.repeat(size / 15)}\`\`\`\n`,
  'open links': size => '[a](<b '.repeat(size / 7),
  'open brackets': size => '[a]'.repeat(size / 3),
  'brackets in each other': size => '[['.repeat(size / 2),
  'lone emphasis': size => '*a_ '.repeat(size / 4),
  'emphasis inside words': size => '*a**b*'.repeat(size / 6),
  'open footnotes': size => '[^a]: '.repeat(size / 6),
  'underlined headings': size => '=\n'.repeat(size / 2),
  'nested quotes': size => '> '.repeat(size / 2),
  'nested lists': size => '1. '.repeat(size / 3),
  'items inside items': size => '- a\n  - b\n    - c\n'.repeat(size / 18),
  'table cells': size => `| a |\n|---|\n${'| [a] *b_ |\n'.repeat(size / 11)}`,
  'fences that are never closed': size =>
    '```bash\nls\n\n## Step\n\n'.repeat(size / 22),
  'many headings': size => '## Step\n\n'.repeat(size / 9),
};

describe('the time that reading takes', () => {
  it.each(Object.keys(shapes))(
    'of %s grows with its length and stays in proportion',
    name => {
      const short = shapes[name](8_000);
      const long = shapes[name](48_000);
      const growth = () => costOf(long) / costOf(short);
      expect(leastOf(growth, MOST_GROWTH)).toBeLessThan(MOST_GROWTH);
      const cost = () => costOf(long);
      expect(leastOf(cost, MOST_HASHES_PER_BYTE)).toBeLessThan(
        MOST_HASHES_PER_BYTE,
      );
    },
  );

  it('of random text stays in proportion', () => {
    const texts = fc.sample(
      fc.array(
        fc.constantFrom(
          '# ',
          '- ',
          '> ',
          '`',
          '**',
          '|',
          '\n',
          '\n\n',
          'kubectl ',
          '<x>',
          ' ',
          '    ',
        ),
        {
          minLength: 500,
          maxLength: 1_500,
        },
      ),
      { numRuns: 30, seed: 7 },
    );
    const worst = () =>
      Math.max(...texts.map(pieces => costOf(pieces.join(''))));
    expect(leastOf(worst, MOST_HASHES_PER_BYTE)).toBeLessThan(
      MOST_HASHES_PER_BYTE,
    );
  });
});

/** A busy machine is slow once; what grows with the square is slow every time. */
function leastOf(measure: () => number, enough: number): number {
  let least = Infinity;
  for (let turn = 0; turn < TURNS && least >= enough; turn++) {
    least = Math.min(least, measure());
  }
  return least;
}

/** Time of reading a text, in times of hashing it. */
function costOf(text: string): number {
  return best(() => readRunbook(text, 'a.md')) / best(() => sha256Hex(text));
}

function best(work: () => void): number {
  const times = Array.from({ length: ROUNDS }, () => {
    const began = performance.now();
    work();
    return performance.now() - began;
  });
  return Math.min(...times);
}
