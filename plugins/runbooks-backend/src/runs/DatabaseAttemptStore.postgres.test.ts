import { randomUUID } from 'node:crypto';
import { mockServices, TestDatabases } from '@backstage/backend-test-utils';
import type { Knex } from 'knex';
import { openDatabase } from '../database/openDatabase';
import { emptyRuns } from '../testing/emptyRuns';
import { HEADS } from '../testing/heads';
import {
  CHANGE_STEP,
  queued,
  READ_STEP,
  REQUESTER,
  resultOf,
  started,
  startedBy,
} from '../testing/runs';
import { seeWorker, seeWorkers } from '../testing/workers';
import { DatabaseAttemptStore } from './DatabaseAttemptStore';
import { DatabaseRunQueue } from './DatabaseRunQueue';
import { DatabaseRunStore } from './DatabaseRunStore';
import { DatabaseRunVault } from './DatabaseRunVault';
import type { HeldAttempt, Lease } from './RunStore';

const databases = TestDatabases.create({ ids: ['POSTGRES_18'] });

const CALL = {
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

describe('an attempt in Postgres', () => {
  let knex: Knex;
  const begun: string[] = [];
  let runs: DatabaseRunStore;
  let queue: DatabaseRunQueue;
  let attempts: DatabaseAttemptStore;
  let vault: DatabaseRunVault;

  beforeAll(async () => {
    knex = await databases.init('POSTGRES_18');
    await openDatabase(mockServices.database({ knex }), HEADS);
    runs = new DatabaseRunStore(knex, HEADS);
    queue = new DatabaseRunQueue(knex, HEADS);
    attempts = new DatabaseAttemptStore(knex);
    vault = new DatabaseRunVault(knex);
  }, 60_000);

  beforeEach(async () => {
    begun.length = 0;
    await emptyRuns(knex);
  });

  it('is a row of its own, with its purpose, lease and what it was bound to, from its start to its end', async () => {
    const held = await begin();
    const row = () => knex('attempts').where({ run_id: held.runId }).first();
    expect(await row()).toMatchObject({
      step_id: READ_STEP.id,
      number: 1,
      purpose: 'run',
      executor: 'local',
      lease_token: held.lease.token,
      binding_digest: READ_STEP.digest,
      ended_at: null,
    });
    await end(held);
    expect((await row()).ended_at).toBeInstanceOf(Date);
  });

  it('gives its output back from any byte on, whole characters and in order', async () => {
    const held = await begin();
    const parts = ['NAME   READY\n', 'zażółć 4/4 ✓\n', 'end\n'];
    let offset = 0;
    for (const part of parts) {
      await attempts.appendOutput(held, offset, part);
      offset += Buffer.byteLength(part);
    }
    expect(await attempts.readOutput(held, 0, 1024)).toEqual({
      offset: 0,
      text: parts.join(''),
      nextOffset: offset,
    });
    const middle = Buffer.byteLength(parts[0]);
    expect((await attempts.readOutput(held, middle, 1024)).text).toBe(
      parts[1] + parts[2],
    );
    expect((await attempts.readOutput(held, middle, 1)).text).toBe(parts[1]);
    expect(await attempts.readOutput(held, offset, 1024)).toEqual({
      offset,
      text: '',
      nextOffset: offset,
    });
  });

  it('reads a page of long output without looking at what comes after it', async () => {
    const held = await begin();
    await knex.raw(
      `insert into run_output (run_id, step_id, attempt, byte_offset, byte_length, text)
       select :runId, :stepId, :attempt, n * 100, 100, repeat('x', 99) || chr(10)
         from generate_series(0, 19999) n`,
      { runId: held.runId, stepId: held.stepId, attempt: held.attempt },
    );
    await knex.raw('analyze run_output');
    const asked: Array<{ sql: string; bindings: Knex.RawBinding[] }> = [];
    const listen = (query: (typeof asked)[0]) => asked.push(query);
    knex.on('query', listen);
    for (const offset of [0, 1_000_050, 1_999_950]) {
      const { text } = await attempts.readOutput(held, offset, 1_000);
      expect(text.length).toBeLessThanOrEqual(1_050);
      expect(text.length).toBeGreaterThan(0);
    }
    knex.removeListener('query', listen);
    expect(asked).toHaveLength(3);
    for (const { sql, bindings } of asked) {
      // The driver's $1 as knex takes them.
      const { rows } = await knex.raw(
        `explain (analyze, format json) ${sql.replace(/\$\d+/g, '?')}`,
        bindings,
      );
      const plan = JSON.stringify(rows[0]['QUERY PLAN']);
      const seen = [...plan.matchAll(/"Actual Rows":\s*([\d.]+)/g)].map(match =>
        Number(match[1]),
      );
      expect(seen.length).toBeGreaterThan(0);
      expect(Math.max(...seen)).toBeLessThanOrEqual(11);
      expect(plan).not.toMatch(/Seq Scan/);
    }
  });

  it('tells of new output at once, and of much of it ten times a second, with the last', async () => {
    const held = await begin();
    const told: number[] = [];
    const connection = await knex.client.acquireRawConnection();
    connection.on('notification', ({ payload }: { payload: string }) => {
      if (payload === `${held.runId} output`) told.push(Date.now());
    });
    await connection.query('listen runbooks_runs');
    const began = Date.now();
    await attempts.appendOutput(held, 0, 'x');
    await new Promise(resolve => setTimeout(resolve, 20));
    expect(told).toHaveLength(1);
    let last = began;
    for (let offset = 1; last - began < 500; offset += 1) {
      await attempts.appendOutput(held, offset, 'x');
      last = Date.now();
    }
    await new Promise(resolve => setTimeout(resolve, 400));
    await knex.client.destroyRawConnection(connection);
    expect(told.length).toBeLessThanOrEqual(8);
    expect(told[told.length - 1]).toBeGreaterThanOrEqual(last - 5);
  });

  it('stores a part of its output once, also where the answer was lost and it is stored again', async () => {
    const held = await begin();
    await attempts.appendOutput(held, 0, 'once\n');
    await attempts.appendOutput(held, 0, 'once\n');
    expect((await attempts.readOutput(held, 0, 1024)).text).toBe('once\n');
  });

  it('counts writes that the API server accepted, and tells those whose end was not seen from reads, refusals and dry runs', async () => {
    const held = await begin();
    await attempts.recordCall(held, CALL);
    await attempts.recordCall(held, { ...CALL, status: 200, durationMs: 12 });
    for (const other of [
      { verb: 'get' },
      { decision: 'refused' as const },
      { dryRun: true },
      { status: 403 },
      { verb: 'connect', subresource: 'exec', status: 101 },
      { status: undefined },
    ]) {
      const call = { ...CALL, status: 200, ...other };
      await attempts.recordCall(held, { ...call, id: randomUUID() });
    }
    expect(await attempts.callCounts(held)).toEqual({
      total: 7,
      writes: 1,
      refused: 1,
      executions: 1,
      uncertain: 1,
    });
    const { calls } = await attempts.calls(held);
    expect(calls.find(({ id }) => id === CALL.id)).toMatchObject({
      status: 200,
      durationMs: 12,
    });
  });

  it('keeps what is encrypted until its run ends', async () => {
    const held = await begin();
    await keep(held, 'sealed');
    await keep(held, 'sealed again');
    expect((await vault.getSecret(held.runId, 'carried'))?.toString()).toBe(
      'sealed again',
    );
    await end(held);
    await runs.change(held.runId, new Date(), () => [
      { kind: 'run-finished', by: REQUESTER, outcome: 'succeeded' },
    ]);
    expect(await vault.getSecret(held.runId, 'carried')).toBeUndefined();
  });

  describe.each<{ what: string; write(held: HeldAttempt): Promise<void> }>([
    {
      what: 'output',
      write: held => attempts.appendOutput(held, 0, 'from the dead'),
    },
    { what: 'calls', write: held => attempts.recordCall(held, CALL) },
    { what: 'secrets', write: held => keep(held, 'from the dead') },
  ])('$what', ({ write }) => {
    const stored = async (runId: string) => {
      const rows = await Promise.all(
        ['run_output', 'run_calls', 'run_secrets'].map(table =>
          knex(table).where({ run_id: runId }),
        ),
      );
      return rows.flat().length;
    };

    it('of a worker that lost its lease is refused', async () => {
      const first = await begin();
      await write(first);
      await knex('run_output').delete();
      await knex('run_calls').delete();
      await knex('run_secrets').delete();
      await seeWorker(knex, 'w1', { agoMs: 3_600_000 });
      const second = await claimAs('w2');
      expect(second.runId).toBe(first.runId);
      await expect(write(first)).rejects.toMatchObject({
        name: 'LeaseLostError',
      });
      expect(await stored(first.runId)).toBe(0);
    });

    it('of an attempt that has ended is refused', async () => {
      const held = await begin();
      await end(held);
      await expect(write(held)).rejects.toMatchObject({
        name: 'LeaseLostError',
      });
      expect(await stored(held.runId)).toBe(0);
    });

    it('of an attempt that was never begun is refused', async () => {
      const held = await begin();
      await expect(
        write({ ...held, stepId: CHANGE_STEP.id }),
      ).rejects.toMatchObject({ name: 'LeaseLostError' });
      await expect(write({ ...held, attempt: 2 })).rejects.toMatchObject({
        name: 'LeaseLostError',
      });
      expect(await stored(held.runId)).toBe(0);
    });

    it('that is written while another worker claims comes before the claim or not at all', async () => {
      const held = await begin();
      const claiming = await knex.transaction();
      await claiming('runs')
        .where({ id: held.runId })
        .update({
          lease_owner: 'w2',
          lease_token: knex.raw('lease_token + 1'),
        });
      let isWritten = false;
      const writing = write(held).then(
        () => {
          isWritten = true;
        },
        error => error,
      );
      await new Promise(resolve => setTimeout(resolve, 100));
      expect(isWritten).toBe(false);
      await claiming.commit();
      expect(await writing).toMatchObject({ name: 'LeaseLostError' });
      expect(await stored(held.runId)).toBe(0);
    });
  });

  it('is kept apart by the fence alone: without it the output of a lost worker is stored', async () => {
    const first = await begin();
    await seeWorker(knex, 'w1', { agoMs: 3_600_000 });
    await claimAs('w2');
    await knex('run_output').insert({
      run_id: first.runId,
      step_id: first.stepId,
      attempt: 1,
      byte_offset: 0,
      byte_length: 13,
      text: 'from the dead',
    });
    expect((await attempts.readOutput(first, 0, 100)).text).toBe(
      'from the dead',
    );
  });

  it('ends the call of another attempt under no id that it guessed', async () => {
    const victim = await begin();
    await attempts.recordCall(victim, CALL);
    const other = await begin();
    await expect(
      attempts.recordCall(other, { ...CALL, status: 200 }),
    ).rejects.toMatchObject({ name: 'LeaseLostError' });
    expect((await attempts.calls(victim)).calls[0].status).toBeUndefined();
  });

  it('gives calls in their order, a page at a time, and on demand only writes that passed', async () => {
    const held = await begin();
    const made = Array.from({ length: 1_201 }, (_, n) => ({
      ...CALL,
      id: randomUUID(),
      at: new Date(Date.UTC(2026, 10, 30) + Math.floor(n / 3)).toISOString(),
      verb: n % 400 === 7 ? 'delete' : 'get',
      name: `web-${n}`,
    }));
    for (const call of made) await attempts.recordCall(held, call);
    const seen: string[] = [];
    const sizes: number[] = [];
    let after: string | undefined;
    do {
      const page = await attempts.calls(
        held,
        after === undefined ? {} : { after },
      );
      seen.push(...page.calls.map(({ id }) => id));
      sizes.push(page.calls.length);
      after = page.next;
    } while (after !== undefined);
    expect(sizes).toEqual([500, 500, 201]);
    expect(new Set(seen)).toEqual(new Set(made.map(({ id }) => id)));
    const { calls, next } = await attempts.calls(held, { onlyChanges: true });
    expect(calls.map(({ name }) => name)).toEqual([
      'web-7',
      'web-407',
      'web-807',
    ]);
    expect(next).toBeUndefined();
    const other = await begin();
    expect((await attempts.calls(other, { after: made[3].id })).calls).toEqual(
      [],
    );
  }, 60_000);

  async function begin(): Promise<HeldAttempt> {
    const runId = randomUUID();
    await runs.create(
      { runId, events: startedBy(REQUESTER), secrets: [] },
      new Date(),
    );
    await runs.change(runId, new Date(), () => [queued(READ_STEP.id)]);
    const lease = await claimAs('w1', begun);
    begun.push(runId);
    await queue.changeAsWorker(lease, () => [started(READ_STEP.id)]);
    return { runId, stepId: READ_STEP.id, attempt: 1, lease };
  }

  async function claimAs(owner: string, active: string[] = []): Promise<Lease> {
    await seeWorkers(knex, owner);
    return (await queue.claim({ owner, active, slots: 8 }))!;
  }

  async function end(held: HeldAttempt): Promise<void> {
    await queue.changeAsWorker(held.lease, () => [
      {
        kind: 'step-finished',
        stepId: held.stepId,
        attempt: 1,
        result: resultOf(),
      },
    ]);
  }

  function keep(held: HeldAttempt, text: string): Promise<void> {
    return vault.putSecrets(held, [
      { name: 'carried', ciphertext: Buffer.from(text) },
    ]);
  }
});
