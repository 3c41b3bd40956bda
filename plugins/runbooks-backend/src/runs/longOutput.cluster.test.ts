import { randomUUID } from 'node:crypto';
import { mockServices, TestDatabases } from '@backstage/backend-test-utils';
import { createRedactor } from '@backstage-runbooks/plugin-runbooks-common';
import type { Knex } from 'knex';
import { openDatabase } from '../database/openDatabase';
import { HEADS } from '../testing/heads';
import {
  queued,
  READ_STEP,
  REQUESTER,
  started,
  startedBy,
} from '../testing/runs';
import { seeWorkers } from '../testing/workers';
import { DatabaseAttemptStore } from './DatabaseAttemptStore';
import { DatabaseRunQueue } from './DatabaseRunQueue';
import { DatabaseRunStore } from './DatabaseRunStore';
import { OutputWriter } from './OutputWriter';
import type { HeldAttempt } from './RunStore';

jest.setTimeout(300_000);

const databases = TestDatabases.create({ ids: ['POSTGRES_18'] });

/** It takes long, so it runs with the tests against a cluster, although it needs none. */
describe('an attempt in Postgres', () => {
  it('stores 100 MB of output while the backend grows by less than 50 MB, and the last line can be read', async () => {
    const knex = await databases.init('POSTGRES_18');
    await openDatabase(mockServices.database({ knex }), HEADS);
    const attempts = new DatabaseAttemptStore(knex);
    const held = await begin(knex);
    const line = `${'x'.repeat(127)}\n`;
    const chunk = Buffer.from(line.repeat(512));
    const writer = new OutputWriter({
      append: (offset, text) => attempts.appendOutput(held, offset, text),
      makeRedactor: () => createRedactor({ secrets: ['made-up-4711'] }),
    });
    const before = process.memoryUsage().rss;
    let most = before;
    for (let count = 0; count < 1_600; count += 1) {
      await writer.write('stdout', chunk);
      most = Math.max(most, process.memoryUsage().rss);
    }
    await writer.write('stdout', Buffer.from('the end\n'));
    const { bytes, truncated } = await writer.end();
    expect(bytes).toBe(1_600 * chunk.length + 8);
    expect(truncated).toBe(false);
    const last = await attempts.readOutput(held, bytes - 100, 1_000);
    expect(last.text.endsWith('x\nthe end\n')).toBe(true);
    expect((most - before) / 1024 / 1024).toBeLessThan(50);
  });
});

async function begin(knex: Knex): Promise<HeldAttempt> {
  const queue = new DatabaseRunQueue(knex, HEADS);
  const runs = new DatabaseRunStore(knex, HEADS);
  const runId = randomUUID();
  await runs.create(
    { runId, events: startedBy(REQUESTER), secrets: [] },
    new Date(),
  );
  await runs.change(runId, new Date(), () => [queued(READ_STEP.id)]);
  await seeWorkers(knex, 'w1');
  const lease = (await queue.claim({ owner: 'w1', active: [], slots: 8 }))!;
  await queue.changeAsWorker(lease, () => [started(READ_STEP.id)]);
  return { runId, stepId: READ_STEP.id, attempt: 1, lease };
}
