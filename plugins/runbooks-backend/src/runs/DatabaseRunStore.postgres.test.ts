import { randomUUID } from 'node:crypto';
import { mockServices, TestDatabases } from '@backstage/backend-test-utils';
import { verifyLedger } from '@backstage-runbooks/plugin-runbooks-common';
import type { Knex } from 'knex';
import { openDatabase } from '../database/openDatabase';
import { emptyRuns } from '../testing/emptyRuns';
import { HEADS } from '../testing/heads';
import {
  planOf,
  queued,
  READ_STEP,
  REQUESTER,
  resultOf,
  started,
  startedBy,
} from '../testing/runs';
import { DatabaseRunStore } from './DatabaseRunStore';

const databases = TestDatabases.create({ ids: ['POSTGRES_18'] });

describe('runs in Postgres', () => {
  let knex: Knex;
  let store: DatabaseRunStore;

  beforeAll(async () => {
    knex = await databases.init('POSTGRES_18');
    await openDatabase(mockServices.database({ knex }), HEADS);
    store = new DatabaseRunStore(knex, HEADS);
  }, 60_000);

  beforeEach(async () => {
    await emptyRuns(knex);
  });

  it('are the fold of their events, and their ledger verifies', async () => {
    const id = await newRun();
    await store.change(id, new Date(), () => [queued(READ_STEP.id)]);
    expect((await store.get(id)).steps[READ_STEP.id]).toMatchObject({
      status: 'queued',
      attempt: 1,
    });
    expect(verifyLedger(await store.ledger(id))).toMatchObject({
      intact: true,
    });
  });

  it('keep their events for ever: an update or a delete is refused by the database itself', async () => {
    const id = await newRun();
    await expect(
      knex('run_events').where({ run_id: id }).update({ canonical_text: '{}' }),
    ).rejects.toThrow('append-only');
    await expect(
      knex('run_events').where({ run_id: id }).delete(),
    ).rejects.toThrow('append-only');
  });

  it('leave no trace of a change that was refused', async () => {
    const id = await newRun();
    await expect(
      store.change(id, new Date(), () => {
        throw new Error('not now');
      }),
    ).rejects.toThrow('not now');
    expect(await store.ledger(id)).toHaveLength(1);
  });

  it('number events without gaps when twenty people act at once', async () => {
    const id = await newRun();
    await Promise.all(
      Array.from({ length: 20 }, (_, n) =>
        store.change(id, new Date(), () => [
          {
            kind: 'step-judged',
            stepId: READ_STEP.id,
            by: `user:default/p${n}`,
            good: true,
          },
        ]),
      ),
    );
    const ledger = await store.ledger(id);
    expect(ledger.map(({ seq }) => seq)).toEqual(
      Array.from({ length: 21 }, (_, seq) => seq),
    );
    expect(verifyLedger(ledger)).toMatchObject({ intact: true });
  });

  it('are listed newest first, page by page, without losing or repeating one', async () => {
    const ids: string[] = [];
    for (let n = 0; n < 7; n += 1) {
      ids.unshift(
        await newRun(
          {},
          new Date(Date.UTC(2026, 10, 21, 2, Math.floor(n / 2))),
        ),
      );
    }
    const seen: string[] = [];
    let cursor: string | undefined;
    do {
      const page = await store.list({
        entityRefs: ['component:default/auth-service'],
        limit: 3,
        cursor,
      });
      seen.push(...page.runs.map(run => run.id));
      cursor = page.nextCursor;
    } while (cursor);
    expect(new Set(seen)).toEqual(new Set(ids));
    expect(seen).toHaveLength(7);
    await expect(
      store.list({ entityRefs: ['x:y/z'], cursor: 'nonsense' }),
    ).rejects.toThrow("'nonsense' is not a cursor");
  });

  it('tell in a list what was not good in them, also where an older replica wrote the end', async () => {
    const id = await newRun();
    const shortfall = async () =>
      (await store.list({ entityRefs: ['component:default/auth-service'] }))
        .runs[0].shortfall;
    const failed = { failed: 1, unexpected: 0, notDone: 1, skipped: 0 };
    expect(await shortfall()).toEqual({ ...failed, failed: 0, notDone: 2 });
    await store.change(id, new Date(), () => [
      queued(READ_STEP.id),
      started(READ_STEP.id),
      {
        kind: 'step-finished',
        stepId: READ_STEP.id,
        attempt: 1,
        result: resultOf({ ok: false, exitCode: 1 }),
      },
      { kind: 'run-finished', by: REQUESTER, outcome: 'succeeded' },
    ]);
    expect(await shortfall()).toEqual(failed);
    // What an older version leaves: its events, and the counts of somebody else.
    await knex('runs')
      .where({ id })
      .update({
        shortfall: JSON.stringify({ ...failed, failed: 0, notDone: 0 }),
        shortfall_event_count: 1,
      });
    expect(await shortfall()).toEqual(failed);
  });

  it('tell in a list how much they wrote while they are open and once they have ended, and nothing of it where an older version wrote the end', async () => {
    const id = await newRun();
    const writes = async () =>
      (await store.list({ entityRefs: ['component:default/auth-service'] }))
        .runs[0].writes;
    await store.change(id, new Date(), () => [
      queued(READ_STEP.id),
      started(READ_STEP.id),
      {
        kind: 'step-finished',
        stepId: READ_STEP.id,
        attempt: 1,
        result: resultOf({ calls: { total: 5, writes: 3, refused: 0 } }),
      },
    ]);
    expect(await writes()).toBe(3);
    await store.change(id, new Date(), () => [
      { kind: 'run-finished', by: REQUESTER, outcome: 'succeeded' },
    ]);
    expect(await writes()).toBe(3);
    await knex('runs').where({ id }).update({ writes: null });
    expect(await writes()).toBeUndefined();
  });

  it('are listed as they are beside one that cannot be read, which says so', async () => {
    const id = await newRun();
    const unreadable = randomUUID();
    await store.create(
      {
        runId: unreadable,
        events: startedBy(REQUESTER, planOf()),
        secrets: [],
      },
      new Date(),
    );
    await writtenByAnOldVersion(unreadable);
    const { runs } = await store.list({
      entityRefs: ['component:default/auth-service'],
    });
    expect(runs.map(run => [run.id, run.state]).sort()).toEqual(
      [
        [id, 'open'],
        [unreadable, 'unreadable'],
      ].sort(),
    );
    await expect(store.get(unreadable)).rejects.toThrow('has no binding');
  });

  /** Before approvals were bound to what a step gets, and before a list told what was not good. */
  async function writtenByAnOldVersion(runId: string) {
    const { hash } = await knex('run_events')
      .where({ run_id: runId, seq: 0 })
      .first('hash');
    const { binding, ...event } = queued(READ_STEP.id) as { binding?: unknown };
    await knex('run_events').insert({
      run_id: runId,
      seq: 1,
      at: new Date(),
      kind: 'step-queued',
      canonical_text: JSON.stringify({ event, at: new Date(), runId, seq: 1 }),
      previous_hash: hash,
      hash: 'a'.repeat(64),
    });
    await knex('runs')
      .where({ id: runId })
      .update({ shortfall: null, event_count: 2 });
  }

  async function newRun(
    plan: Parameters<typeof planOf>[0] = {},
    at = new Date(),
  ): Promise<string> {
    const id = randomUUID();
    await store.create(
      {
        runId: id,
        events: startedBy(REQUESTER, planOf(plan)),
        secrets: [],
      },
      at,
    );
    return id;
  }
});
