import { randomUUID } from 'node:crypto';
import { TestDatabases } from '@backstage/backend-test-utils';
import type { Knex } from 'knex';
import { DatabaseAttemptStore } from '../runs/DatabaseAttemptStore';
import { DatabaseRunQueue } from '../runs/DatabaseRunQueue';
import { DatabaseRunStore } from '../runs/DatabaseRunStore';
import { DatabaseRunVault } from '../runs/DatabaseRunVault';
import { DatabaseSnapshotStore } from '../runs/DatabaseSnapshotStore';
import { HEADS } from '../testing/heads';
import {
  CHANGE_STEP,
  planOf,
  queued,
  READ_STEP,
  REQUESTER,
  requested,
  resultOf,
  started,
  startedBy,
  step,
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
    const store = new DatabaseRunStore(knex, HEADS);
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

  it('find out of runs that are there already which of them were rolled back', async () => {
    const knex = await databases.init('POSTGRES_18');
    await knex.migrate.latest({ directory });
    const store = new DatabaseRunStore(knex, HEADS);
    const back = step({
      id: 'scale/2.1',
      effect: 'change',
      phase: { role: 'rollback', title: 'Rollback' },
    });
    const plan = planOf({ steps: [CHANGE_STEP, back] });
    const only = await startRun(store, plan);
    const whole = await startRun(store, plan);
    const altered = await startRun(store, plan);
    for (const [id, stepId] of [
      [only, CHANGE_STEP.id],
      [whole, back.id],
    ]) {
      await store.change(id, new Date(), () => [
        queued(stepId),
        started(stepId),
        { kind: 'step-finished', stepId, attempt: 1, result: resultOf() },
      ]);
    }
    await alter(knex, altered);
    const name = '20261130140000_rolled_back.js';
    await knex.migrate.down({ directory, name } as Knex.MigratorConfig);
    await knex.migrate.latest({ directory });
    const rows = await knex('runs').where({ rolled_back: true }).select('id');
    expect(rows).toEqual([{ id: whole }]);
  }, 60_000);
});

/** As somebody with rights on the database could. */
async function alter(knex: Knex, runId: string): Promise<void> {
  await knex.transaction(async trx => {
    await trx.raw('set local session_replication_role = replica');
    await trx('run_events')
      .where({ run_id: runId })
      .update({ canonical_text: `"role":"rollback" and nothing else` });
  });
}

async function startRun(
  store: DatabaseRunStore,
  plan = planOf(),
): Promise<string> {
  const runId = randomUUID();
  await store.create(
    {
      runId,
      events: startedBy(REQUESTER, plan),
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
  const queue = new DatabaseRunQueue(knex, HEADS);
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
