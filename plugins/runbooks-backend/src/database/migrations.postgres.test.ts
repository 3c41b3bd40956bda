import { randomUUID } from 'node:crypto';
import { TestDatabases } from '@backstage/backend-test-utils';
import type { Knex } from 'knex';
import { DatabaseRunStore } from '../runs/DatabaseRunStore';
import { REQUESTER, startedBy } from '../testing/runs';
import { migrationsDirectory } from './migrate';

const databases = TestDatabases.create({ ids: ['POSTGRES_18'] });
const directory = migrationsDirectory();

describe('the migrations of the database', () => {
  it('go up, hold a run, go down without leaving a table, function or trigger, and up again', async () => {
    const knex = await databases.init('POSTGRES_18');
    const before = await objectsOf(knex);
    await knex.migrate.latest({ directory });
    const store = new DatabaseRunStore(knex);
    const id = randomUUID();
    await store.create(id, startedBy(REQUESTER), new Date());
    await store.appendOutput({ runId: id, stepId: 's', attempt: 1 }, 0, 'text');
    await store.putSecret(id, 'carried', Buffer.from('x'));
    await store.putSnapshot('e'.repeat(64), Buffer.from('x'));

    await knex.migrate.rollback({ directory }, true);
    expect(await objectsOf(knex)).toEqual(before);

    await knex.migrate.latest({ directory });
    await store.create(randomUUID(), startedBy(REQUESTER), new Date());
    expect((await store.list({})).runs).toHaveLength(1);
  }, 60_000);
});

async function objectsOf(knex: Knex): Promise<string[]> {
  const { rows } = await knex.raw(`
    select 'table ' || tablename as name from pg_tables where schemaname = 'public'
      and tablename not like 'knex_migrations%'
    union all select 'function ' || proname from pg_proc where pronamespace = 'public'::regnamespace
    union all select 'trigger ' || tgname from pg_trigger where not tgisinternal
    order by 1`);
  return rows.map(({ name }: { name: string }) => name);
}
