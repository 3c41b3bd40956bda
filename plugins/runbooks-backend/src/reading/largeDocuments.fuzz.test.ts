import { ReadingGivenUp } from './ReadingGivenUp';
import { ReadingProcesses } from './ReadingProcesses';

const ANN = { person: 'user:default/ann' };

/** The largest document that is read. */
const LENGTH = 1024 * 1024;
const ENDS =
  /^(?:\d+ procedures|it took longer than 4 s|it needs more than 512 MB of memory)$/;
const SIGNS = '#*_`[]()<>!-+|:\\\n \tab1$&"\'{}~=';

const SHAPES: Record<string, string> = {
  'spaces in one shell line': `# A\n\n## R\n\n\`\`\`bash\necho${' '.repeat(
    LENGTH - 40,
  )}x\n\`\`\`\n`,
  'headings, each with a list of one item': `# A\n${repeated('## h\n- a\n')}`,
  'link definitions': `# A\n${repeated('[made-up]: x\n')}`,
  'a table': `# A\n\n| a |\n|---|\n${repeated('| a | b | c | d |\n')}`,
  'signs in no order': signsInNoOrder(),
};

it.each(Object.keys(SHAPES))(
  '1 MiB of %s is read or given up in time, and the next document is read',
  async shape => {
    const processes = new ReadingProcesses({ quickMs: 500, timeoutMs: 4_000 });
    try {
      const outcome = await processes
        .readRunbook(ANN, SHAPES[shape].slice(0, LENGTH), 'large.md')
        .then(({ procedures }) => `${procedures.length} procedures`)
        .catch(saidOf);
      expect(outcome).toMatch(ENDS);
      const next = await processes.readRunbook(ANN, '# Fine\n', 'fine.md');
      expect(next.title).toBe('Fine');
    } finally {
      await processes.stop();
    }
  },
  120_000,
);

/** @throws what is no giving up. */
function saidOf(error: unknown): string {
  if (error instanceof ReadingGivenUp) return error.message;
  throw error;
}

function repeated(part: string): string {
  return part.repeat(Math.floor(LENGTH / part.length) - 2);
}

/** The same in each run: a test that fails can be run again. */
function signsInNoOrder(): string {
  let seed = 7;
  return Array.from({ length: LENGTH }, () => {
    seed = (seed * 48_271) % 2_147_483_647;
    return SIGNS[seed % SIGNS.length];
  }).join('');
}
