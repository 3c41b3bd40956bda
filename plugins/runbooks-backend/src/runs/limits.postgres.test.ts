import { randomUUID } from 'node:crypto';
import { mockServices, TestDatabases } from '@backstage/backend-test-utils';
import { ConfigReader } from '@backstage/config';
import type { Knex } from 'knex';
import { openDatabase } from '../database/openDatabase';
import { emptyRuns } from '../testing/emptyRuns';
import { HEADS } from '../testing/heads';
import {
  OWNER,
  CHANGE_STEP,
  queued,
  READ_STEP,
  requested,
  REQUESTER,
  startedBy,
} from '../testing/runs';
import { DatabaseRunStore } from './DatabaseRunStore';
import { DEFAULT_LIMITS, readLimits } from './limits';

const databases = TestDatabases.create({ ids: ['POSTGRES_18'] });
const LIMITS = {
  openRunsPerPerson: 3,
  queuedStepsPerPerson: 2,
  streamsPerPerson: 1,
  approvalRequestsPerHour: 4,
};

describe('what one person may have at once', () => {
  let knex: Knex;
  let store: DatabaseRunStore;

  beforeAll(async () => {
    knex = await databases.init('POSTGRES_18');
    await openDatabase(mockServices.database({ knex }), HEADS);
    store = new DatabaseRunStore(knex, HEADS, LIMITS);
  }, 60_000);

  beforeEach(() => emptyRuns(knex));

  it('is a number of open runs, also where they all start at the same moment; others start theirs', async () => {
    const starts = await Promise.allSettled(
      Array.from({ length: 10 }, () => newRun(REQUESTER)),
    );
    expect(starts.filter(({ status }) => status === 'fulfilled')).toHaveLength(
      3,
    );
    await expect(newRun(REQUESTER)).rejects.toMatchObject({
      status: 429,
      message: `${REQUESTER} has 3 open runs, and may have 3 (runbooks.limits.openRunsPerPerson); finish or cancel some first`,
    });
    await newRun(OWNER);
    const { id } = await knex('runs')
      .where({ requested_by: REQUESTER })
      .first();
    await store.change(id, new Date(), () => [
      { kind: 'run-finished', by: REQUESTER, outcome: 'cancelled' },
    ]);
    await newRun(REQUESTER);
  });

  it('is a length of the history of a run, when one more approval is asked for', async () => {
    const id = await newRun(REQUESTER);
    const ask = (megabytes: number) =>
      store.change(id, new Date(), () => [
        requested(CHANGE_STEP.id, new Date(Date.now() + 3600_000), {
          differences: [
            {
              path: 'a.yaml',
              change: 'changed',
              text: 'x'.repeat(megabytes * 1024 ** 2),
            },
          ],
        }),
        { kind: 'step-denied', stepId: CHANGE_STEP.id, by: OWNER },
      ]);
    await ask(15);
    await ask(15);
    await expect(ask(3)).rejects.toMatchObject({
      status: 429,
      message:
        'The history of this run would be longer than 32 MiB; finish or cancel it, and start another',
    });
    await ask(1);
    await store.change(id, new Date(), () => [
      { kind: 'run-finished', by: REQUESTER, outcome: 'cancelled' },
    ]);
  }, 60_000);

  it('is a number of queued steps, whoever started the runs; a refused one leaves no trace', async () => {
    const ids = [
      await newRun(REQUESTER),
      await newRun(REQUESTER),
      await newRun(OWNER),
    ];
    await queue(ids[0]);
    await queue(ids[1]);
    await expect(queue(ids[2])).rejects.toMatchObject({
      status: 429,
      message: `${REQUESTER} has 2 steps queued or running, and may have 2 (runbooks.limits.queuedStepsPerPerson); wait until some have ended`,
    });
    expect(await store.ledger(ids[2])).toHaveLength(1);
    await queue(ids[2], OWNER);
  });

  it('is counted once, also where they queue all their steps at the same moment', async () => {
    const ids = await Promise.all([1, 2, 3].map(() => newRun(OWNER)));
    const answers = await Promise.allSettled(ids.map(id => queue(id)));
    expect(answers.filter(({ status }) => status === 'fulfilled')).toHaveLength(
      2,
    );
  });

  it('is a number of approvals that are asked for in an hour, which ending the runs does not free', async () => {
    const ask = async (by = REQUESTER) => {
      const id = await newRun(by);
      await store.change(id, new Date(), () => [
        requested(CHANGE_STEP.id, undefined, { by }),
      ]);
      return id;
    };
    for (let asked = 0; asked < 4; asked += 1) {
      await store.change(await ask(), new Date(), () => [
        { kind: 'run-finished', by: REQUESTER, outcome: 'cancelled' },
      ]);
    }
    await expect(ask()).rejects.toMatchObject({
      status: 429,
      message: `${REQUESTER} has asked for 4 approvals within this hour, which is what one person may (runbooks.limits.approvalRequestsPerHour); go on in the next`,
    });
    expect(
      await knex('outbox').where({ kind: 'approval-requested' }).count(),
    ).toEqual([{ count: '4' }]);
    await ask(OWNER);
    // An hour that is over counts no more, by the clock of the database.
    await knex('approval_requests').update({
      hour: knex.raw("hour - interval '1 hour'"),
    });
    await ask();
    expect(
      await knex('approval_requests').where({ person: REQUESTER }),
    ).toEqual([expect.objectContaining({ count: 1 })]);
  });

  it('can be configured, with whole numbers above 0', () => {
    const read = (limits: object) =>
      readLimits(new ConfigReader({ runbooks: { limits } }) as never);
    expect(read({})).toEqual(DEFAULT_LIMITS);
    expect(read({ streamsPerPerson: 3 }).streamsPerPerson).toBe(3);
    expect(() => read({ openRunsPerPerson: 0 })).toThrow(
      "The configuration has 0 as 'runbooks.limits.openRunsPerPerson'; expected a whole number above 0",
    );
  });

  async function newRun(by: string): Promise<string> {
    const runId = randomUUID();
    await store.create(
      { runId, events: startedBy(by), secrets: [] },
      new Date(),
    );
    return runId;
  }

  async function queue(runId: string, by = REQUESTER): Promise<void> {
    await store.change(runId, new Date(), () => [
      { ...queued(READ_STEP.id), by } as never,
    ]);
  }
});
