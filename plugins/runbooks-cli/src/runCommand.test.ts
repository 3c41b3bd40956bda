import { execFileSync } from 'node:child_process';
import {
  createReadStream,
  mkdtempSync,
  readFileSync,
  rmSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { runCommand } from './runCommand';

const DOCUMENT = `# Queue

**Next review:** 2026-01-31

## Restart the queue

\`\`\`bash
# 1. Look at it
kubectl -n queue get pods

# 2. Restart it
kubectl -n queue rollout restart deploy/<deployment-name>
\`\`\`
`;

describe('the runbooks command', () => {
  let folder: string;
  let file: string;
  beforeAll(() => {
    folder = mkdtempSync(join(tmpdir(), 'runbooks-cli-'));
    file = join(folder, 'queue.md');
    writeFileSync(file, DOCUMENT);
  });
  afterAll(() => rmSync(folder, { recursive: true }));

  async function run(args: string[], stdin = '') {
    let out = '';
    let err = '';
    const code = await runCommand(args, {
      readFile: path => readFileSync(path),
      streamFile: path => createReadStream(path),
      readStdin: async () => Buffer.from(stdin),
      out: text => {
        out += text;
      },
      err: text => {
        err += text;
      },
      isTerminal: false,
      today: '2026-06-01',
    });
    return { code, out, err };
  }

  it('read shows each procedure with what its steps do and where they stand', async () => {
    const { code, out } = await run(['read', file]);
    expect(code).toBe(0);
    expect(out).toMatch(/maintenance +Restart the queue +line 5\n/);
    expect(out).toContain('needs     DEPLOYMENT_NAME (deployment)');
    expect(out).toMatch(/1\.1 +Look at it +read +9\n/);
    expect(out).toMatch(/1\.2 +Restart it +change +12\n/);
  });

  it('read gives JSON whose lines are lines of the document', async () => {
    const { out } = await run(['read', '--format', 'json', file]);
    const runbook = JSON.parse(out);
    const [first, second] = runbook.procedures[0].phases[0].steps;
    expect(runbook.title).toBe('Queue');
    expect(first).toMatchObject({
      type: 'command',
      effect: 'read',
      line: 9,
      interactive: null,
    });
    expect(second.commands).toEqual([
      expect.objectContaining({ line: 12, effect: 'change' }),
    ]);
    expect(runbook.blocks).toEqual([
      expect.objectContaining({
        index: 0,
        line: 7,
        language: 'bash',
        shell: true,
        effect: 'change',
        parameters: ['DEPLOYMENT_NAME'],
        interactive: null,
      }),
    ]);
  });

  it('read of several files gives a list', async () => {
    const { out } = await run(
      ['read', '--format', 'json', file, '-'],
      '# Empty\n',
    );
    expect(
      JSON.parse(out).map(({ title }: { title: string }) => title),
    ).toEqual(['Queue', 'Empty']);
  });

  it.each([
    [
      'a file that is not there',
      () => join(folder, 'no.md'),
      'there is no such file',
    ],
    ['a directory', () => folder, 'it is a directory'],
    [
      'a binary file',
      () => {
        const path = join(folder, 'binary.md');
        writeFileSync(path, Buffer.from([0x23, 0, 1, 2]));
        return path;
      },
      'it is not text in UTF-8',
    ],
  ])(
    '%s is named on standard error, the others are read, and the exit code is 2',
    async (_what, path, because) => {
      const { code, out, err } = await run(['read', path(), file]);
      expect(code).toBe(2);
      expect(err).toContain(because);
      expect(out).toContain('Restart the queue');
    },
  );

  it('explain says what a command does and why', async () => {
    const { code, out } = await run([
      'explain',
      'kubectl delete pod <pod-name>',
    ]);
    expect(code).toBe(0);
    expect(out).toMatch(/^destructive: .*pod/);
    expect(out).toContain('needs POD_NAME');
  });

  it('explain --jsonl answers line by line, names a line that is wrong, and goes on', async () => {
    const { code, out, err } = await run(
      ['explain', '--jsonl'],
      '{"id":1,"language":"bash","text":"kubectl get pods -w"}\nnot json\n{"id":"b","language":"yaml","text":"a: b"}\n',
    );
    const answers = out
      .trim()
      .split('\n')
      .map(line => JSON.parse(line));
    expect(code).toBe(2);
    expect(err).toContain('line 2 of standard input');
    expect(answers).toEqual([
      expect.objectContaining({
        id: 1,
        shell: true,
        effect: 'read',
        interactive: expect.objectContaining({ kind: 'endless' }),
      }),
      expect.objectContaining({
        id: 'b',
        shell: false,
        interactive: null,
        parameters: [],
      }),
    ]);
  });

  it('lint names what is past its review date, and warnings alone do not fail', async () => {
    const { code, out } = await run(['lint', file]);
    expect(code).toBe(0);
    expect(out).toContain('(past-review-date)');
    expect(out).toContain('1 documents: 0 errors, 1 warnings');
  });

  it('lint fails on errors', async () => {
    const { code, out } = await run(
      ['lint', '-', '--format', 'github'],
      '# A\n\n```bash\nls\n',
    );
    expect(code).toBe(1);
    expect(out).toMatch(
      /^::error file=stdin.md,line=3,col=1,title=unclosed-fence::/m,
    );
  });

  it('lint writes SARIF that names the rule, the file and the line', async () => {
    const { out } = await run(
      ['lint', '-', '--format', 'sarif'],
      '# A\n\n```bash\nls\n',
    );
    const [sarif] = JSON.parse(out).runs;
    const result = sarif.results.find(
      ({ ruleId }: { ruleId: string }) => ruleId === 'unclosed-fence',
    );
    expect(result.level).toBe('error');
    expect(result.locations[0].physicalLocation).toEqual({
      artifactLocation: { uri: 'stdin.md' },
      region: { startLine: 3, startColumn: 1 },
    });
  });

  it.each([
    [['frobnicate'], 'is no command'],
    [['read'], 'at least one file'],
    [['read', '--format', 'xml', 'a.md'], 'expected text, json'],
    [['lint', '--unknown'], '--unknown'],
    [['explain'], 'needs a command'],
  ])('%j is refused with what was expected', async (args, message) => {
    const { code, err } = await run(args);
    expect(code).toBe(2);
    expect(err).toContain(message);
  });

  it('runs from the repository without a build', () => {
    const bin = resolve(__dirname, '../bin/runbooks');
    const out = execFileSync(
      process.execPath,
      [bin, 'explain', 'kubectl get pods'],
      { encoding: 'utf8' },
    );
    expect(out).toMatch(/^read: /);
  });
});
