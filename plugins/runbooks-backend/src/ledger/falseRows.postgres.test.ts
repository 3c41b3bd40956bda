import { createHash, randomUUID } from 'node:crypto';
import { mockServices, TestDatabases } from '@backstage/backend-test-utils';
import {
  chainEvents,
  type EvidenceLine,
  type RunEvent,
} from '@backstage-runbooks/plugin-runbooks-common';
import type { Knex } from 'knex';
import { FIRST_VOUCHED } from '../database/AdoptingMigrations';
import { migrationsDirectory, openDatabase } from '../database/openDatabase';
import { DatabaseRunStore } from '../runs/DatabaseRunStore';
import { HEADS } from '../testing/heads';
import { newSigner } from '../testing/newSigner';
import {
  CHANGE_STEP,
  queued,
  READ_STEP,
  REQUESTER,
  requested,
  startedBy,
} from '../testing/runs';
import { CheckpointStore } from './CheckpointStore';
import { EvidenceExport } from './EvidenceExport';
import { LedgerReader } from './LedgerReader';

const databases = TestDatabases.create({ ids: ['POSTGRES_18'] });
const MINUTE_MS = 60_000;
const FUTURE = new Date('2099-01-01T00:00:00.000Z');
const ENDED: RunEvent = {
  kind: 'run-finished',
  by: REQUESTER,
  outcome: 'cancelled',
};
const WITH_OUTPUT = { outputDigest: 'a'.repeat(64) };

describe('a row that somebody with the database wrote', () => {
  const signer = newSigner();
  const publicKeys = [signer.publicKeyHex];
  let knex: Knex;
  let runs: DatabaseRunStore;
  let checkpoints: CheckpointStore;
  let reader: LedgerReader;

  beforeEach(async () => {
    knex = await databases.init('POSTGRES_18');
    await openDatabase(mockServices.database({ knex }), HEADS);
    runs = new DatabaseRunStore(knex, HEADS);
    checkpoints = new CheckpointStore({ knex, macs: HEADS, publicKeys });
    reader = new LedgerReader({ knex, macs: HEADS, publicKeys });
  }, 60_000);

  it('gives no event a time that has not come: neither the row of the run nor a checkpoint that nobody signed', async () => {
    const run = await waitingRun();
    await seal();
    await knex('runs').where({ id: run }).update({ sealed_at: FUTURE });
    await addCheckpoint(1, {
      at: FUTURE.toISOString(),
      heads: [await headOf(run)],
    });
    await runs.change(run, new Date(), () => [queued(READ_STEP.id)]);
    const times = (await runs.ledger(run)).map(({ at }) => Date.parse(at));
    expect(Math.max(...times)).toBeLessThanOrEqual(Date.now() + MINUTE_MS);
  });

  it('is not sealed with times long after the checkpoint that would seal them, whoever wrote it', async () => {
    const run = await waitingRun();
    await runs.change(run, FUTURE, () => [queued(READ_STEP.id)]);
    const other = await waitingRun();
    const sealing = await seal();
    expect(sealing).toMatchObject({
      kind: 'sealed',
      broken: [
        {
          runId: run,
          message:
            'event 2 tells a time after the checkpoint that would seal it',
        },
      ],
    });
    expect(await sealedCount(other)).toBe(2);
  });

  it('keeps nobody else from being sealed where the database clock was set back by an hour', async () => {
    const run = await waitingRun();
    await seal();
    const before = new Date(Date.now() - 60 * MINUTE_MS);
    await runs.change(run, before, () => [queued(READ_STEP.id)]);
    const fresh = await waitingRun(before);
    expect(await seal({ at: before })).toMatchObject({
      kind: 'sealed',
      broken: [],
    });
    expect(await sealedCount(run)).toBe(3);
    expect(await sealedCount(fresh)).toBe(2);
  });

  it.each<[string, (run: string) => Promise<unknown>]>([
    ['a text that cannot be read as its end', run => addEnd(run, 'x')],
    ['a text without an event as its end', run => addEnd(run, '{"event":5}')],
    ['null as its end', run => addEnd(run, 'null')],
    [
      'an end that the portal does not vouch for',
      run => addEnd(run, JSON.stringify({ event: ENDED })),
    ],
    [
      'an end whose checkpoint cannot be read',
      async run => {
        await addEnd(run, JSON.stringify({ event: ENDED }));
        await addCheckpoint(-5, { heads: [{ runId: run }] });
      },
    ],
  ])(
    'keeps no other run from being sealed or removed by %s: it is marked and named',
    async (_what, forge) => {
      const past = new Date(Date.now() - 5_000);
      const [other, old] = [await waitingRun(), await waitingRun(past)];
      await runs.change(old, past, () => [ENDED]);
      await seal({ at: past });
      await runs.change(other, new Date(), () => [queued(READ_STEP.id)]);
      const forged = await waitingRun();
      await forge(forged);
      const keepFrom = new Date(Date.now() - 1_000);
      expect(await retain(keepFrom)).toMatchObject({
        kind: 'sealed',
        broken: [{ runId: forged, message: expect.any(String) }],
      });
      expect(await sealedCount(other)).toBe(3);
      expect(await knex('runs').where({ id: old })).toEqual([]);
      expect(await retain(keepFrom)).toMatchObject({
        kind: 'nothing-due',
        broken: [],
      });
    },
  );

  it.each<[string, (run: string) => Promise<unknown>]>([
    [
      'a digest of other letters',
      run => put(run, { head_mac: `${HEADS.keyId}:${'é'.repeat(64)}` }),
    ],
    [
      'a checkpoint that cannot be read',
      async run => {
        await addCheckpoint(-5, { heads: [{ runId: run }] });
      },
    ],
    [
      'a text that cannot be read under the right digest',
      async run => {
        const { hash } = await addEvent(run, 'x');
        const head = { eventCount: 3, hash };
        await put(run, {
          event_count: 3,
          head_hash: hash,
          head_mac: HEADS.of(run, head),
        });
      },
    ],
  ])('keeps no other run from being sealed by %s', async (_what, forge) => {
    await waitingRun();
    await seal();
    const forged = await waitingRun();
    await forge(forged);
    const other = await waitingRun();
    expect(await seal()).toMatchObject({
      broken: [{ runId: forged, message: expect.any(String) }],
    });
    expect(await sealedCount(other)).toBe(2);
  });

  it('keeps a run from being removed by no time that has not come', async () => {
    const past = new Date(Date.now() - 5_000);
    const run = await waitingRun(past);
    await runs.change(run, past, () => [ENDED]);
    await seal({ at: past });
    await put(run, { sealed_at: FUTURE });
    await retain(new Date(Date.now() - 1_000));
    expect(await knex('runs').where({ id: run })).toEqual([]);
  });

  it('keeps no other run out of an export of all, nor out of a list', async () => {
    const [forged, other] = [await waitingRun(), await waitingRun()];
    await knex('runs').where({ id: forged }).update({ shortfall: null });
    const step = { stepId: 'x', attempt: 1 };
    for (const event of [
      { kind: 'step-finished', ...step },
      { kind: 'step-finished', ...step, attempt: 'x', result: WITH_OUTPUT },
      { kind: 'step-finished', ...step, stepId: '\0', result: WITH_OUTPUT },
      { kind: 'step-finished', ...step, attempt: 2 ** 40, result: WITH_OUTPUT },
    ]) {
      await addEvent(forged, JSON.stringify({ event }));
    }
    await addEvent(forged, 'x', { at: 'infinity' });
    const lines: EvidenceLine[] = [];
    for await (const line of new EvidenceExport(knex).ofAll({})) {
      lines.push(line);
    }
    const eventsOf = (runId: string) =>
      lines.filter(line => line.kind === 'event' && line.runId === runId);
    expect(eventsOf(forged)).toHaveLength(7);
    expect(eventsOf(other)).toHaveLength(2);
    const page = await runs.list({
      entityRefs: ['component:default/auth-service'],
    });
    expect(page.runs.map(({ id }) => id).sort()).toEqual(
      [forged, other].sort(),
    );
  });

  it('shows on the page of a run why it is not sealed any more', async () => {
    const run = await waitingRun();
    await put(run, { ledger_fault: 'event 1 was changed' });
    expect((await reader.read(run)).verification).toEqual({
      intact: false,
      brokenAt: 1,
      message: 'it is not sealed any more: event 1 was changed',
    });
  });

  it('keeps no run from being taken over by an upgrade but its own, whose times may go back as they once could', async () => {
    const now = new Date();
    const [forged, run] = [await waitingRun(), await waitingRun(now)];
    await addEvent(forged, 'x', { at: 'infinity' });
    const [queuedStep] = chainEvents(
      run,
      await headOf(run),
      [queued(READ_STEP.id)],
      new Date(now.getTime() - 20_000).toISOString(),
    );
    const { hash } = await addEvent(run, queuedStep.text, {
      at: queuedStep.at,
      previous_hash: queuedStep.previousHash,
    });
    await knex.migrate.down({
      directory: migrationsDirectory(),
      name: FIRST_VOUCHED,
    } as Knex.MigratorConfig);
    await put(forged, { event_count: 3 });
    await put(run, { event_count: 3, head_hash: hash });
    await openDatabase(mockServices.database({ knex }), HEADS);
    expect((await runs.vouched(run)).id).toBe(run);
    expect(await seal()).toMatchObject({
      kind: 'sealed',
      broken: [{ runId: forged }],
    });
    expect(await sealedCount(run)).toBe(3);
  });

  async function waitingRun(at = new Date()): Promise<string> {
    const runId = randomUUID();
    await runs.create({ runId, events: startedBy(REQUESTER), secrets: [] }, at);
    await runs.change(runId, at, () => [requested(CHANGE_STEP.id)]);
    return runId;
  }

  async function headOf(runId: string) {
    const { event_count: eventCount, head_hash: hash } = await knex('runs')
      .where({ id: runId })
      .first();
    return { runId, eventCount, hash };
  }

  async function sealedCount(runId: string): Promise<number> {
    const row = await knex('runs').where({ id: runId }).first();
    return row.sealed_event_count;
  }

  async function put(runId: string, row: object): Promise<void> {
    await knex('runs').where({ id: runId }).update(row);
  }

  /** By SQL that no trigger refuses. */
  async function addEvent(runId: string, text: string, over: object = {}) {
    const last = await knex('run_events')
      .where({ run_id: runId })
      .orderBy('seq', 'desc')
      .first();
    const event = {
      ...last,
      seq: last.seq + 1,
      previous_hash: last.hash,
      canonical_text: text,
      hash: createHash('sha256').update(text).digest('hex'),
      ...over,
    };
    await knex('run_events').insert(event);
    return event;
  }

  /** As if the run had ended and been sealed long ago. */
  async function addEnd(runId: string, text: string): Promise<void> {
    const { seq } = await addEvent(runId, text);
    await put(runId, {
      event_count: seq + 1,
      sealed_event_count: seq + 1,
      finished_at: new Date(0),
      sealed_at: null,
    });
  }

  /** With a signature of nobody. */
  async function addCheckpoint(number: number, content: object): Promise<void> {
    const text = JSON.stringify({
      number,
      at: new Date().toISOString(),
      previousHash: '0'.repeat(64),
      heads: [],
      removed: [],
      keyId: signer.keyId,
      ...content,
    });
    await knex('ledger_checkpoints').insert({
      number,
      at: new Date(),
      canonical_text: text,
      hash: createHash('sha256').update(text).digest('hex'),
      signature: '0'.repeat(128),
    });
  }

  async function seal({ at = new Date() }: { at?: Date } = {}) {
    return checkpoints.seal({ at, signer });
  }

  async function retain(keepFrom: Date) {
    return checkpoints.seal({ at: new Date(), signer, keepFrom });
  }
});
