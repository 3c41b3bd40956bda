import { ExecutorBench } from './testUtils/ExecutorBench';

jest.setTimeout(120_000);

const MIB = 1024 * 1024;

/** It takes long, so it runs with the tests against a cluster, although it needs none. */
describe('a step that prints 100 MB', () => {
  it('is read to the end, while the memory of the backend stays as it was', async () => {
    const bench = await ExecutorBench.create();
    // What is allocated once, and garbage that has not been collected yet, is there before and after.
    await printed(bench, 40);
    const before = process.memoryUsage().rss;
    const { ok, bytes, last, most } = await printed(bench, 100);
    await bench.dispose();
    expect({ ok, bytes, last }).toEqual({
      ok: true,
      bytes: 100 * MIB + '\nthe end\n'.length,
      last: 'the end\n',
    });
    expect((most - before) / MIB).toBeLessThan(50);
  });
});

/** What a step prints and how large the process became meanwhile, in bytes. */
async function printed(bench: ExecutorBench, mib: number) {
  let bytes = 0;
  let most = 0;
  let last = '';
  const { ok } = await bench.run(
    `head -c ${mib}M /dev/zero | tr "\\0" "x"; echo; echo the end`,
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
  return { ok, bytes, last, most };
}
