import { randomUUID } from 'node:crypto';
import { mockServices, TestDatabases } from '@backstage/backend-test-utils';
import {
  chainEvents,
  EvidenceCheck,
  trustedKeys,
  type LedgerHead,
  type RunEvent,
} from '@backstage-runbooks/plugin-runbooks-common';
import type { Knex } from 'knex';
import { FIRST_VOUCHED } from '../database/AdoptingMigrations';
import { migrationsDirectory, openDatabase } from '../database/openDatabase';
import { DatabaseRunQueue } from '../runs/DatabaseRunQueue';
import { DatabaseRunStore } from '../runs/DatabaseRunStore';
import { RunWorker } from '../runs/RunWorker';
import { HEADS, headsWithKey } from '../testing/heads';
import { newSigner } from '../testing/newSigner';
import {
  bound,
  CHANGE_STEP,
  OWNER,
  queued,
  READ_STEP,
  REQUESTER,
  requested,
  startedBy,
} from '../testing/runs';
import { seeWorkers } from '../testing/workers';
import { CheckpointStore } from './CheckpointStore';
import { EvidenceExport } from './EvidenceExport';
import type { HeadMac } from './HeadMac';
import { LedgerReader } from './LedgerReader';

const databases = TestDatabases.create({ ids: ['POSTGRES_18'] });
const SAID = 'its history was changed by something that is not this portal';
const REFUSED = {
  name: 'ConflictError',
  message: expect.stringContaining(`This run cannot go on: ${SAID}`),
};
/** An approval that nobody gave, and the step that it lets run. */
const FORGED: RunEvent[] = [
  {
    kind: 'step-approved',
    stepId: CHANGE_STEP.id,
    by: OWNER,
    digest: bound(CHANGE_STEP.id).binding.digest,
    covers: [
      { entityRef: 'component:default/auth-service', entitledBy: 'owner' },
    ],
  },
  queued(CHANGE_STEP.id),
];

describe('a history that somebody with the database writes on', () => {
  const signer = newSigner();
  const publicKeys = [signer.publicKeyHex];
  let knex: Knex;
  let runs: DatabaseRunStore;
  let queue: DatabaseRunQueue;
  let checkpoints: CheckpointStore;
  let reader: LedgerReader;

  beforeEach(async () => {
    knex = await databases.init('POSTGRES_18');
    await openDatabase(mockServices.database({ knex }), HEADS);
    await seeWorkers(knex, 'w1');
    runs = new DatabaseRunStore(knex, HEADS);
    queue = new DatabaseRunQueue(knex, HEADS);
    checkpoints = new CheckpointStore({ knex, macs: HEADS, publicKeys });
    reader = new LedgerReader({ knex, macs: HEADS, publicKeys });
  }, 60_000);

  it('runs no step by a forged approval: the worker gives the run back and says why, later and later', async () => {
    const run = await waitingRun();
    await forge(run, FORGED);
    const prepare = jest.fn();
    const worker = workerWith(prepare);
    worker.start();
    const row = await eventually(() =>
      knex('runs').where({ id: run }).whereNotNull('retry_because').first(),
    );
    await worker.stop();
    expect(row).toMatchObject({
      retry_because: SAID,
      lease_owner: null,
      event_count: 4,
    });
    expect(row.retry_at.getTime()).toBeGreaterThan(Date.now() - 1_000);
    expect(prepare).not.toHaveBeenCalled();
    expect(await runs.retryOf(run)).toMatchObject({ because: SAID });
  });

  it('runs the same step by an approval of the portal, so that it is the forgery that keeps it from running', async () => {
    const run = await waitingRun();
    await runs.change(run, new Date(), () => FORGED);
    const prepare = jest.fn().mockRejectedValue(new Error('far enough'));
    const worker = workerWith(prepare);
    worker.start();
    await eventually(async () => prepare.mock.calls[0]);
    await worker.stop();
    expect(prepare.mock.calls[0][1]).toMatchObject({ id: CHANGE_STEP.id });
  });

  it('is not sealed, and neither the page nor an export calls it intact', async () => {
    const run = await waitingRun();
    await seal();
    await forge(run, FORGED);
    expect(await seal()).toEqual({
      kind: 'nothing-due',
      broken: [{ runId: run, message: SAID }],
      otherKey: 0,
    });
    const { events, verification } = await reader.read(run);
    expect(events.map(({ event }) => event.kind)).toContain('step-approved');
    expect(verification).toEqual({
      intact: false,
      brokenAt: 3,
      message: SAID,
    });
    expect(await evidence()).toMatchObject({ unsealedEvents: 2 });
  });

  it('takes no command, and no worker adds anything', async () => {
    const run = await waitingRun();
    await forge(run, FORGED);
    const at = new Date();
    const decide = jest.fn(() => []);
    await expect(runs.vouched(run)).rejects.toMatchObject(REFUSED);
    await expect(runs.change(run, at, decide)).rejects.toMatchObject(REFUSED);
    const lease = (await queue.claim({ owner: 'w1', active: [], slots: 8 }))!;
    await expect(queue.load(lease)).rejects.toMatchObject(REFUSED);
    await expect(queue.changeAsWorker(lease, decide)).rejects.toMatchObject(
      REFUSED,
    );
    expect(decide).not.toHaveBeenCalled();
    expect((await runs.get(run)).steps[CHANGE_STEP.id].status).toBe('queued');
  });

  it('is not removed by an end that was written on and dated back', async () => {
    const run = await waitingRun();
    await seal();
    const end = await forge(run, [
      { kind: 'run-finished', by: REQUESTER, outcome: 'succeeded' },
    ]);
    await knex('runs')
      .where({ id: run })
      .update({
        finished_at: new Date('2020-01-01'),
        sealed_event_count: end.eventCount,
        sealed_at: new Date('2020-01-01'),
      });
    const keepFrom = new Date(Date.now() - 1);
    expect(await seal({ keepFrom })).toMatchObject({ kind: 'nothing-due' });
    expect(await runs.get(run)).toMatchObject({ id: run });
    expect(await evidence()).toMatchObject({ unsealedEvents: 1, removed: 0 });
  });

  it.each<[string, (run: string, other: string) => Promise<unknown>]>([
    [
      'the head of an earlier event',
      async run => {
        const { hash } = await knex('run_events')
          .where({ run_id: run, seq: 0 })
          .first();
        await putHead(run, {
          event_count: 1,
          head_hash: hash,
          head_mac: HEADS.of(run, { eventCount: 1, hash: 'a' }),
        });
      },
    ],
    [
      'another number of events',
      run => putHead(run, { event_count: 1, head_hash: knex.ref('head_hash') }),
    ],
    [
      'the digest of the head of another run',
      async (run, other) => {
        const { head_mac } = await knex('runs').where({ id: other }).first();
        await putHead(run, { head_mac });
      },
    ],
    ['no digest', run => putHead(run, { head_mac: null })],
    [
      'a further event behind its head',
      async run => {
        const { event_count: eventCount, head_hash: hash } = await knex('runs')
          .where({ id: run })
          .first();
        await insert(run, { eventCount, hash }, FORGED);
      },
    ],
  ])('takes no command with %s', async (_what, alter) => {
    const run = await waitingRun();
    await alter(run, await waitingRun());
    await expect(
      runs.change(run, new Date(), () => [queued(READ_STEP.id)]),
    ).rejects.toMatchObject(REFUSED);
    expect((await reader.read(run)).verification.intact).toBe(false);
  });

  it('takes no command, runs no step and is not sealed once it was put back into a state before the sealed one', async () => {
    const run = await waitingRun();
    const older = await knex('runs').where({ id: run }).first();
    await runs.change(run, new Date(), () => [queued(READ_STEP.id)]);
    await seal();
    await knex.raw('alter table run_events disable trigger all');
    await knex('run_events').where({ run_id: run, seq: 2 }).delete();
    await knex.raw('alter table run_events enable trigger all');
    await putHead(run, {
      event_count: 2,
      head_hash: older.head_hash,
      head_mac: older.head_mac,
      sealed_event_count: 0,
    });
    await expect(runs.vouched(run)).rejects.toMatchObject(REFUSED);
    const lease = (await queue.claim({ owner: 'w1', active: [], slots: 8 }))!;
    await expect(queue.load(lease)).rejects.toThrow(
      'it does not hold the 3 events that checkpoint 0 sealed',
    );
    expect(await seal()).toMatchObject({
      kind: 'nothing-due',
      broken: [
        { runId: run, message: expect.stringMatching(/^3 events of it/) },
      ],
    });
  });

  it('is told apart from one of another key, which is neither sealed nor marked, and sealed with that key', async () => {
    const run = await waitingRun();
    const macs = headsWithKey(8);
    const elsewhere = new CheckpointStore({ knex, macs, publicKeys });
    await expect(new DatabaseRunStore(knex, macs).vouched(run)).rejects.toThrow(
      'with another runbooks.encryptionKey',
    );
    expect(await elsewhere.seal({ at: new Date(), signer })).toEqual({
      kind: 'nothing-due',
      broken: [],
      otherKey: 1,
    });
    expect(await seal()).toMatchObject({ kind: 'sealed', broken: [] });
  });

  it('stays intact without the key once it has ended and is sealed', async () => {
    const run = await waitingRun();
    await runs.change(run, new Date(), () => [
      { kind: 'run-finished', by: REQUESTER, outcome: 'cancelled' },
    ]);
    const macs = headsWithKey(8);
    const elsewhere = new LedgerReader({ knex, macs, publicKeys });
    const isIntact = async () =>
      (await elsewhere.read(run)).verification.intact;
    expect(await isIntact()).toBe(false);
    await seal();
    expect(await isIntact()).toBe(true);
  });

  it('is not sealed with times that lie before what it follows, whoever wrote it', async () => {
    const run = await waitingRun();
    await seal();
    await forge(run, [queued(READ_STEP.id)], '2020-01-01T00:00:00.000Z', HEADS);
    expect(await seal()).toMatchObject({
      broken: [
        { runId: run, message: expect.stringContaining('tells a time before') },
      ],
    });
  });

  it('is one that two replicas with the same key write together', async () => {
    const run = await waitingRun();
    const macs = headsWithKey(7);
    const other = new DatabaseRunStore(knex, macs);
    await other.change(run, new Date(), () => [queued(READ_STEP.id)]);
    await runs.change(run, new Date(), () => [
      { kind: 'run-finished', by: REQUESTER, outcome: 'cancelled' },
    ]);
    const sealer = new CheckpointStore({ knex, macs, publicKeys });
    expect(await sealer.seal({ at: new Date(), signer })).toMatchObject({
      kind: 'sealed',
      broken: [],
    });
    expect((await reader.read(run)).verification.intact).toBe(true);
  });

  it('is refused by the database where a backend of before heads were vouched for would write it', async () => {
    const run = await waitingRun();
    await expect(
      putHead(run, { event_count: 3, head_hash: 'a'.repeat(64) }),
    ).rejects.toThrow('this backend is older than the database');
  });

  it('is taken over as it is by an upgrade, where it is intact, and never again', async () => {
    const [run, altered] = [await waitingRun(), await waitingRun()];
    await knex.raw('alter table run_events disable trigger all');
    await knex('run_events')
      .where({ run_id: altered, seq: 1 })
      .update({
        canonical_text: knex.raw(`replace(canonical_text, 'maya', 'mara')`),
      });
    await knex.raw('alter table run_events enable trigger all');
    await knex.migrate.down({
      directory: migrationsDirectory(),
      name: FIRST_VOUCHED,
    } as Knex.MigratorConfig);
    const upgrade = () => openDatabase(mockServices.database({ knex }), HEADS);
    const change = (id: string) =>
      runs.change(id, new Date(), () => [queued(READ_STEP.id)]);

    await upgrade();
    expect((await change(run)).steps[READ_STEP.id].status).toBe('queued');
    await expect(change(altered)).rejects.toMatchObject(REFUSED);
    expect(await seal()).toMatchObject({
      kind: 'sealed',
      broken: [{ runId: altered, message: SAID }],
    });

    await putHead(run, { head_mac: null });
    await upgrade();
    await expect(change(run)).rejects.toMatchObject(REFUSED);
  });

  /** With a step that waits for an approval. */
  async function waitingRun(): Promise<string> {
    const runId = randomUUID();
    await runs.create(
      { runId, events: startedBy(REQUESTER), secrets: [] },
      new Date(),
    );
    await runs.change(runId, new Date(), () => [requested(CHANGE_STEP.id)]);
    return runId;
  }

  /** By SQL that no trigger refuses, in the name of the portal as well as that can be done. */
  async function forge(
    runId: string,
    events: RunEvent[],
    at = new Date().toISOString(),
    macs?: HeadMac,
  ): Promise<LedgerHead> {
    const { event_count: eventCount, head_hash: hash } = await knex('runs')
      .where({ id: runId })
      .first();
    const head = await insert(runId, { eventCount, hash }, events, at);
    await knex('runs')
      .where({ id: runId })
      .update({
        event_count: head.eventCount,
        head_hash: head.hash,
        head_mac: macs?.of(runId, head) ?? `${HEADS.keyId}:${'0'.repeat(64)}`,
        needs_worker: true,
        due_at: knex.fn.now(),
      });
    return head;
  }

  async function insert(
    runId: string,
    head: LedgerHead,
    events: RunEvent[],
    at = new Date().toISOString(),
  ): Promise<LedgerHead> {
    const entries = chainEvents(runId, head, events, at);
    await knex('run_events').insert(
      entries.map(entry => ({
        run_id: runId,
        seq: entry.seq,
        at,
        kind: entry.event.kind,
        canonical_text: entry.text,
        previous_hash: entry.previousHash,
        hash: entry.hash,
      })),
    );
    const last = entries[entries.length - 1];
    return { eventCount: last.seq + 1, hash: last.hash };
  }

  async function putHead(runId: string, row: object): Promise<void> {
    await knex('runs').where({ id: runId }).update(row);
  }

  async function seal(options: { keepFrom?: Date } = {}) {
    return checkpoints.seal({ at: new Date(), signer, ...options });
  }

  function workerWith(prepare: jest.Mock): RunWorker {
    return new RunWorker({
      id: 'w1',
      queue,
      hidden: { recording: async () => events => events },
      calls: { callCounts: async () => ({ total: 0, writes: 0, refused: 0 }) },
      attempts: { prepare, executorId: 'local' },
      previews: { beforeStart: async () => undefined },
      holds: async () => [],
      signals: { subscribe: () => () => {} },
      entitlementOf: async () => ({ entitled: true, entitledBy: 'owner' }),
      logger: mockServices.logger.mock(),
    });
  }

  /** What an export of everything proves. */
  async function evidence() {
    const check = new EvidenceCheck(trustedKeys(publicKeys));
    for await (const line of new EvidenceExport(knex).ofAll({})) {
      check.take(JSON.stringify(line));
    }
    return check.end();
  }
});

async function eventually<T>(look: () => Promise<T | undefined>): Promise<T> {
  for (;;) {
    const found = await look();
    if (found !== undefined) return found;
    await new Promise(resolve => setTimeout(resolve, 50));
  }
}
