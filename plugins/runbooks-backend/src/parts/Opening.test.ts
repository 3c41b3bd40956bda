import { mockServices } from '@backstage/backend-test-utils';
import { RunsClosedError } from '../runs/RunsClosedError';
import { Opening } from './Opening';

function opened() {
  return { start: jest.fn(), stop: jest.fn(async () => {}) };
}

const logger = mockServices.logger.mock();

describe('opening what keeps runs', () => {
  it('starts nothing before the backend has started', async () => {
    const runs = opened();
    const opening = new Opening({ open: async () => runs, logger });
    await opening.begin(1_000);
    expect(opening.state).toEqual({ opened: runs });
    expect(runs.start).not.toHaveBeenCalled();
    opening.start();
    await settled();
    expect(runs.start).toHaveBeenCalledTimes(1);
    await opening.stop();
    expect(runs.stop).toHaveBeenCalledTimes(1);
  });

  it('tries again while the database does not answer, with growing pauses, and starts as soon as it does', async () => {
    const runs = opened();
    const pauses: number[] = [];
    const opening = new Opening({
      open: async () => {
        if (pauses.length < 8) throw new Error('connect ECONNREFUSED');
        return runs;
      },
      logger,
      pause: async (ms, signal) => {
        // The wait for the first try is none between tries.
        if (ms === 1_000) await never(signal);
        pauses.push(ms / 1000);
      },
    });
    await opening.begin(1_000);
    expect(opening.state).toMatchObject({
      because: expect.stringContaining('does not answer'),
    });
    opening.start();
    await settled();
    expect(pauses).toEqual([5, 10, 20, 40, 80, 160, 300, 300]);
    expect(runs.start).toHaveBeenCalledTimes(1);
    await opening.stop();
  });

  it('does not try again what a restart alone can mend, and says why', async () => {
    const open = jest.fn(async () => {
      throw new RunsClosedError({
        because: 'it is SQLite',
        snippet: 'client: pg',
      });
    });
    const opening = new Opening({
      open,
      logger,
      pause: (_, signal) => never(signal),
    });
    await opening.begin(1_000);
    opening.start();
    await settled();
    expect(open).toHaveBeenCalledTimes(1);
    expect(opening.state).toEqual({
      because: 'it is SQLite',
      snippet: 'client: pg',
    });
    await opening.stop();
  });

  it('holds the backend up for no longer than it may, and starts what opens later', async () => {
    const runs = opened();
    let open: (value: typeof runs) => void = () => {};
    const opening = new Opening({
      open: () => new Promise<typeof runs>(resolve => (open = resolve)),
      logger,
    });
    await opening.begin(5);
    expect(opening.state).toMatchObject({
      because: expect.stringContaining('brought up to date'),
    });
    opening.start();
    open(runs);
    await settled();
    expect(opening.state).toEqual({ opened: runs });
    expect(runs.start).toHaveBeenCalledTimes(1);
    await opening.stop();
    expect(runs.stop).toHaveBeenCalledTimes(1);
  });

  it('does not wait for what is being opened when the backend stops, nor start or stop it', async () => {
    const runs = opened();
    let open: (value: typeof runs) => void = () => {};
    const opening = new Opening({
      open: () => new Promise<typeof runs>(resolve => (open = resolve)),
      logger,
    });
    await opening.begin(5);
    opening.start();
    await opening.stop();
    open(runs);
    await settled();
    expect(runs.start).not.toHaveBeenCalled();
    expect(runs.stop).not.toHaveBeenCalled();
  });

  it('stops trying, and starts nothing, once the backend stops', async () => {
    const runs = opened();
    let isUp = false;
    const opening = new Opening({
      open: async () => {
        if (!isUp) throw new Error('connect ECONNREFUSED');
        return runs;
      },
      logger,
    });
    await opening.begin(1_000);
    opening.start();
    const stopped = opening.stop();
    isUp = true;
    await stopped;
    await settled();
    expect(runs.start).not.toHaveBeenCalled();
  });
});

function never(signal: AbortSignal): Promise<never> {
  return new Promise((_, reject) => {
    signal.addEventListener('abort', () => reject(new Error('waited enough')));
  });
}

/** Everything that waits for nothing but promises is done. */
function settled(): Promise<void> {
  return new Promise(resolve => {
    setImmediate(resolve);
  });
}
