import { randomUUID } from 'node:crypto';
import { setTimeout as delay } from 'node:timers/promises';
import { mockServices, TestDatabases } from '@backstage/backend-test-utils';
import type { Knex } from 'knex';
import { openDatabase } from '../database/openDatabase';
import { emptyRuns } from '../testing/emptyRuns';
import { HEADS } from '../testing/heads';
import { CHANGE_STEP, REQUESTER, requested, startedBy } from '../testing/runs';
import { DatabaseRunStore } from './DatabaseRunStore';
import { Outbox, type Notice } from './Outbox';
import { OutboxWorker } from './OutboxWorker';

const databases = TestDatabases.create({ ids: ['POSTGRES_18'] });

describe('what people must be told', () => {
  const logger = mockServices.logger.mock();
  let knex: Knex;
  let store: DatabaseRunStore;
  let outbox: Outbox;

  beforeAll(async () => {
    knex = await databases.init('POSTGRES_18');
    await openDatabase(mockServices.database({ knex }), HEADS);
    store = new DatabaseRunStore(knex, HEADS);
    outbox = new Outbox(knex);
  }, 60_000);

  beforeEach(() => emptyRuns(knex));

  it('is stored with its event, or neither is', async () => {
    const runId = await newRun();
    await knex.raw(
      `create function runbooks_test_fail() returns trigger language plpgsql as $$ begin raise exception 'full'; end $$`,
    );
    await knex.raw(
      `create trigger test_fail before insert on outbox for each row execute function runbooks_test_fail()`,
    );
    await expect(ask(runId)).rejects.toThrow('full');
    expect(await store.ledger(runId)).toHaveLength(1);
    await knex.raw('drop trigger test_fail on outbox');
    await knex.raw('drop function runbooks_test_fail()');
    await ask(runId);
    expect(await knex('outbox')).toMatchObject([
      { run_id: runId, event_seq: 1, step_id: CHANGE_STEP.id, tries: 0 },
    ]);
  });

  it('is taken by one of many replicas, and by another one when that dies', async () => {
    await ask(await newRun());
    const taken = await Promise.all(
      Array.from({ length: 8 }, () => outbox.take()),
    );
    expect(taken.filter(Boolean)).toHaveLength(1);
    await knex('outbox').update({ due_at: knex.fn.now() });
    expect(await outbox.take()).toBeDefined();
  });

  it('is delivered when who delivers is back, however often that fails, with growing pauses and the reason', async () => {
    await ask(await newRun());
    const waits: number[] = [];
    const tried: Notice[] = [];
    const worker = new OutboxWorker({
      outbox: {
        take: () => outbox.take(),
        delivered: notice => outbox.delivered(notice),
        failed: async (notice, because) => {
          await outbox.failed(notice, because);
          const { rows } = await knex.raw(
            `select extract(epoch from due_at - now())::float as wait, because from outbox`,
          );
          waits.push(Math.round(rows[0].wait));
          expect(rows[0].because).toBe('Request failed with status 503');
          await knex('outbox').update({ due_at: knex.fn.now() });
        },
      },
      deliver: async notice => {
        tried.push(notice);
        if (tried.length < 4) throw new Error('Request failed with status 503');
      },
      signals: { subscribe: () => () => {} },
      logger,
    });
    worker.start();
    while ((await knex('outbox')).length > 0) await delay(20);
    await worker.stop();
    expect(waits).toEqual([1, 2, 4]);
    expect(new Set(tried.map(({ id }) => id)).size).toBe(1);
  });

  it('goes with its run when retention removes that', async () => {
    await ask(await newRun());
    await emptyRuns(knex);
    expect(await knex('outbox')).toEqual([]);
  });

  async function newRun(): Promise<string> {
    const runId = randomUUID();
    await store.create(
      { runId, events: startedBy(REQUESTER), secrets: [] },
      new Date(),
    );
    return runId;
  }

  async function ask(runId: string): Promise<void> {
    await store.change(runId, new Date(), () => [requested(CHANGE_STEP.id)]);
  }
});
