import { randomUUID } from 'node:crypto';
import { MiddlewareFactory } from '@backstage/backend-defaults/rootHttpRouter';
import { mockServices, TestDatabases } from '@backstage/backend-test-utils';
import { catalogServiceMock } from '@backstage/plugin-catalog-node/testUtils';
import { AuthorizeResult } from '@backstage/plugin-permission-common';
import {
  EvidenceCheck,
  sha256Hex,
  trustedKeys,
  type ApiCall,
} from '@backstage-runbooks/plugin-runbooks-common';
import express from 'express';
import PromiseRouter from 'express-promise-router';
import type { Knex } from 'knex';
import request from 'supertest';
import { openDatabase } from '../database/openDatabase';
import { Access } from '../http/access';
import { Audit } from '../http/Audit';
import { DatabaseAttemptStore } from '../runs/DatabaseAttemptStore';
import { DatabaseRunQueue } from '../runs/DatabaseRunQueue';
import { DatabaseRunStore } from '../runs/DatabaseRunStore';
import { emptyRuns } from '../testing/emptyRuns';
import { HEADS } from '../testing/heads';
import { newSigner } from '../testing/newSigner';
import { seeWorkers } from '../testing/workers';
import {
  queued,
  READ_STEP,
  REQUESTER,
  resultOf,
  started,
  startedBy,
} from '../testing/runs';
import { CheckpointStore } from './CheckpointStore';
import { EvidenceExport } from './EvidenceExport';
import { LedgerKeys } from './LedgerKeys';
import { LedgerReader } from './LedgerReader';
import { addLedgerRoutes } from './ledgerRoutes';

const databases = TestDatabases.create({ ids: ['POSTGRES_18'] });
const AT = new Date('2026-11-29T02:00:00.000Z');
const OUTPUT = ['2/2 ', 'ready ✓\n'];
const STEP = READ_STEP.id;

describe('the evidence of runs', () => {
  const signer = newSigner();
  const keys = LedgerKeys.fromConfig(mockServices.rootConfig(), signer);
  const audited: unknown[] = [];
  let mayExportAll: boolean;
  let hasPolicy: boolean;
  let knex: Knex;
  let runs: DatabaseRunStore;
  let queue: DatabaseRunQueue;
  let attempts: DatabaseAttemptStore;
  let checkpoints: CheckpointStore;
  let reader: LedgerReader;
  let app: express.Express;

  beforeAll(async () => {
    knex = await databases.init('POSTGRES_18');
    await openDatabase(mockServices.database({ knex }), HEADS);
    runs = new DatabaseRunStore(knex, HEADS);
    queue = new DatabaseRunQueue(knex, HEADS);
    attempts = new DatabaseAttemptStore(knex);
    checkpoints = new CheckpointStore({
      knex,
      macs: HEADS,
      publicKeys: keys.publicKeys,
    });
    reader = new LedgerReader({
      knex,
      macs: HEADS,
      publicKeys: keys.publicKeys,
    });
  }, 60_000);

  beforeEach(async () => {
    await emptyRuns(knex);
    await asOwner('ledger_checkpoints', () =>
      knex('ledger_checkpoints').delete(),
    );
    audited.length = 0;
    mayExportAll = true;
    hasPolicy = true;
    app = portal();
  });

  it('is intact as it is exported, checked with the key that the portal names and somebody has kept', async () => {
    const runId = await finishedRun();
    const other = await finishedRun();
    await seal();
    const { body } = await request(app).get('/ledger/key').expect(200);
    expect(body.keys).toEqual([
      {
        keyId: signer.keyId,
        publicKey: signer.publicKeyHex,
        isCurrent: true,
      },
    ]);
    const one = await request(app).get(`/runs/${runId}/evidence`).expect(200);
    expect(one.headers['content-disposition']).toBe(
      `attachment; filename="run-${runId}.jsonl"`,
    );
    expect(one.text).not.toContain(`"runId":"${other}","seq"`);
    expect(verdictOf(one.text)).toMatchObject({
      intact: true,
      runs: 1,
      attempts: 2,
      calls: 3,
      unsealedEvents: 0,
    });
    const all = await request(app).get('/ledger/evidence').expect(200);
    expect(verdictOf(all.text)).toMatchObject({ intact: true, runs: 2 });
    expect(await reader.read(runId)).toMatchObject({
      verification: {
        intact: true,
        sealed: { checkpoint: 0, eventCount: 9 },
      },
    });
    expect(audited).toEqual([
      expect.objectContaining({
        eventId: 'evidence-export',
        severityLevel: 'medium',
        meta: { runId },
        ended: { lines: expect.any(Number), complete: true },
      }),
      expect.objectContaining({ severityLevel: 'high' }),
    ]);
  });

  it.each<[string, string, () => Promise<unknown>, string]>([
    [
      'a changed output',
      'run_output',
      () =>
        knex('run_output')
          .where({ attempt: 2 })
          .update({ text: '0/2 ready\n' }),
      `the output of attempt 2 of step ${STEP}`,
    ],
    [
      'a changed output of an interrupted attempt',
      'run_output',
      () =>
        knex('run_output').where({ attempt: 1 }).update({ text: 'nothing\n' }),
      `the output of attempt 1 of step ${STEP}`,
    ],
    [
      'a removed output',
      'run_output',
      () => knex('run_output').where({ attempt: 2 }).delete(),
      `the output of attempt 2 of step ${STEP}`,
    ],
    [
      'a changed call',
      'run_calls',
      () =>
        knex('run_calls')
          .where({ attempt: 2 })
          .update({
            call: knex.raw(`jsonb_set(call, '{verb}', '"list"')`),
          }),
      `the calls of attempt 2 of step ${STEP}`,
    ],
    [
      'a deleted call',
      'run_calls',
      () => knex('run_calls').where({ attempt: 1 }).delete(),
      'there are 0, 1 were recorded',
    ],
  ])(
    'with %s is named by the page and by the check',
    async (_, table, alter, message) => {
      const runId = await finishedRun();
      await seal();
      await asOwner(table, alter);
      const { verification } = await reader.read(runId);
      expect(verification).toMatchObject({
        intact: false,
        message: expect.stringContaining(message),
      });
      const { text } = await request(app).get(`/runs/${runId}/evidence`);
      expect(verdictOf(text)).toMatchObject({
        intact: false,
        message: expect.stringContaining(message),
      });
    },
  );

  it('with newest events cut off is named by the page, also where the row agrees, and by the check', async () => {
    const runId = await finishedRun();
    await seal();
    await asOwner('run_events', () =>
      knex('run_events').where({ run_id: runId, seq: 8 }).delete(),
    );
    expect((await reader.read(runId)).verification).toMatchObject({
      intact: false,
      message: 'the ledger has 8 events, expected 9',
    });
    const last = await knex('run_events')
      .where({ run_id: runId, seq: 7 })
      .first();
    await knex('runs').where({ id: runId }).update({
      event_count: 8,
      head_hash: last.hash,
      head_mac: 'forged',
      sealed_event_count: 0,
    });
    expect((await reader.read(runId)).verification).toMatchObject({
      intact: false,
      message: 'the ledger ends after 8 events; 9 were sealed in checkpoint 0',
    });
    const { text } = await request(app).get(`/runs/${runId}/evidence`);
    expect(verdictOf(text)).toMatchObject({
      intact: false,
      message: `the ledger of run ${runId} ends after 8 events; 9 were sealed`,
    });
  });

  it('without a run that was sealed is broken', async () => {
    const runId = await finishedRun();
    await finishedRun();
    await seal();
    const taken = (table: string) =>
      asOwner(table, () =>
        knex(table)
          .where(table === 'runs' ? { id: runId } : { run_id: runId })
          .delete(),
      );
    for (const table of ['run_output', 'run_calls', 'run_events', 'runs']) {
      await taken(table);
    }
    await request(app).get(`/runs/${runId}/evidence`).expect(404);
    const { text } = await request(app).get('/ledger/evidence').expect(200);
    expect(verdictOf(text)).toMatchObject({
      intact: false,
      message: `run ${runId} is missing: it was sealed with 9 events`,
    });
  });

  it('is signed by nobody whom the portal does not know: the page says so', async () => {
    const runId = await finishedRun();
    await checkpoints.seal({ at: new Date(), signer: newSigner() });
    expect((await reader.read(runId)).verification).toMatchObject({
      intact: false,
      message: expect.stringContaining('not among the trusted keys'),
    });
  });

  it('of all runs is given by a policy only', async () => {
    mayExportAll = false;
    for (const route of ['/ledger/evidence', '/ledger/checkpoints']) {
      await request(app).get(route).expect(403);
    }
    mayExportAll = true;
    hasPolicy = false;
    for (const route of ['/ledger/evidence', '/ledger/checkpoints']) {
      const { body } = await request(portal()).get(route).expect(403);
      expect(body.error.message).toContain(
        'must be given by a permission policy',
      );
    }
    expect(audited).toEqual([]);
  });

  it('of a time span holds the runs that were started in it', async () => {
    const early = await finishedRun(new Date('2026-11-01T00:00:00Z'));
    const late = await finishedRun(new Date('2026-11-20T00:00:00Z'));
    await seal();
    const { text } = await request(app)
      .get('/ledger/evidence')
      .query({ from: '2026-11-10T00:00:00Z' })
      .expect(200);
    expect(JSON.parse(text.split('\n')[0])).toEqual({
      kind: 'export',
      version: 1,
      runs: [late],
    });
    expect(verdictOf(text)).toMatchObject({ intact: true, runs: 1 });
    expect(text).not.toContain(`"runId":"${early}","seq"`);
    await request(app).get('/ledger/evidence').query({ from: 'x' }).expect(400);
  });

  it('is removed whole by retention: nothing of a finished run stays in any table', async () => {
    const runId = await finishedRun(AT, 'start-1');
    await seal();
    await checkpoints.seal({ at: new Date(), signer, keepFrom: new Date() });
    const { rows } = await knex.raw(
      `select table_name from information_schema.columns where column_name = 'run_id' and table_schema = 'public'`,
    );
    const tables = rows.map((row: { table_name: string }) => row.table_name);
    expect(tables).toEqual(
      expect.arrayContaining(['attempts', 'run_starts', 'change_locks']),
    );
    for (const table of tables) {
      expect([table, await knex(table).where({ run_id: runId })]).toEqual([
        table,
        [],
      ]);
    }
    const { text } = await request(app).get('/ledger/evidence').expect(200);
    expect(verdictOf(text)).toMatchObject({ intact: true, runs: 0 });
  });

  it('is read no further once the client is gone', async () => {
    await finishedRun();
    const evidence = new EvidenceExport(knex);
    for (let n = 0; n < 5; n += 1) {
      const lines = evidence.ofAll({});
      await lines.next();
      await lines.return(undefined);
    }
    const [one, two] = [evidence.ofAll({}), evidence.ofAll({})];
    await one.next();
    await two.next();
    await expect(evidence.ofAll({}).next()).rejects.toThrow(
      'exports of evidence are under way',
    );
    await one.return(undefined);
    await two.return(undefined);
  });

  /** One attempt that was interrupted and one that ended, both with output and calls. */
  async function finishedRun(at = AT, key?: string): Promise<string> {
    const runId = randomUUID();
    await runs.create(
      {
        runId,
        events: startedBy(REQUESTER),
        secrets: [],
        ...(key
          ? { key: { userRef: REQUESTER, key, requestDigest: 'd' } }
          : {}),
      },
      at,
    );
    await attempt(runId, at, 1, 1);
    await runs.change(runId, at, () => [
      {
        kind: 'interruption-settled',
        stepId: STEP,
        by: REQUESTER,
        as: 'again',
        reason: 'it only reads',
      },
    ]);
    await attempt(runId, at, 2, 2);
    await runs.change(runId, at, () => [
      { kind: 'run-finished', by: REQUESTER, outcome: 'succeeded' },
    ]);
    return runId;
  }

  async function attempt(
    runId: string,
    at: Date,
    number: number,
    calls: number,
  ): Promise<void> {
    await runs.change(runId, at, run =>
      run.steps[STEP].status === 'queued' ? [] : [queued(STEP, number)],
    );
    await seeWorkers(knex, 'w1');
    const lease = (await queue.claim({ owner: 'w1', active: [], slots: 8 }))!;
    await queue.changeAsWorker(lease, () => [started(STEP, number)]);
    const held = { runId, stepId: STEP, attempt: number, lease };
    for (let n = 0; n < calls; n += 1) {
      await attempts.recordCall(held, callOf(at));
    }
    await attempts.appendOutput(held, 0, OUTPUT[0]);
    if (number === 2) await attempts.appendOutput(held, 4, OUTPUT[1]);
    await queue.changeAsWorker(lease, () => [
      number === 1
        ? {
            kind: 'step-interrupted',
            stepId: STEP,
            attempt: 1,
            because: 'the backend was stopped',
          }
        : {
            kind: 'step-finished',
            stepId: STEP,
            attempt: 2,
            result: resultOf({ outputDigest: sha256Hex(OUTPUT.join('')) }),
          },
    ]);
    await queue.release(lease);
    await expect(attempts.appendOutput(held, 90, 'late')).rejects.toThrow(
      'is not under way',
    );
  }

  async function seal(): Promise<void> {
    expect(await checkpoints.seal({ at: new Date(), signer })).toMatchObject({
      kind: 'sealed',
      broken: [],
    });
  }

  /** As somebody could who owns the database: without its triggers. */
  async function asOwner(table: string, act: () => PromiseLike<unknown>) {
    await knex.raw('alter table ?? disable trigger user', [table]);
    await act();
    await knex.raw('alter table ?? enable trigger user', [table]);
  }

  function portal() {
    const permissions = mockServices.permissions.mock({
      authorize: async requests =>
        requests.map(({ permission: { name } }) => ({
          result:
            name !== 'runbooks.evidence.export' || mayExportAll
              ? AuthorizeResult.ALLOW
              : AuthorizeResult.DENY,
        })),
    });
    const router = PromiseRouter();
    addLedgerRoutes(router, {
      access: new Access({
        httpAuth: mockServices.httpAuth(),
        permissions,
        catalog: catalogServiceMock({
          entities: [
            {
              apiVersion: 'backstage.io/v1alpha1',
              kind: 'Component',
              metadata: { name: 'auth-service', namespace: 'default' },
            },
          ],
        }),
        hasPolicy,
      }),
      audit: new Audit(
        mockServices.auditor.mock({
          createEvent: async ({ request: _request, ...event }) => ({
            success: async options => {
              audited.push({ ...event, ended: options?.meta });
            },
            fail: async ({ error }) => {
              audited.push({ ...event, error });
            },
          }),
        }),
      ),
      store: runs,
      evidence: new EvidenceExport(knex),
      checkpoints,
      keys,
    });
    const logger = mockServices.logger.mock();
    const config = mockServices.rootConfig();
    return express()
      .use(router)
      .use(MiddlewareFactory.create({ logger, config }).error());
  }

  function verdictOf(text: string) {
    const check = new EvidenceCheck(trustedKeys([signer.publicKeyHex]));
    for (const line of text.trimEnd().split('\n')) check.take(line);
    return check.end();
  }
});

function callOf(at: Date): ApiCall {
  return {
    id: randomUUID(),
    at: at.toISOString(),
    verb: 'get',
    group: 'apps',
    resource: 'deployments',
    subresource: '',
    namespace: 'fintech-services',
    name: 'auth-service',
    decision: 'passed',
    dryRun: false,
    status: 200,
    durationMs: 12,
  };
}
