import { ExecutorBench } from './testUtils/ExecutorBench';

jest.setTimeout(120_000);

/** It takes long, so it runs with the tests against a cluster, although it needs none. */
describe('a step that prints 100 MB', () => {
  const MIB = 1024 * 1024;

  it('is read to the end, while the memory of the backend stays as it was', async () => {
    const bench = await ExecutorBench.create();
    const before = process.memoryUsage().rss;
    let bytes = 0;
    let most = before;
    let last = '';
    const result = await bench.run(
      'head -c 100M /dev/zero | tr "\\0" "x"; echo; echo the end',
      {
        onOutput: async (_, chunk) => {
          bytes += chunk.length;
          last = chunk.subarray(-8).toString();
          most = Math.max(most, process.memoryUsage().rss);
          if (bytes % (16 * MIB) < chunk.length) {
            await new Promise(resolve => setTimeout(resolve, 20));
          }
        },
      },
    );
    await bench.dispose();
    expect(result.ok).toBe(true);
    expect(bytes).toBe(100 * MIB + '\nthe end\n'.length);
    expect(last).toBe('the end\n');
    expect((most - before) / MIB).toBeLessThan(50);
  });
});
