import { randomUUID } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { mockServices, TestDatabases } from '@backstage/backend-test-utils';
import {
  EVENT_VOCABULARY,
  workOf,
} from '@backstage-runbooks/plugin-runbooks-common';
import type { Knex } from 'knex';
import { openDatabase } from '../database/openDatabase';
import { emptyRuns } from '../testing/emptyRuns';
import { HEADS } from '../testing/heads';
import {
  CHANGE_STEP,
  OWNER,
  planOf,
  queued,
  READ_STEP,
  REQUESTER,
  requested,
  started,
  startedBy,
} from '../testing/runs';
import { seeWorker, seeWorkers } from '../testing/workers';
import { DatabaseRunQueue } from './DatabaseRunQueue';
import { DatabaseRunStore } from './DatabaseRunStore';
import type { Lease } from './RunStore';

const databases = TestDatabases.create({ ids: ['POSTGRES_18'] });
const LONG_AGO_MS = 3_600_000;

describe('the queue of runs', () => {
  let knex: Knex;
  let store: DatabaseRunStore;
  let queue: DatabaseRunQueue;

  beforeAll(async () => {
    knex = await databases.init('POSTGRES_18');
    await openDatabase(mockServices.database({ knex }), HEADS);
    store = new DatabaseRunStore(knex, HEADS);
    queue = new DatabaseRunQueue(knex, HEADS);
  }, 60_000);

  beforeEach(async () => {
    await emptyRuns(knex);
    await seeWorkers(knex, 'w1', 'w2');
  });

  it('gives each run to exactly one of many workers that ask at once', async () => {
    const ids = await Promise.all(
      Array.from({ length: 10 }, (_, n) =>
        dueRun({ by: `user:default/p${n}` }),
      ),
    );
    await seeWorkers(knex, ...Array.from({ length: 30 }, (_, n) => `m${n}`));
    const leases = await Promise.all(
      Array.from({ length: 30 }, (_, n) => claim(`m${n}`)),
    );
    const claimed = leases.flatMap(lease => (lease ? [lease.runId] : []));
    expect(claimed.sort()).toEqual(ids.sort());
  });

  it('leaves runs alone that wait for a person', async () => {
    const id = await newRun();
    await store.change(id, new Date(), () => [requested(CHANGE_STEP.id)]);
    expect(await claim('w1')).toBeUndefined();
  });

  it('gives out a run whose approval has expired by the clock of the database, and tells that time', async () => {
    const id = await newRun();
    await store.change(id, new Date(), () => [
      requested(CHANGE_STEP.id, new Date(Date.now() - 1_000)),
    ]);
    const lease = (await claim('w1'))!;
    expect(lease.runId).toBe(id);
    const { rows } = await knex.raw('select now() as at');
    const held = (await queue.load(lease))!;
    expect(Math.abs(Date.parse(held.at) - rows[0].at.getTime())).toBeLessThan(
      5_000,
    );
  });

  it('records what a worker does at the time of the database, whatever the clock of the process says', async () => {
    const id = await dueRun();
    const lease = (await claim('w1'))!;
    const clock = jest.spyOn(Date, 'now').mockReturnValue(Date.UTC(2001, 0, 1));
    const changed = (await queue.changeAsWorker(lease, () => [
      started(READ_STEP.id),
    ]))!;
    clock.mockRestore();
    expect(changed.at > '2020').toBe(true);
    expect((await store.ledger(id))[2].at).toBe(changed.at);
  });

  it('gives out no step that docs/operating.md took off the queue of a restored database, until its run is cancelled', async () => {
    const id = await dueRun();
    const page = readFileSync(
      join(__dirname, '../../../../docs/operating.md'),
      'utf8',
    );
    const [, statement] = /-c "(update runs .*)"/.exec(page)!;
    await knex.raw(statement);
    expect(await claim('w1')).toBeUndefined();
    await store.change(id, new Date(), () => [
      { kind: 'cancel-requested', by: OWNER },
    ]);
    const { run, at } = (await queue.load((await claim('w1'))!))!;
    expect(workOf(run, at)).toMatchObject({
      kind: 'record',
      events: [{ kind: 'run-finished', outcome: 'cancelled' }],
    });
  });

  it('tells a worker when its run is to stop', async () => {
    const id = await dueRun();
    const lease = (await claim('w1'))!;
    expect(await queue.leaseState(lease)).toBe('held');
    await store.change(id, new Date(), () => [
      { kind: 'cancel-requested', by: OWNER },
    ]);
    expect(await queue.leaseState(lease)).toBe('cancelling');
  });

  describe('who holds a run', () => {
    it('keeps it for hours while it is seen', async () => {
      const lease = await claimedRun('w1');
      await knex('runs').update({
        lease_expires_at: knex.raw(`now() + interval '1 hour'`),
      });
      expect(await claim('w2')).toBeUndefined();
      expect(await queue.leaseState(lease)).toBe('held');
    });

    it('never gets it a second time while it works on it, even where it was not seen itself', async () => {
      const { runId } = await claimedRun('w1');
      await seeWorker(knex, 'w1', { agoMs: LONG_AGO_MS });
      expect(await claim('w1', { active: [runId] })).toBeUndefined();
      await seeWorkers(knex, 'w1');
      expect(await claim('w1', { active: [runId] })).toBeUndefined();
    });

    it('gets it back where it does not work on it, because the answer to its claim was lost', async () => {
      const { runId } = await claimedRun('w1');
      expect((await claim('w1'))?.runId).toBe(runId);
    });

    it('loses it where it was not seen for 20 seconds, and can store nothing more', async () => {
      const first = await claimedRun('w1');
      await seeWorker(knex, 'w1', { agoMs: 19_000 });
      expect(await claim('w2')).toBeUndefined();
      await seeWorker(knex, 'w1', { agoMs: 21_000 });
      const second = (await claim('w2'))!;
      expect(second.runId).toBe(first.runId);
      expect(await queue.leaseState(first)).toBe('lost');
      expect(await queue.load(first)).toBeUndefined();
      expect(
        await queue.changeAsWorker(first, () => [started(READ_STEP.id)]),
      ).toBeUndefined();
      expect(await queue.leaseState(second)).toBe('held');
      expect(await store.ledger(first.runId)).toHaveLength(2);
    });

    it('keeps it after an outage in which nobody was seen: who comes back first takes nothing from the others', async () => {
      await claimedRun('w1');
      await seeWorker(knex, 'w1', { agoMs: 60_000 });
      await seeWorker(knex, 'w2', { sinceMs: 1_000 });
      expect(await claim('w2')).toBeUndefined();
      await seeWorker(knex, 'w2', { sinceMs: 21_000 });
      expect(await claim('w2')).toBeDefined();
    });

    it('hands it over at once where it was stopped in order', async () => {
      const { runId } = await claimedRun('w1');
      await knex('workers')
        .where({ id: 'w1' })
        .update({ ended_at: knex.fn.now() });
      await seeWorker(knex, 'w2', { sinceMs: 0 });
      expect((await claim('w2'))?.runId).toBe(runId);
    });

    it('is a replica of before there were workers: its lease holds until it expires', async () => {
      const { runId } = await claimedRun('w1');
      await knex('runs').update({ lease_owner: 'old-replica' });
      expect(await claim('w2')).toBeUndefined();
      await knex('runs').update({
        lease_expires_at: knex.raw(`now() - interval '1 second'`),
      });
      expect((await claim('w2'))?.runId).toBe(runId);
    });
  });

  it('gives nothing to a worker that is not seen: it could lose it at any moment', async () => {
    await dueRun();
    expect(await claim('nobody')).toBeUndefined();
    await seeWorker(knex, 'w1', { agoMs: 11_000 });
    expect(await claim('w1')).toBeUndefined();
  });

  describe('after a failure', () => {
    it('waits longer each time, says why, and forgets it when the run goes on', async () => {
      const id = await dueRun();
      const waits: number[] = [];
      for (let n = 0; n < 4; n += 1) {
        const lease = (await claim('w1'))!;
        await queue.postpone(lease, 'the cluster is away');
        expect(await claim('w1')).toBeUndefined();
        const { rows } = await knex.raw(
          `select extract(epoch from retry_at - now())::float as wait, retry_because, retries from runs`,
        );
        waits.push(Math.round(rows[0].wait));
        expect(rows[0]).toMatchObject({
          retry_because: 'the cluster is away',
          retries: n + 1,
        });
        expect(await store.retryOf(id)).toMatchObject({
          because: 'the cluster is away',
          failures: n + 1,
        });
        await knex('runs').update({ retry_at: knex.fn.now() });
      }
      expect(waits).toEqual([1, 2, 4, 8]);
      await store.change(id, new Date(), () => [
        { kind: 'cancel-requested', by: OWNER },
      ]);
      expect(await knex('runs').first()).toMatchObject({
        retry_at: null,
        retry_because: null,
        retries: 0,
      });
      expect(await store.retryOf(id)).toBeUndefined();
    });

    it('never waits longer than five minutes', async () => {
      await dueRun();
      await knex('runs').update({ retries: 2_000_000 });
      await queue.postpone((await claim('w1'))!, 'again');
      const { rows } = await knex.raw(
        `select extract(epoch from retry_at - now())::float as wait from runs`,
      );
      expect(Math.round(rows[0].wait)).toBe(300);
    });

    it('is not postponed by a worker that lost it', async () => {
      const first = await claimedRun('w1');
      await seeWorker(knex, 'w1', { agoMs: LONG_AGO_MS });
      const second = (await claim('w2'))!;
      await queue.postpone(first, 'late');
      await queue.release(first);
      expect(await queue.leaseState(second)).toBe('held');
    });
  });

  it('is rid of a run that is finished, although its worker was killed before it let go', async () => {
    const { runId } = await claimedRun('w1');
    await store.change(runId, new Date(), () => [
      { kind: 'run-finished', by: OWNER, outcome: 'cancelled' },
    ]);
    expect(await knex('runs').first('lease_owner')).toEqual({
      lease_owner: null,
    });
  });

  it('leaves a run alone whose events a newer version wrote, until that version asks', async () => {
    const id = await dueRun();
    await knex('runs').update({ event_vocabulary: EVENT_VOCABULARY + 1 });
    expect(await claim('w1')).toBeUndefined();
    const newer = new DatabaseRunQueue(knex, HEADS, {
      vocabulary: EVENT_VOCABULARY + 1,
    });
    expect(
      await newer.claim({ owner: 'w1', active: [], slots: 8 }),
    ).toMatchObject({ runId: id });
  });

  describe('shares the slots of a worker', () => {
    it('so that one person with ten runs gets half of them, and the next person runs at once', async () => {
      for (let n = 0; n < 10; n += 1) {
        await dueRun({ by: REQUESTER, entityRef: `component:default/s${n}` });
      }
      const active = await claimAll('w1', []);
      expect(active).toHaveLength(4);
      const other = await dueRun({ by: OWNER });
      const more = await claimAll('w1', active);
      expect(more).toEqual([other]);
    });

    it('so that one entity gets half of them, whoever works on it', async () => {
      for (let n = 0; n < 10; n += 1) {
        await dueRun({ by: `user:default/p${n}` });
      }
      const active = await claimAll('w1', []);
      expect(active).toHaveLength(4);
      const other = await dueRun({
        by: 'user:default/p0',
        entityRef: 'component:default/shop',
      });
      expect(await claimAll('w1', active)).toEqual([other]);
    });

    it('so that each newcomer finds one, down to the last slot', async () => {
      for (const person of ['a', 'b', 'c', 'd']) {
        for (let n = 0; n < 5; n += 1) {
          await dueRun({
            by: `user:default/${person}`,
            entityRef: `component:default/${person}${n}`,
          });
        }
      }
      const active = await claimAll('w1', []);
      expect(active).toHaveLength(7);
      const people = await knex('runs')
        .whereIn('id', active)
        .distinct('requested_by');
      expect(people).toHaveLength(4);
      const newcomer = await dueRun({
        by: 'user:default/e',
        entityRef: 'component:default/e',
      });
      expect(await claimAll('w1', active)).toEqual([newcomer]);
    });

    it('in turns: who has the fewest runs under way comes first, and of theirs the one due longest', async () => {
      const first = await dueRun({ by: REQUESTER });
      await dueRun({ by: REQUESTER, entityRef: 'component:default/b' });
      const third = await dueRun({
        by: OWNER,
        entityRef: 'component:default/c',
      });
      expect((await claim('w1'))?.runId).toBe(first);
      expect((await claim('w2'))?.runId).toBe(third);
    });

    it('without counting what waits for its person although its worker was killed before it let go', async () => {
      const waiting = await dueRun({ by: REQUESTER });
      await claim('w1');
      await knex('runs').where({ id: waiting }).update({ needs_worker: false });
      await dueRun({ by: OWNER, entityRef: 'component:default/b' });
      await claim('w2');
      await dueRun({ by: OWNER, entityRef: 'component:default/c' });
      const last = await dueRun({
        by: REQUESTER,
        entityRef: 'component:default/d',
      });
      expect((await claim('w2'))?.runId).toBe(last);
    });

    it('by who wants the step, not by who started the run', async () => {
      const id = await newRun();
      await store.change(id, new Date(), () => [
        { ...queued(READ_STEP.id), by: OWNER } as never,
      ]);
      expect(await knex('runs').first('queued_for')).toEqual({
        queued_for: OWNER,
      });
    });
  });

  async function claim(
    owner: string,
    { active = [], slots = 8 }: { active?: string[]; slots?: number } = {},
  ): Promise<Lease | undefined> {
    return queue.claim({ owner, active, slots });
  }

  /** Claims until there is nothing more to have; returns what came. */
  async function claimAll(owner: string, active: string[]): Promise<string[]> {
    const claimed: string[] = [];
    for (;;) {
      const lease = await claim(owner, { active: [...active, ...claimed] });
      if (!lease) return claimed;
      claimed.push(lease.runId);
    }
  }

  async function claimedRun(owner: string): Promise<Lease> {
    await dueRun();
    return (await claim(owner))!;
  }

  async function newRun({
    by = REQUESTER,
    entityRef = planOf().entityRef,
  } = {}): Promise<string> {
    const id = randomUUID();
    await store.create(
      { runId: id, events: startedBy(by, planOf({ entityRef })), secrets: [] },
      new Date(),
    );
    return id;
  }

  async function dueRun(
    given: { by?: string; entityRef?: string } = {},
  ): Promise<string> {
    const id = await newRun(given);
    await store.change(id, new Date(), () => [
      { ...queued(READ_STEP.id), by: given.by ?? REQUESTER } as never,
    ]);
    return id;
  }
});
