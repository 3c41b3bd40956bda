import { randomUUID } from 'node:crypto';
import { mockServices, TestDatabases } from '@backstage/backend-test-utils';
import { verifyLedger } from '@backstage-runbooks/plugin-runbooks-common';
import type { Knex } from 'knex';
import { openDatabase } from '../database/migrate';
import {
  CHANGE_STEP,
  OWNER,
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
const LEASE_MS = 10_000;

describe('runs in Postgres', () => {
  let knex: Knex;
  let store: DatabaseRunStore;

  beforeAll(async () => {
    knex = await databases.init('POSTGRES_18');
    await openDatabase(mockServices.database({ knex }));
    store = new DatabaseRunStore(knex);
  }, 60_000);

  beforeEach(async () => {
    await knex.raw(
      'truncate runs, run_events, run_output, run_calls, run_secrets cascade',
    );
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

  it('are claimed by exactly one of many workers', async () => {
    const ids = await Promise.all([...Array(10)].map(() => newRun()));
    await Promise.all(
      ids.map(id => store.change(id, new Date(), () => [queued(READ_STEP.id)])),
    );
    const claims = await Promise.all(
      Array.from({ length: 30 }, (_, n) => store.claim(`w${n}`, LEASE_MS)),
    );
    const claimed = claims.flatMap(claim => (claim ? [claim.run.id] : []));
    expect(claimed.sort()).toEqual(ids.sort());
  });

  it('are not claimed while they wait for a person', async () => {
    const id = await newRun();
    await store.change(id, new Date(), () => [
      {
        kind: 'approval-requested',
        stepId: CHANGE_STEP.id,
        by: REQUESTER,
        digest: CHANGE_STEP.digest,
        expiresAt: new Date(Date.now() + 60_000).toISOString(),
      },
    ]);
    expect(await store.claim('w1', LEASE_MS)).toBeUndefined();
    expect((await store.waiting(10)).map(run => run.id)).toEqual([id]);
  });

  it('are claimed when an approval has expired', async () => {
    const id = await newRun();
    await store.change(id, new Date(), () => [
      {
        kind: 'approval-requested',
        stepId: CHANGE_STEP.id,
        by: REQUESTER,
        digest: CHANGE_STEP.digest,
        expiresAt: new Date(Date.now() - 1_000).toISOString(),
      },
    ]);
    expect((await store.claim('w1', LEASE_MS))?.run.id).toBe(id);
  });

  it('belong to the worker that claimed them last: an older lease can store nothing', async () => {
    const id = await newRun();
    await store.change(id, new Date(), () => [queued(READ_STEP.id)]);
    const first = (await store.claim('w1', 1))!;
    await new Promise(resolve => setTimeout(resolve, 20));
    const second = (await store.claim('w2', LEASE_MS))!;
    expect(second.run.id).toBe(id);
    expect(await store.heartbeat(first.lease, LEASE_MS)).toBe('lost');
    expect(
      await store.changeAsWorker(first.lease, new Date(), () => [
        started(READ_STEP.id),
      ]),
    ).toBeUndefined();
    expect(await store.heartbeat(second.lease, LEASE_MS)).toBe('held');
    expect(await store.ledger(id)).toHaveLength(2);
  });

  it('tell their worker when they are to stop', async () => {
    const id = await newRun();
    await store.change(id, new Date(), () => [queued(READ_STEP.id)]);
    const { lease } = (await store.claim('w1', LEASE_MS))!;
    await store.change(id, new Date(), () => [
      { kind: 'cancel-requested', by: OWNER },
    ]);
    expect(await store.heartbeat(lease, LEASE_MS)).toBe('cancelling');
  });

  it('change one service on one cluster one after the other', async () => {
    const [first, second] = [await newRun(), await newRun()];
    await store.change(first, new Date(), () => [queued(CHANGE_STEP.id)]);
    await expect(
      store.change(second, new Date(), () => [queued(CHANGE_STEP.id)]),
    ).rejects.toThrow(
      'Another run is changing component:default/auth-service on local',
    );
    const elsewhere = await newRun({ cluster: 'other' });
    await store.change(elsewhere, new Date(), () => [queued(CHANGE_STEP.id)]);
    await store.change(first, new Date(), () => [
      started(CHANGE_STEP.id),
      {
        kind: 'step-finished',
        stepId: CHANGE_STEP.id,
        attempt: 1,
        result: resultOf(),
      },
    ]);
    await store.change(second, new Date(), () => [queued(CHANGE_STEP.id)]);
    expect((await store.get(second)).steps[CHANGE_STEP.id].status).toBe(
      'queued',
    );
  });

  it('give their output back from any byte on, whole characters and in order', async () => {
    const id = await newRun();
    const ref = { runId: id, stepId: READ_STEP.id, attempt: 1 };
    const parts = ['NAME   READY\n', 'zażółć 4/4 ✓\n', 'end\n'];
    let offset = 0;
    for (const part of parts) {
      await store.appendOutput(ref, offset, part);
      offset += Buffer.byteLength(part);
    }
    expect(await store.readOutput(ref, 0, 1024)).toEqual({
      offset: 0,
      text: parts.join(''),
      nextOffset: offset,
    });
    const middle = Buffer.byteLength(parts[0]);
    expect((await store.readOutput(ref, middle, 1024)).text).toBe(
      parts[1] + parts[2],
    );
    expect((await store.readOutput(ref, middle, 1)).text).toBe(parts[1]);
    expect(await store.readOutput(ref, offset, 1024)).toEqual({
      offset,
      text: '',
      nextOffset: offset,
    });
  });

  it('count writes that passed, and not reads, refusals and dry runs', async () => {
    const id = await newRun();
    const ref = { runId: id, stepId: CHANGE_STEP.id, attempt: 1 };
    const call = {
      id: randomUUID(),
      at: new Date().toISOString(),
      verb: 'patch',
      group: 'apps',
      resource: 'deployments',
      subresource: 'scale',
      namespace: 'x',
      name: 'a',
      decision: 'passed' as const,
      dryRun: false,
    };
    await store.recordCall(ref, call);
    await store.recordCall(ref, { ...call, status: 200, durationMs: 12 });
    await store.recordCall(ref, { ...call, id: randomUUID(), verb: 'get' });
    await store.recordCall(ref, {
      ...call,
      id: randomUUID(),
      decision: 'refused',
    });
    await store.recordCall(ref, { ...call, id: randomUUID(), dryRun: true });
    expect(await store.callCounts(ref)).toEqual({
      total: 4,
      writes: 1,
      refused: 1,
    });
    expect(
      (await store.calls(id)).find(({ id: callId }) => callId === call.id),
    ).toMatchObject({ status: 200, durationMs: 12, attempt: 1 });
  });

  it('forget what they kept encrypted when they end', async () => {
    const id = await newRun();
    await store.putSecret(id, 'parameters', Buffer.from('sealed'));
    expect((await store.getSecret(id, 'parameters'))?.toString()).toBe(
      'sealed',
    );
    await store.change(id, new Date(), () => [
      { kind: 'run-finished', by: REQUESTER, outcome: 'succeeded' },
    ]);
    expect(await store.getSecret(id, 'parameters')).toBeUndefined();
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
        entityRef: 'component:default/auth-service',
        limit: 3,
        cursor,
      });
      seen.push(...page.runs.map(run => run.id));
      cursor = page.nextCursor;
    } while (cursor);
    expect(new Set(seen)).toEqual(new Set(ids));
    expect(seen).toHaveLength(7);
    await expect(store.list({ cursor: 'nonsense' })).rejects.toThrow(
      "'nonsense' is not a cursor",
    );
  });

  it('are found through the index of their service', async () => {
    await newRun();
    await knex.raw('set enable_seqscan = off');
    const explained = await knex.raw(
      `explain select * from runs where entity_ref = 'x' order by started_at desc, id desc limit 26`,
    );
    await knex.raw('set enable_seqscan = on');
    expect(JSON.stringify(explained.rows)).toContain('runs_by_entity');
  });

  async function newRun(
    plan: Parameters<typeof planOf>[0] = {},
    at = new Date(),
  ): Promise<string> {
    const id = randomUUID();
    await store.create(id, startedBy(REQUESTER, planOf(plan)), at);
    return id;
  }
});
