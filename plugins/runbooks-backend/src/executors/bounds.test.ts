import { readdir, stat } from 'node:fs/promises';
import path from 'node:path';
import { ExecutorBench, quietLogger } from './testUtils/ExecutorBench';
import { LocalExecutor } from './LocalExecutor';

// The machine that runs these tests may be busy with others.
jest.setTimeout(60_000);

const MIB = 1024 * 1024;
const UNBOUNDED = { bytes: Infinity, entries: Infinity };

describe('a step that takes more than there is', () => {
  let bench: ExecutorBench;
  beforeEach(async () => {
    bench = await ExecutorBench.create();
  });
  afterEach(() => bench.dispose());

  async function bounded(bounds: { bytes: number; entries: number }) {
    return bench.with(
      await LocalExecutor.create({
        dataDirectory: bench.folder,
        logger: quietLogger,
        workspaceBounds: bounds,
      }),
    );
  }
  const lives = async () => expect((await bench.run('true')).ok).toBe(true);

  const FILL =
    'for i in {1..40}; do head -c 10M /dev/zero > f$i; sleep 0.1; done';

  it('fills the disk, where nobody looks', async () => {
    const run = await bounded(UNBOUNDED);
    expect(await run(FILL)).toMatchObject({ ok: true });
    expect(await readdir(bench.workspace)).toHaveLength(40);
  });

  it('is ended when its workspace has more bytes than it may, and told so', async () => {
    const run = await bounded({ bytes: 50 * MIB, entries: 1_000 });
    expect(await run(FILL)).toMatchObject({
      ok: false,
      timedOut: false,
      failure: `it was ended because the workspace has more than ${
        50 * MIB
      } bytes`,
    });
    const files = await readdir(bench.workspace);
    expect(files.length).toBeGreaterThan(0);
    expect(files.length).toBeLessThan(40);
    await lives();
  });

  it('is ended when its workspace has more files than it may, however small and deep', async () => {
    const run = await bounded({ bytes: 50 * MIB, entries: 1_000 });
    const { ok, failure } = await run(
      'while true; do mkdir d; cd d; touch $(seq 100); done',
    );
    expect(ok).toBe(false);
    expect(failure).toMatch(
      /^it was ended because the workspace (has more than 1000 files and folders|cannot be measured \(ENAMETOOLONG\))$/,
    );
    await lives();
  });

  it('is not ended for a file with a hole, which takes nothing', async () => {
    const run = await bounded({ bytes: 50 * MIB, entries: 1_000 });
    const result = await run('truncate -s 900M hole; sleep 2.5');
    expect(result).toMatchObject({ ok: true });
    const { size } = await stat(path.join(bench.workspace, 'hole'));
    expect(size).toBe(900 * MIB);
  });

  it('makes no more processes than it may, and the backend goes on', async () => {
    const { ok } = await bench.run(
      'bomb() { bomb | bomb & }; bomb 2>/dev/null; sleep 2; false',
      { timeoutMs: 10_000 },
    );
    expect(ok).toBe(false);
    await lives();
  });

  it.each([
    { gib: 4, ok: true },
    { gib: 9, ok: false },
  ])(
    'has $gib GiB of memory in one process: $ok, because 8 GB are the bound',
    async ({ gib, ok }) => {
      // It asks for a buffer of that size, and writes to a page of it only.
      const result = await bench.run(
        `echo x | dd of=/dev/null bs=${gib}G count=1`,
      );
      expect(result.ok).toBe(ok);
      await lives();
    },
  );
});
