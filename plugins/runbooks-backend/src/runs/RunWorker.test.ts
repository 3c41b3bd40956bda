import { setTimeout as delay } from 'node:timers/promises';
import { mockServices } from '@backstage/backend-test-utils';
import type {
  Hold,
  RunEvent,
} from '@backstage-runbooks/plugin-runbooks-common';
import { MemoryRuns } from '../testing/MemoryRuns';
import {
  CHANGE_STEP,
  planOf,
  queued,
  READ_STEP,
  REQUESTER,
  resultOf,
  startedBy,
  bound,
} from '../testing/runs';
import { backOffMs } from './backOff';
import { RunWorker } from './RunWorker';
import type { Claimant, RunQueue } from './RunStore';
import { throughOutage } from './throughOutage';

const RUN_ID = '0b9f7f0e-0000-4000-8000-000000000001';
const AWAY = Object.assign(new Error('connect'), { code: 'ECONNREFUSED' });

describe('a worker', () => {
  const logger = mockServices.logger.mock();
  let runs: MemoryRuns;
  let worker: RunWorker;
  let prepare: jest.Mock;
  let holds: Hold[];

  beforeEach(async () => {
    runs = new MemoryRuns();
    holds = [];
    prepare = jest.fn(async (_run, step) => ({
      bound: bound(step.id),
      run: async () => resultOf(),
      discard: async () => {},
    }));
    await runs.create(
      { runId: RUN_ID, events: startedBy(REQUESTER, planOf()), secrets: [] },
      new Date(),
    );
    await runs.change(RUN_ID, new Date(), () => [queued(READ_STEP.id)]);
  });

  afterEach(() => worker.stop());

  it('tells the queue what it is at, so that it never gets that again', async () => {
    const asked: Claimant[] = [];
    let end = () => {};
    prepare.mockImplementation(async () => ({
      bound: bound(READ_STEP.id),
      run: () =>
        new Promise(resolve => {
          end = () => resolve(resultOf());
        }),
      discard: async () => {},
    }));
    begin({
      claim: claimant => {
        asked.push(claimant);
        return runs.claim(claimant);
      },
    });
    await runs.until(
      RUN_ID,
      ({ steps }) => steps[READ_STEP.id].status === 'running',
    );
    await delay(20);
    expect(asked[0].active).toEqual([]);
    expect(asked[asked.length - 1].active).toEqual([RUN_ID]);
    end();
    await succeeded();
  });

  it('asks ever less often while asking fails, whatever happens meanwhile', async () => {
    let asked = 0;
    begin({
      claim: async () => {
        asked += 1;
        throw AWAY;
      },
    });
    for (let n = 0; n < 40; n += 1) {
      await delay(10);
      await runs.change(RUN_ID, new Date(), () => []);
    }
    // At 0, 100, 300 and 700 ms, on a machine that is not held up.
    expect(asked).toBeGreaterThanOrEqual(1);
    expect(asked).toBeLessThanOrEqual(4);
    expect([1, 2, 3, 9, 10, 99].map(backOffMs)).toEqual([
      100, 200, 400, 25_600, 30_000, 30_000,
    ]);
  });

  it('puts a run off that it could not work on, with a reason for people', async () => {
    begin({
      load: async () => {
        throw new Error('select * from run_events: /var/lib/secret');
      },
    });
    await until(() => runs.postponed.size > 0);
    expect(runs.postponed.get(RUN_ID)).toBe(
      'the backend failed while it worked on the run; its log says how',
    );
  });

  it('puts a run off that was due for nothing, and does not claim it at once again', async () => {
    const run = await runs.get(RUN_ID);
    begin({
      load: async () => ({
        run: {
          ...run,
          steps: { ...run.steps, [READ_STEP.id]: { status: 'pending' } },
        },
        at: new Date().toISOString(),
      }),
    });
    await until(() => runs.postponed.size > 0);
    expect(prepare).not.toHaveBeenCalled();
  });

  it('puts a step off that could not be laid out because the database is away: nothing has begun', async () => {
    prepare.mockRejectedValue(AWAY);
    begin();
    await until(() => runs.postponed.size > 0);
    expect(runs.postponed.get(RUN_ID)).toBe(
      'the database could not be reached',
    );
    expect((await runs.get(RUN_ID)).steps[READ_STEP.id].status).toBe('queued');
  });

  it.each([
    [
      'the catalog does not answer',
      new TypeError('fetch failed', {
        cause: Object.assign(new Error('refused'), { code: 'ECONNREFUSED' }),
      }),
      'a service that the backend asks, such as the catalog, did not answer',
    ],
    [
      'its disk is full',
      Object.assign(new Error("ENOSPC: no space, mkdtemp '/var/lib/w'"), {
        code: 'ENOSPC',
        syscall: 'mkdtemp',
      }),
      "the backend's machine is full (ENOSPC)",
    ],
  ])(
    'puts a step off that could not be laid out because %s: nobody has to decide about what has not begun',
    async (_, failure, because) => {
      prepare.mockRejectedValue(failure);
      begin();
      await until(() => runs.postponed.size > 0);
      expect(runs.postponed.get(RUN_ID)).toBe(because);
      expect((await runs.get(RUN_ID)).steps[READ_STEP.id].status).toBe(
        'queued',
      );
    },
  );

  it('tells people of a failure of the system its code, and no path of the machine', async () => {
    prepare.mockRejectedValue(
      Object.assign(new Error("EACCES: permission denied, open '/var/lib/w'"), {
        code: 'EACCES',
        syscall: 'open',
      }),
    );
    begin();
    const run = await runs.until(
      RUN_ID,
      ({ steps }) => steps[READ_STEP.id].status === 'interrupted',
    );
    expect(run.steps[READ_STEP.id]).toMatchObject({
      because: 'the backend failed before the step began: EACCES',
    });
  });

  it('keeps the end of a step while the database is away, and records it once', async () => {
    let changes = 0;
    begin({
      changeAsWorker: async (lease, decide) => {
        changes += 1;
        // The second is the end: it is stored, and the answer is lost; then the database is away for a moment.
        if (changes === 2) await runs.changeAsWorker(lease, decide);
        if (changes === 2 || changes === 3) throw AWAY;
        return runs.changeAsWorker(lease, decide);
      },
    });
    await until(() => changes >= 4);
    await succeeded();
    const kinds = runs.ledgers.get(RUN_ID)!.map(({ event }) => event.kind);
    expect(kinds.filter(kind => kind === 'step-finished')).toHaveLength(1);
    expect(kinds).not.toContain('step-interrupted');
  });

  it('waits for nothing but an outage: any other failure comes out at once', async () => {
    const failing = jest.fn(async () => {
      throw Object.assign(new Error('duplicate key'), { code: '23505' });
    });
    await expect(throughOutage(failing)).rejects.toThrow('duplicate key');
    expect(failing).toHaveBeenCalledTimes(1);
    const away = jest.fn(async () => {
      throw AWAY;
    });
    await expect(throughOutage(away, 250)).rejects.toThrow('connect');
    expect(away.mock.calls.length).toBeGreaterThan(1);
    begin();
    await succeeded();
  });

  it('gives a change back that was stopped or frozen after it was queued, with the reason', async () => {
    const { binding } = bound(CHANGE_STEP.id);
    await runs.change(RUN_ID, new Date(), () => [
      { ...queued(CHANGE_STEP.id), binding } as RunEvent,
    ]);
    prepare.mockImplementation(async (_run, step) => ({
      bound: bound(step.id),
      run: async () => resultOf(),
      discard: async () => {},
    }));
    holds = [
      { kind: 'freeze', name: 'Year end', until: '2027-01-04T07:00:00.000Z' },
    ];
    begin();
    const run = await runs.until(
      RUN_ID,
      ({ steps }) =>
        steps[READ_STEP.id].status === 'succeeded' &&
        steps[CHANGE_STEP.id].status === 'pending',
    );
    expect(run.steps[CHANGE_STEP.id]).toMatchObject({
      returnedBecause: expect.stringContaining('(Year end)'),
    });
  });

  /** Starts a worker on the queue, of which some parts behave otherwise. */
  function begin(over: Partial<RunQueue> = {}): void {
    const queue: RunQueue = {
      claim: claimant => runs.claim(claimant),
      load: lease => runs.load(lease),
      leaseState: lease => runs.leaseState(lease),
      changeAsWorker: (lease, decide) => runs.changeAsWorker(lease, decide),
      release: lease => runs.release(lease),
      postpone: (lease, because) => runs.postpone(lease, because),
      ...over,
    };
    worker = new RunWorker({
      id: 'w1',
      queue,
      hidden: { recording: async () => events => events },
      calls: runs,
      attempts: { prepare, executorId: 'fake' },
      previews: { beforeStart: async () => undefined },
      holds: async () => holds,
      signals: runs,
      entitlementOf: async () => ({ entitled: true, entitledBy: 'an owner' }),
      logger,
    });
    worker.start();
  }

  async function succeeded(): Promise<void> {
    await until(async () => {
      const { steps } = await runs.get(RUN_ID);
      return steps[READ_STEP.id].status === 'succeeded';
    });
  }
});

async function until(isThere: () => boolean | Promise<boolean>): Promise<void> {
  while (!(await isThere())) await delay(5);
}
