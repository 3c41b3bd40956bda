import { ReadCache } from './ReadCache';

describe('keeping what was read', () => {
  const cacheOf = (maxBytes: number, maxEntries = 100) =>
    new ReadCache({
      limits: {
        maxBytes,
        maxEntries,
        refreshAfterMs: 60_000,
        rememberFailureMs: 60_000,
        maxAtOnce: 3,
        giveUpAfterMs: 50,
      },
      now: () => 0,
    });

  it('holds no more bytes than it may, and lets go of what was used longest ago', async () => {
    const cache = cacheOf(30_000);
    const loaded: string[] = [];
    const read = (key: string) =>
      cache.read(key, async () => {
        loaded.push(key);
        return { value: key, bytes: 9_000 };
      });
    await read('a');
    await read('b');
    await read('c');
    await read('a');
    await read('d');
    expect(cache.bytes).toBeLessThanOrEqual(30_000);
    await read('a');
    await read('b');
    expect(loaded).toEqual(['a', 'b', 'c', 'd', 'b']);
  });

  it('holds no more entries than it may, failures included', async () => {
    const cache = cacheOf(1_000_000, 10);
    for (let at = 0; at < 50; at++) {
      await cache
        .read(`${at}`, () => Promise.reject(new Error('no')))
        .catch(() => {});
    }
    expect(cache.bytes).toBe(10_000);
  });

  it('does not keep what is larger than all it may hold', async () => {
    const cache = cacheOf(10_000);
    const load = jest.fn(async () => ({ value: 'x', bytes: 20_000 }));
    expect(await cache.read('a', load)).toBe('x');
    expect(await cache.read('a', load)).toBe('x');
    expect(load).toHaveBeenCalledTimes(2);
  });

  it('reads no more than some things at once, and goes on when one never answers', async () => {
    const cache = cacheOf(1_000_000);
    let atOnce = 0;
    let most = 0;
    const reads = Array.from({ length: 12 }, (_, at) =>
      cache.read(`${at}`, async (_etag, signal) => {
        atOnce++;
        most = Math.max(most, atOnce);
        if (at === 0) {
          // It stops when it is told to, and never answers.
          signal.addEventListener('abort', () => atOnce--);
          return new Promise<never>(() => {});
        }
        await new Promise(resolve => setTimeout(resolve, 5));
        atOnce--;
        return { value: at, bytes: 1 };
      }),
    );
    const outcomes = await Promise.allSettled(reads);
    expect(most).toBe(3);
    expect(atOnce).toBe(0);
    expect(outcomes[0]).toMatchObject({
      status: 'rejected',
      reason: new Error("Reading '0' took too long"),
    });
    expect(outcomes.slice(1).map(one => one.status)).toEqual(
      Array(11).fill('fulfilled'),
    );
  });
});
