import { whileAllowed } from './whileAllowed';

describe('asking again whether somebody may still see something', () => {
  beforeEach(() => {
    jest.useFakeTimers({ now: new Date('2026-03-01T00:00:00Z') });
  });
  afterEach(() => {
    jest.useRealTimers();
  });

  it('asks each minute, and ends at the first no with its reason', async () => {
    const asked: number[] = [];
    const answers = [true, true, false];
    const begun = Date.now();
    const denied = whileAllowed(
      {
        check: async () => {
          asked.push((Date.now() - begun) / 1000);
          if (!answers.shift()) throw new Error('not yours any more');
        },
      },
      new AbortController().signal,
    );
    await jest.advanceTimersByTimeAsync(179_000);
    expect(denied.aborted).toBe(false);
    await jest.advanceTimersByTimeAsync(1_000);
    expect(denied.reason).toEqual(new Error('not yours any more'));
    await jest.advanceTimersByTimeAsync(600_000);
    expect(asked).toEqual([60, 120, 180]);
  });

  it('ends at the moment when the sign-in expires, whatever the check would say', async () => {
    const denied = whileAllowed(
      {
        check: async () => undefined,
        expiresAt: new Date(Date.now() + 90_000),
      },
      new AbortController().signal,
    );
    await jest.advanceTimersByTimeAsync(89_900);
    expect(denied.aborted).toBe(false);
    await jest.advanceTimersByTimeAsync(200);
    expect(denied.reason).toMatchObject({
      name: 'AuthenticationError',
      message: 'Your sign-in has expired',
    });
  });

  it('takes an answer that does not come as a no', async () => {
    const denied = whileAllowed(
      { check: () => new Promise(() => {}) },
      new AbortController().signal,
    );
    await jest.advanceTimersByTimeAsync(79_000);
    expect(denied.aborted).toBe(false);
    await jest.advanceTimersByTimeAsync(2_000);
    expect(denied.aborted).toBe(true);
  });

  it('asks nobody once the viewer is gone', async () => {
    const gone = new AbortController();
    const check = jest.fn(async () => undefined);
    whileAllowed({ check }, gone.signal);
    gone.abort();
    await jest.advanceTimersByTimeAsync(600_000);
    expect(check).not.toHaveBeenCalled();
  });
});
