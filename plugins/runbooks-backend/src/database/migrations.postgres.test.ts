import { randomUUID } from 'node:crypto';
import { TestDatabases } from '@backstage/backend-test-utils';
import type {
  RunEvent,
  StepResult,
} from '@backstage-runbooks/plugin-runbooks-common';
import type { Knex } from 'knex';
import { DatabaseAttemptStore } from '../runs/DatabaseAttemptStore';
import { DatabaseRunQueue } from '../runs/DatabaseRunQueue';
import { DatabaseRunStore } from '../runs/DatabaseRunStore';
import { DatabaseRunVault } from '../runs/DatabaseRunVault';
import { DatabaseSnapshotStore } from '../runs/DatabaseSnapshotStore';
import {
  CHANGE_STEP,
  OWNER,
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

  it('count what was not good in the runs that are there already, as the core counts', async () => {
    const knex = await databases.init('POSTGRES_18');
    await knex.migrate.latest({ directory });
    const store = new DatabaseRunStore(knex);
    const ids: string[] = [];
    for (const events of ENDS) {
      const id = await startRun(store, planOf({ steps: STEPS }));
      await store.change(id, new Date(), () => events);
      ids.push(id);
    }
    const counted = await shortfallsOf(knex);
    expect(new Set(ids.map(id => JSON.stringify(counted[id]))).size).toBe(
      ENDS.length,
    );

    await knex.migrate.down({ directory, name: '20261130070000_shortfall.js' });
    await knex.migrate.up({ directory, name: '20261130070000_shortfall.js' });
    expect(await shortfallsOf(knex)).toEqual(counted);
  }, 60_000);
});

const STEPS = [
  READ_STEP,
  CHANGE_STEP,
  step({ id: 'scale/2.1', alternative: { group: 'cause', label: 'memory' } }),
  step({ id: 'scale/2.2', alternative: { group: 'cause', label: 'cpu' } }),
  step({ id: 'scale/3.1', condition: 'if it still fails' }),
  step({ id: 'scale/9.1', phase: { role: 'rollback', title: 'Rollback' } }),
];

/** How runs ended: one of each kind of shortfall, and no two alike. */
const ENDS: RunEvent[][] = [
  STEPS.map(({ id }) => skipped(id)),
  [...ran('scale/2.1', {}), ...ran('scale/3.1', { ok: false, exitCode: 1 })],
  [
    ...ran(READ_STEP.id, {}),
    judged(READ_STEP.id, false),
    ...ran(CHANGE_STEP.id, {
      ok: false,
      exitCode: 0,
      expectations: [
        { text: '3/3', verdict: 'missed', because: '2 of 3 pods are ready' },
      ] as unknown as StepResult['expectations'],
    }),
    confirmed('scale/2.2'),
  ],
  [
    ...ran(READ_STEP.id, { ok: false, exitCode: 1 }),
    ...ran(READ_STEP.id, {}, 2),
    requested(CHANGE_STEP.id),
    { kind: 'approval-expired', stepId: CHANGE_STEP.id },
    skipped('scale/2.1'),
  ],
  [
    requested('scale/9.1'),
    { kind: 'step-denied', stepId: 'scale/9.1', by: OWNER },
    queued(READ_STEP.id),
    started(READ_STEP.id),
    {
      kind: 'step-interrupted',
      stepId: READ_STEP.id,
      attempt: 1,
      because: 'the worker is gone',
    },
    skipped('scale/2.2'),
    skipped('scale/2.1'),
  ],
];

function ran(
  stepId: string,
  result: Partial<StepResult>,
  attempt = 1,
): RunEvent[] {
  return [
    queued(stepId, attempt),
    started(stepId, attempt),
    { kind: 'step-finished', stepId, attempt, result: resultOf(result) },
  ];
}

function skipped(stepId: string): RunEvent {
  return { kind: 'step-skipped', stepId, by: REQUESTER, reason: 'not needed' };
}

function confirmed(stepId: string): RunEvent {
  return { kind: 'step-confirmed', stepId, by: REQUESTER };
}

function judged(stepId: string, good: boolean): RunEvent {
  return { kind: 'step-judged', stepId, by: REQUESTER, good };
}

async function shortfallsOf(knex: Knex): Promise<Record<string, unknown>> {
  const rows = await knex('runs').select(
    'id',
    'shortfall',
    'shortfall_event_count',
    'event_count',
  );
  return Object.fromEntries(
    rows.map(({ id, ...counted }) => {
      expect(counted.shortfall_event_count).toBe(counted.event_count);
      return [id, counted.shortfall];
    }),
  );
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
