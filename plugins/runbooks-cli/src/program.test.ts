import { spawnSync } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';

const PROGRAM = resolve(__dirname, '../bin/runbooks');

describe('the program', () => {
  const folder = mkdtempSync(join(tmpdir(), 'runbooks-cli-'));
  afterAll(() => rmSync(folder, { recursive: true }));

  it('ends without a word of its own when who reads its output has had enough', () => {
    const file = join(folder, 'long.md');
    writeFileSync(
      file,
      '# Checks\n\n```bash\nkubectl get pods\n```\n\n'.repeat(2_000),
    );
    const { stderr } = spawnSync(
      'sh',
      [
        '-c',
        '"$0" "$1" read --format json "$2" | head -n 1',
        process.execPath,
        PROGRAM,
        file,
      ],
      { encoding: 'utf8' },
    );
    expect(stderr).toBe('');
  }, 60_000);
});
