import { randomUUID } from 'node:crypto';
import { mockServices, TestDatabases } from '@backstage/backend-test-utils';
import type { Knex } from 'knex';
import { openDatabase } from '../database/openDatabase';
import { emptyRuns } from '../testing/emptyRuns';
import { HEADS } from '../testing/heads';
import { OWNER, REQUESTER, startedBy } from '../testing/runs';
import { DatabaseRunStore } from './DatabaseRunStore';
import { DatabaseRunVault } from './DatabaseRunVault';
import type { StartKey } from './RunStore';

const databases = TestDatabases.create({ ids: ['POSTGRES_18'] });
const KEY: StartKey = { userRef: REQUESTER, key: 'k1', requestDigest: 'd1' };

describe('starting a run', () => {
  let knex: Knex;
  let store: DatabaseRunStore;

  beforeAll(async () => {
    knex = await databases.init('POSTGRES_18');
    await openDatabase(mockServices.database({ knex }), HEADS);
    store = new DatabaseRunStore(knex, HEADS);
  }, 60_000);

  beforeEach(() => emptyRuns(knex));

  it('twenty times at once with one key starts one run', async () => {
    const runs = await Promise.all([...Array(20)].map(() => start(KEY)));
    expect(new Set(runs.map(({ id }) => id)).size).toBe(1);
    expect(await knex('runs')).toHaveLength(1);
    expect((await store.startedWith(KEY))?.id).toBe(runs[0].id);
  });

  it('with the same key and other values is refused and starts nothing', async () => {
    const { id } = await start(KEY);
    const other = { ...KEY, requestDigest: 'd2' };
    await expect(start(other)).rejects.toThrow(
      `started another run with other values: /runbooks/runs/${id}`,
    );
    await expect(store.startedWith(other)).rejects.toThrow('k1');
    expect(await knex('runs')).toHaveLength(1);
  });

  it('with the same key by another person starts their own run', async () => {
    const mine = await start(KEY);
    const theirs = await start({ ...KEY, userRef: OWNER });
    expect(theirs.id).not.toBe(mine.id);
  });

  it('without a key starts a run each time', async () => {
    expect((await start()).id).not.toBe((await start()).id);
  });

  it('stores its secret values with the run, or neither', async () => {
    const secret = { name: 'parameters', ciphertext: Buffer.from('sealed') };
    const { id } = await start(undefined, [secret]);
    expect(
      (
        await new DatabaseRunVault(knex).getSecret(id, 'parameters')
      )?.toString(),
    ).toBe('sealed');
    await expect(start(undefined, [secret, secret])).rejects.toThrow();
    expect(await knex('runs')).toHaveLength(1);
    expect(await knex('run_events')).toHaveLength(1);
    expect(await knex('run_secrets')).toHaveLength(1);
  });

  function start(
    key?: StartKey,
    secrets: Array<{ name: string; ciphertext: Buffer }> = [],
  ) {
    return store.create(
      {
        runId: randomUUID(),
        events: startedBy(REQUESTER),
        secrets,
        ...(key ? { key } : {}),
      },
      new Date(),
    );
  }
});
