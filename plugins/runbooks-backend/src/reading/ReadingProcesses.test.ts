import { ReadingProcesses } from './ReadingProcesses';

const ANN = { person: 'user:default/ann' };
const BOB = { person: 'user:default/bob' };

/** No text at all: reading it throws, as a fault of the reader would. */
const NO_TEXT = { toString: undefined } as unknown as string;

describe('reading beside the event loop', () => {
  const processes = new ReadingProcesses();
  afterAll(() => processes.stop());

  it('gives what reading at once would give', async () => {
    const runbook = await processes.readRunbook(
      ANN,
      '# Operations\n\n## Restart\n\n```bash\nkubectl rollout restart deploy/web\n```\n',
      'operations.md',
    );
    expect(runbook.procedures[0].phases[0].steps[0]).toMatchObject({
      effect: 'change',
      text: expect.stringContaining('rollout restart'),
    });
    const onCall = await processes.parseOnCallDocument(ANN, 'schedules: 5\n');
    expect(onCall.problems).not.toEqual([]);
  }, 60_000);

  it('lets the event loop go on while a long document is read', async () => {
    const ticks: number[] = [];
    const timer = setInterval(() => ticks.push(performance.now()), 10);
    const long = '## Restart\n\n```bash\nkubectl get pods\n```\n\n'.repeat(
      3000,
    );
    await processes.readRunbook(ANN, long, 'long.md');
    clearInterval(timer);
    const gaps = ticks.slice(1).map((at, index) => at - ticks[index]);
    expect(ticks.length).toBeGreaterThan(10);
    expect(Math.max(...gaps)).toBeLessThan(1000);
  }, 60_000);

  it('gives up what takes too long, says so, and reads the next one', async () => {
    const hurried = new ReadingProcesses({ quickMs: 1, timeoutMs: 1 });
    const long = '## Restart\n\n```bash\nkubectl get pods\n```\n\n'.repeat(
      2000,
    );
    await expect(hurried.readRunbook(ANN, long, 'long.md')).rejects.toThrow(
      'it took longer than 0.001 s',
    );
    await hurried.stop();

    const patient = new ReadingProcesses({ timeoutMs: 20_000 });
    const [failed, read] = await Promise.allSettled([
      patient.readRunbook(ANN, NO_TEXT, 'none.md'),
      patient.readRunbook(ANN, '# Fine\n', 'fine.md'),
    ]);
    expect(failed).toMatchObject({ status: 'rejected' });
    expect(read).toMatchObject({
      status: 'fulfilled',
      value: { title: 'Fine' },
    });
    await patient.stop();
  }, 60_000);

  it('reads in the process for slow texts what is not read quickly', async () => {
    const reader = new ReadingProcesses({ quickMs: 1 });
    expect((await reader.readRunbook(ANN, '# Slow\n', 'slow.md')).title).toBe(
      'Slow',
    );
    await reader.stop();
  }, 90_000);

  it('gives up what needs too much memory, and the backend goes on', async () => {
    const small = new ReadingProcesses({ memoryMb: 48 });
    const rows = '| a | b | c | d | e | f | g | h |\n'.repeat(30_000);
    await expect(
      small.readRunbook(ANN, `# T\n\n| a |\n|---|\n${rows}`, 'table.md'),
    ).rejects.toMatchObject({
      name: 'ReadingGivenUp',
      message: 'it needs more than 48 MB of memory',
    });
    await small.stop();
  }, 60_000);

  it('lets nobody wait for documents that are slow for somebody else', async () => {
    const reader = new ReadingProcesses({ quickMs: 60_000 });
    await Promise.all([
      reader.readRunbook(ANN, '# A\n', 'a.md'),
      reader.readRunbook(BOB, '# A\n', 'a.md'),
    ]);
    const slow = '## Restart\n\n```bash\nkubectl get pods\n```\n\n'.repeat(
      2_000,
    );
    const ended: string[] = [];
    await Promise.all([
      ...['1', '2', '3'].map(n =>
        reader.readRunbook(ANN, slow, `${n}.md`).then(() => ended.push('slow')),
      ),
      reader.readRunbook(BOB, '# B\n', 'b.md').then(() => ended.push('his')),
    ]);
    expect(ended).toEqual(['his', 'slow', 'slow', 'slow']);
    await reader.stop();
  }, 120_000);

  it('refuses what waits when it is stopped', async () => {
    const stopped = new ReadingProcesses();
    const waiting = [1, 2, 3].map(one =>
      stopped.readRunbook(ANN, '# A\n', `${one}.md`),
    );
    const outcomes = Promise.allSettled(waiting);
    await stopped.stop();
    expect((await outcomes).slice(1)).toEqual([
      expect.objectContaining({ status: 'rejected' }),
      expect.objectContaining({ status: 'rejected' }),
    ]);
  }, 60_000);
});
