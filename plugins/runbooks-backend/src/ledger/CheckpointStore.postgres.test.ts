import { randomUUID } from 'node:crypto';
import { TestDatabases } from '@backstage/backend-test-utils';
import {
  contentOf,
  EvidenceCheck,
  trustedKeys,
  type Checkpoint,
} from '@backstage-runbooks/plugin-runbooks-common';
import type { Knex } from 'knex';
import { migrationsDirectory } from '../database/openDatabase';
import { DatabaseRunStore } from '../runs/DatabaseRunStore';
import { HEADS } from '../testing/heads';
import { newSigner } from '../testing/newSigner';
import { queued, REQUESTER, startedBy } from '../testing/runs';
import { CheckpointStore } from './CheckpointStore';

const databases = TestDatabases.create({ ids: ['POSTGRES_18'] });
const AT = new Date('2026-11-29T02:00:00.000Z');
const LATER = new Date('2026-11-29T02:01:00.000Z');

describe('sealing the ledgers of runs', () => {
  const signer = newSigner();
  let knex: Knex;
  let runs: DatabaseRunStore;
  let checkpoints: CheckpointStore;

  beforeEach(async () => {
    knex = await databases.init('POSTGRES_18');
    await knex.migrate.latest({ directory: migrationsDirectory() });
    runs = new DatabaseRunStore(knex, HEADS);
    checkpoints = new CheckpointStore({
      knex,
      macs: HEADS,
      publicKeys: [signer.publicKeyHex],
    });
  }, 60_000);

  it('holds every run once in the checkpoint after its last event, and nothing where nothing happened', async () => {
    const [one, other] = [await startRun(), await startRun()];
    expect(headsOf(await seal())).toEqual(
      [
        { runId: one, eventCount: 1 },
        { runId: other, eventCount: 1 },
      ].sort((a, b) => (a.runId < b.runId ? -1 : 1)),
    );
    expect(await checkpoints.seal({ at: AT, signer })).toMatchObject({
      kind: 'nothing-due',
    });
    await finish(one);
    expect(headsOf(await seal())).toEqual([{ runId: one, eventCount: 2 }]);
    expect(await evidence()).toMatchObject({
      intact: true,
      runs: 2,
      events: 3,
      checkpoints: 2,
      unsealedEvents: 0,
    });
  });

  it('is done by one replica at a time', async () => {
    await startRun();
    const sealings = await Promise.all([
      checkpoints.seal({ at: AT, signer }),
      checkpoints.seal({ at: AT, signer }),
      checkpoints.seal({ at: AT, signer }),
    ]);
    const kinds = sealings.map(({ kind }) => kind);
    expect(kinds.filter(kind => kind === 'sealed')).toHaveLength(1);
    expect(await checkpoints.list(0, 10)).toHaveLength(1);
  });

  it('does not seal a ledger that was altered after it was sealed, says so, and seals the others', async () => {
    const altered = await startRun();
    await seal();
    await runs.change(altered, LATER, () => [queued('scale/1.1')]);
    await rewrite(altered);
    const other = await startRun();
    const sealing = await checkpoints.seal({ at: LATER, signer });
    expect(sealing).toMatchObject({
      kind: 'sealed',
      broken: [{ runId: altered, message: 'event 0 was changed' }],
    });
    expect(headsOf((sealing as { checkpoint: Checkpoint }).checkpoint)).toEqual(
      [{ runId: other, eventCount: 1 }],
    );
    expect(await checkpoints.seal({ at: LATER, signer })).toEqual({
      kind: 'nothing-due',
      broken: [],
      otherKey: 0,
    });
    expect(await evidence()).toMatchObject({
      intact: false,
      message: expect.stringContaining(`event 0 of run ${altered}`),
    });
  });

  it('proves that a run was taken away with all its traces by whoever has the database', async () => {
    const gone = await startRun();
    await startRun();
    await seal();
    await past(async () => {
      await knex('run_events').where({ run_id: gone }).delete();
      await knex('runs').where({ id: gone }).delete();
    });
    expect(await evidence()).toMatchObject({
      intact: false,
      message: `run ${gone} is missing: it was sealed with 1 events`,
    });
  });

  it('proves that newest events were cut off, although row and chain agree', async () => {
    const cut = await startRun();
    await finish(cut);
    await seal();
    await past(async () => {
      await knex('run_events').where({ run_id: cut, seq: 1 }).delete();
    });
    expect(await evidence()).toMatchObject({
      intact: false,
      message: `the ledger of run ${cut} ends after 1 events; 2 were sealed`,
    });
  });

  it('is the only way out for a run: emptying, changing and deleting are refused by the database', async () => {
    await startRun();
    await seal();
    for (const statement of [
      'truncate run_events',
      'truncate runs cascade',
      'truncate ledger_checkpoints',
      `update run_events set canonical_text = 'x'`,
      'delete from run_events',
      `update ledger_checkpoints set canonical_text = 'x'`,
      'delete from ledger_checkpoints',
    ]) {
      await expect(knex.raw(statement)).rejects.toThrow('append-only');
    }
  });

  it('removes whole runs whose end was sealed long ago, and leaves a signed tombstone', async () => {
    const [old, young, open] = [
      await startRun(),
      await startRun(),
      await startRun(),
    ];
    await finish(old);
    await seal();
    await finish(young);
    await checkpoints.seal({ at: LATER, signer });
    const sealing = await checkpoints.seal({
      at: LATER,
      signer,
      keepFrom: LATER,
    });
    expect(
      contentOf((sealing as { checkpoint: Checkpoint }).checkpoint).removed,
    ).toEqual([
      expect.objectContaining({
        runId: old,
        eventCount: 2,
        removedAt: LATER.toISOString(),
      }),
    ]);
    await expect(runs.get(old)).rejects.toThrow('There is no run');
    expect((await runs.get(young)).status.kind).toBe('finished');
    expect((await runs.get(open)).status.kind).toBe('open');
    expect(await evidence()).toMatchObject({ intact: true, runs: 2 });
  });

  it('believes of the end of a run what its events say, not what its row says', async () => {
    const open = await startRun();
    await seal();
    await knex('runs').where({ id: open }).update({ finished_at: AT });
    expect(
      await checkpoints.seal({ at: LATER, signer, keepFrom: LATER }),
    ).toMatchObject({ kind: 'nothing-due' });
    expect((await runs.get(open)).status.kind).toBe('open');
    expect(await evidence()).toMatchObject({ intact: true, runs: 1 });
  });

  it('believes of the time of an end what a signed checkpoint says, whatever the run says', async () => {
    const young = await startRun();
    await seal();
    await finish(young);
    await checkpoints.seal({ at: LATER, signer });
    const longAgo = new Date('2020-01-01T00:00:00.000Z');
    await knex('runs')
      .where({ id: young })
      .update({ finished_at: longAgo, sealed_at: longAgo });
    expect(
      await checkpoints.seal({ at: LATER, signer, keepFrom: LATER }),
    ).toMatchObject({ kind: 'nothing-due', broken: [] });
    expect((await runs.get(young)).status.kind).toBe('finished');
    const after = new Date(LATER.getTime() + 1);
    expect(
      await checkpoints.seal({ at: after, signer, keepFrom: after }),
    ).toMatchObject({ kind: 'sealed' });
    await expect(runs.get(young)).rejects.toThrow('There is no run');
  });

  it('removes no run whose end was sealed under a key that the portal does not know', async () => {
    const run = await startRun();
    await finish(run);
    const stranger = newSigner();
    await checkpoints.seal({ at: AT, signer: stranger });
    expect(
      await checkpoints.seal({ at: LATER, signer, keepFrom: LATER }),
    ).toMatchObject({ kind: 'nothing-due' });
    expect((await runs.get(run)).status.kind).toBe('finished');
  });

  it('keeps the times of a ledger in order, although whoever appends looks at a clock that is behind', async () => {
    const run = await startRun(LATER);
    await runs.change(run, AT, () => [queued('scale/1.1')]);
    const times = (await runs.ledger(run)).map(({ at }) => at);
    expect(times).toEqual([LATER.toISOString(), LATER.toISOString()]);
    expect(await checkpoints.seal({ at: LATER, signer })).toMatchObject({
      kind: 'sealed',
      broken: [],
    });
  });

  it('never removes a run whose newest events are not sealed', async () => {
    const unsealed = await startRun();
    await finish(unsealed, AT);
    await rewrite(unsealed);
    await checkpoints.seal({ at: LATER, signer, keepFrom: LATER });
    expect((await runs.get(unsealed)).status.kind).toBe('finished');
  });

  async function startRun(at = AT): Promise<string> {
    const id = randomUUID();
    await runs.create(
      { runId: id, events: startedBy(REQUESTER), secrets: [] },
      at,
    );
    return id;
  }

  async function finish(runId: string, at = AT): Promise<void> {
    await runs.change(runId, at, () => [
      { kind: 'run-finished', by: REQUESTER, outcome: 'succeeded' },
    ]);
  }

  async function seal(): Promise<Checkpoint> {
    const sealing = await checkpoints.seal({ at: AT, signer });
    if (sealing.kind !== 'sealed') throw new Error(sealing.kind);
    return sealing.checkpoint;
  }

  /** As somebody could who owns the database: without its triggers. */
  async function past(act: () => Promise<void>): Promise<void> {
    await knex.raw('alter table run_events disable trigger all');
    await act();
    await knex.raw('alter table run_events enable trigger all');
  }

  async function rewrite(runId: string): Promise<void> {
    await past(async () => {
      await knex('run_events')
        .where({ run_id: runId, seq: 0 })
        .update({
          canonical_text: knex.raw(
            `replace(canonical_text, 'maya.lindqvist', 'mara.lindqvist')`,
          ),
        });
    });
  }

  /** What an export of everything proves. */
  async function evidence() {
    const check = new EvidenceCheck(trustedKeys([signer.publicKeyHex]));
    check.take(JSON.stringify({ kind: 'export', version: 1, runs: 'all' }));
    for (const checkpoint of await checkpoints.list(0, 100)) {
      check.take(JSON.stringify({ kind: 'checkpoint', ...checkpoint }));
    }
    const ids: Array<{ id: string }> = await knex('runs').select('id');
    for (const { id } of ids) {
      for (const { event: _event, ...entry } of await runs.ledger(id)) {
        check.take(JSON.stringify({ kind: 'event', ...entry }));
      }
    }
    return check.end();
  }
});

function headsOf(checkpoint: Checkpoint) {
  return contentOf(checkpoint).heads.map(({ runId, eventCount }) => ({
    runId,
    eventCount,
  }));
}
