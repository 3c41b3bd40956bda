import { randomUUID } from 'node:crypto';
import { TestDatabases } from '@backstage/backend-test-utils';
import type { Knex } from 'knex';
import { DatabaseAttemptStore } from '../runs/DatabaseAttemptStore';
import { DatabaseRunQueue } from '../runs/DatabaseRunQueue';
import { DatabaseRunStore } from '../runs/DatabaseRunStore';
import { DatabaseRunVault } from '../runs/DatabaseRunVault';
import { DatabaseSnapshotStore } from '../runs/DatabaseSnapshotStore';
import {
  CHANGE_STEP,
  queued,
  READ_STEP,
  REQUESTER,
  requested,
  started,
  startedBy,
} from '../testing/runs';
import { seeWorkers } from '../testing/workers';
import { migrationsDirectory } from './openDatabase';

const databases = TestDatabases.create({ ids: ['POSTGRES_18'] });
const directory = migrationsDirectory();

describe('the migrations of the database', () => {
  it('go up, hold a run, go down without leaving a table, function or trigger, and up again', async () => {
    const knex = await databases.init('POSTGRES_18');
    const before = await objectsOf(knex);
    await knex.migrate.latest({ directory });
    const store = new DatabaseRunStore(knex);
    const id = await startRun(store);
    const { lease } = await runningAttempt(knex, store, id);
    const attempt = { runId: id, stepId: CHANGE_STEP.id, attempt: 1, lease };
    await new DatabaseAttemptStore(knex).appendOutput(attempt, 0, 'text');
    await new DatabaseRunVault(knex).putSecrets(attempt, [
      { name: 'carried', ciphertext: Buffer.from('x') },
    ]);
    await new DatabaseSnapshotStore(knex).putSnapshot(
      'e'.repeat(64),
      Buffer.from('x'),
    );

    await knex.migrate.rollback({ directory }, true);
    expect(await objectsOf(knex)).toEqual(before);

    await knex.migrate.latest({ directory });
    await startRun(store);
    expect(
      (await store.list({ entityRefs: ['component:default/auth-service'] }))
        .runs,
    ).toHaveLength(1);
  }, 60_000);
});

async function startRun(store: DatabaseRunStore): Promise<string> {
  const runId = randomUUID();
  await store.create(
    {
      runId,
      events: startedBy(REQUESTER),
      secrets: [],
      key: { userRef: REQUESTER, key: runId, requestDigest: 'd' },
    },
    new Date(),
  );
  return runId;
}

/** With its lock, and another step that waits for an approval. */
async function runningAttempt(
  knex: Knex,
  store: DatabaseRunStore,
  runId: string,
) {
  await store.change(runId, new Date(), () => [
    requested(READ_STEP.id),
    queued(CHANGE_STEP.id),
  ]);
  await seeWorkers(knex, 'w1');
  const queue = new DatabaseRunQueue(knex);
  const lease = (await queue.claim({ owner: 'w1', active: [], slots: 8 }))!;
  await queue.changeAsWorker(lease, () => [started(CHANGE_STEP.id)]);
  return { lease };
}

async function objectsOf(knex: Knex): Promise<string[]> {
  const { rows } = await knex.raw(`
    select 'table ' || tablename as name from pg_tables where schemaname = 'public'
      and tablename not like 'knex_migrations%'
    union all select 'function ' || proname from pg_proc where pronamespace = 'public'::regnamespace
    union all select 'trigger ' || tgname from pg_trigger where not tgisinternal
    order by 1`);
  return rows.map(({ name }: { name: string }) => name);
}
