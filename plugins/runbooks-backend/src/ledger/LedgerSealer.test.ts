import { setTimeout as delay } from 'node:timers/promises';
import { mockServices } from '@backstage/backend-test-utils';
import type { CheckpointSigner, CheckpointStore } from './CheckpointStore';
import { LedgerSealer } from './LedgerSealer';

jest.mock('node:timers/promises', () => ({ setTimeout: jest.fn() }));

const MINUTE_MS = 60_000;
const SIGNER = {} as CheckpointSigner;

describe('histories are sealed', () => {
  /** Ends the wait that is under way. */
  let waitIsOver: () => void;
  const waits = jest.mocked(delay);
  const logger = mockServices.logger.mock();
  const seal = jest.fn();
  const start = (signer: CheckpointSigner | undefined) => {
    const sealer = new LedgerSealer({
      store: { seal } as Partial<CheckpointStore> as CheckpointStore,
      signer,
      logger,
      clock: { now: async () => new Date('2026-11-21T03:00:00.000Z') },
    });
    sealer.start();
    return sealer;
  };

  beforeEach(() => {
    jest.clearAllMocks();
    seal.mockReset().mockResolvedValue({ kind: 'nothing-due', broken: [] });
    waits.mockImplementation(
      () =>
        new Promise(resolve => {
          waitIsOver = () => resolve(undefined);
        }),
    );
  });

  const nextWait = async (count: number) => {
    while (waits.mock.calls.length < count) await new Promise(setImmediate);
  };

  it('at the start and once a minute, also after it failed', async () => {
    seal.mockRejectedValueOnce(new Error('the database is away'));
    const sealer = start(SIGNER);
    await nextWait(1);
    expect(seal).toHaveBeenCalledTimes(1);
    expect(logger.error).toHaveBeenCalledWith(
      'Sealing the ledgers failed',
      expect.any(Error),
    );
    expect(waits.mock.calls[0][0]).toBe(MINUTE_MS);
    waitIsOver();
    await nextWait(2);
    expect(seal).toHaveBeenCalledTimes(2);
    expect(waits.mock.calls[1][0]).toBe(MINUTE_MS);
    const stopped = sealer.stop();
    waitIsOver();
    await stopped;
  });

  it('until nothing is left, and one that was altered is named and not sealed', async () => {
    seal
      .mockResolvedValueOnce({
        kind: 'sealed',
        broken: [{ runId: 'run-1', message: 'event 3 was changed' }],
      })
      .mockResolvedValueOnce({ kind: 'sealed', broken: [] });
    const sealer = start(SIGNER);
    await nextWait(1);
    expect(seal).toHaveBeenCalledTimes(3);
    expect(logger.error).toHaveBeenCalledWith(
      'The ledger of run run-1 was altered and is not sealed: event 3 was changed',
    );
    const stopped = sealer.stop();
    waitIsOver();
    await stopped;
  });

  it('by nobody who has no key', async () => {
    const sealer = start(undefined);
    await nextWait(1);
    expect(seal).not.toHaveBeenCalled();
    const stopped = sealer.stop();
    waitIsOver();
    await stopped;
  });
});
