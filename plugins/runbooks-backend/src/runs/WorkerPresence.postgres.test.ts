import { mockServices, TestDatabases } from '@backstage/backend-test-utils';
import type { Knex } from 'knex';
import { openDatabase } from '../database/openDatabase';
import { WorkerPresence } from './WorkerPresence';
import { HEADS } from '../testing/heads';

const databases = TestDatabases.create({ ids: ['POSTGRES_18'] });
const SETTINGS = { beatMs: 100, takeOverMs: 2_000, longestFreezeMs: 60_000 };

describe('the presence of a worker', () => {
  const logger = mockServices.logger.mock();
  const started: WorkerPresence[] = [];
  let knex: Knex;

  beforeAll(async () => {
    knex = await databases.init('POSTGRES_18');
    await openDatabase(mockServices.database({ knex }), HEADS);
  }, 60_000);

  afterEach(async () => {
    for (const presence of started.splice(0)) await presence.stop();
  });

  it('is seen while its event loop stands still', async () => {
    await present('frozen');
    const before = await seen('frozen');
    freeze(2_500);
    const after = await seen('frozen');
    expect(after.lastSeenAgoMs).toBeLessThan(1_500);
    expect(after.sinceMs).toBeGreaterThan(2_000 + before.sinceMs);
  });

  it('is not seen any more where the event loop stands still for longer than anybody would wait', async () => {
    await present('lost', { ...SETTINGS, longestFreezeMs: 300 });
    freeze(2_000);
    expect((await seen('lost')).lastSeenAgoMs).toBeGreaterThan(1_200);
  });

  it('begins anew after a gap, because it cannot tell who else was away', async () => {
    const presence = await present('back');
    await presence.stop();
    await knex('workers')
      .where({ id: 'back' })
      .update({
        seen_since: knex.raw(`now() - interval '1 hour'`),
        last_seen_at: knex.raw(`now() - interval '30 seconds'`),
        ended_at: null,
      });
    await present('back');
    while ((await seen('back')).lastSeenAgoMs > 10_000) {
      await new Promise(resolve => setTimeout(resolve, 50));
    }
    expect((await seen('back')).sinceMs).toBeLessThan(20_000);
  });

  it('signs off when it is stopped', async () => {
    const presence = await present('stopped');
    await presence.stop();
    const row = await knex('workers').where({ id: 'stopped' }).first();
    expect(row.ended_at).toBeInstanceOf(Date);
  });

  it('goes on with another connection when its own is cut', async () => {
    await present('cut');
    const { rows } = await knex.raw(
      `select pg_terminate_backend(pid) from pg_stat_activity
        where query like 'insert into % as worker%' and pid <> pg_backend_pid()`,
    );
    expect(rows.length).toBeGreaterThan(0);
    await new Promise(resolve => setTimeout(resolve, 1_800));
    expect((await seen('cut')).lastSeenAgoMs).toBeLessThan(1_000);
  });

  async function present(
    id: string,
    settings = SETTINGS,
  ): Promise<WorkerPresence> {
    const presence = new WorkerPresence({ knex, id, logger, settings });
    started.push(presence);
    presence.start();
    while (!(await knex('workers').where({ id, ended_at: null }).first())) {
      await new Promise(resolve => setTimeout(resolve, 50));
    }
    return presence;
  }

  async function seen(id: string) {
    const { rows } = await knex.raw(
      `select extract(epoch from clock_timestamp() - last_seen_at) * 1000 as ago,
              extract(epoch from clock_timestamp() - seen_since) * 1000 as since
         from workers where id = ?`,
      [id],
    );
    return {
      lastSeenAgoMs: Number(rows[0].ago),
      sinceMs: Number(rows[0].since),
    };
  }
});

/** Holds up the event loop of this process. */
function freeze(forMs: number): void {
  Atomics.wait(new Int32Array(new SharedArrayBuffer(4)), 0, 0, forMs);
}
