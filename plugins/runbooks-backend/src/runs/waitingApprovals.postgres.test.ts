import { randomUUID } from 'node:crypto';
import { mockServices, TestDatabases } from '@backstage/backend-test-utils';
import type { RunEvent } from '@backstage-runbooks/plugin-runbooks-common';
import type { Knex } from 'knex';
import { openDatabase } from '../database/openDatabase';
import { emptyRuns } from '../testing/emptyRuns';
import { HEADS } from '../testing/heads';
import {
  bound,
  CHANGE_STEP,
  OWNER,
  queued,
  READ_STEP,
  REQUESTER,
  requested,
  started,
  startedBy,
} from '../testing/runs';
import { DatabaseRunStore } from './DatabaseRunStore';

const databases = TestDatabases.create({ ids: ['POSTGRES_18'] });
const AUTH = 'component:default/auth-service';
const SHOP = 'component:default/shop';
const SHOP_OWNER = 'user:default/sina';

describe('approvals that wait', () => {
  let knex: Knex;
  let store: DatabaseRunStore;

  beforeAll(async () => {
    knex = await databases.init('POSTGRES_18');
    await openDatabase(mockServices.database({ knex }), HEADS);
    store = new DatabaseRunStore(knex, HEADS);
  }, 60_000);

  beforeEach(() => emptyRuns(knex));

  it('are found although another step of the run is interrupted', async () => {
    const id = await newRun();
    await store.change(id, new Date(), () => [
      queued(READ_STEP.id),
      started(READ_STEP.id),
      {
        kind: 'step-interrupted',
        stepId: READ_STEP.id,
        attempt: 1,
        because: 'the worker was lost',
      },
      requested(CHANGE_STEP.id),
    ]);
    expect(
      (await store.list({ entityRefs: ['component:default/auth-service'] }))
        .runs[0].state,
    ).toBe('interrupted');
    expect(await found([AUTH])).toEqual([id]);
  });

  it('are found by owners of each entity that it needs, until theirs is given', async () => {
    const id = await newRun();
    await store.change(id, new Date(), () => [
      requested(CHANGE_STEP.id, undefined, neededFrom(AUTH, SHOP)),
    ]);
    expect(await store.waitingEntities(new Date())).toEqual(
      expect.arrayContaining([AUTH, SHOP]),
    );
    expect(await found([SHOP], SHOP_OWNER)).toEqual([id]);
    await store.change(id, new Date(), () => [
      {
        kind: 'step-approved',
        stepId: CHANGE_STEP.id,
        by: SHOP_OWNER,
        digest: 'b'.repeat(64),
        covers: [{ entityRef: SHOP, entitledBy: 'owner' }],
      },
    ]);
    expect(await found([SHOP], SHOP_OWNER)).toEqual([]);
    expect(await found([AUTH])).toEqual([id]);
    expect(await found([AUTH, SHOP], SHOP_OWNER)).toEqual([]);
  });

  it('are not found by who asked, with no account of theirs, nor after they expired', async () => {
    const id = await newRun();
    await store.change(id, new Date(), () => [
      requested(CHANGE_STEP.id, new Date(Date.now() + 60_000)),
    ]);
    expect(await found([AUTH], REQUESTER)).toEqual([]);
    const later = new Date(Date.now() + 61_000);
    expect(
      await store.waiting({
        entityRefs: [AUTH],
        runEntityRefs: [AUTH],
        accounts: ['user:default/other-of-maya', REQUESTER],
        at: new Date(),
        limit: 10,
      }),
    ).toEqual([]);
    expect(
      await store.waiting({
        entityRefs: [AUTH],
        runEntityRefs: [AUTH],
        accounts: [OWNER],
        at: later,
        limit: 10,
      }),
    ).toEqual([]);
  });

  it("of a person's own entities are found however many others wait for other people, newest first", async () => {
    const mine = await newRun();
    await store.change(mine, new Date(Date.now() - 60_000), () => [
      requested(CHANGE_STEP.id),
    ]);
    const newer = await newRun();
    await store.change(newer, new Date(Date.now() - 30_000), () => [
      requested(CHANGE_STEP.id),
    ]);
    for (let n = 0; n < 12; n += 1) {
      const other = await newRun();
      await store.change(other, new Date(), () => [
        requested(CHANGE_STEP.id, undefined, neededFrom(SHOP)),
      ]);
    }
    expect(await found([AUTH])).toEqual([newer, mine]);
  });

  it('of many requests of one person leave a place for those of others', async () => {
    const lonely = await newRun();
    await store.change(lonely, new Date(Date.now() - 60_000), () => [
      requested(CHANGE_STEP.id, undefined, { by: 'user:default/ben' }),
    ]);
    for (let n = 0; n < 12; n += 1) {
      const flood = await newRun();
      await store.change(flood, new Date(), () => [requested(CHANGE_STEP.id)]);
    }
    const ids = await found([AUTH]);
    expect(ids).toHaveLength(10);
    expect(ids[9]).toBe(lonely);
  });

  it('in runs of entities that the person may not see are neither found nor counted', async () => {
    const id = await newRun();
    await store.change(id, new Date(), () => [requested(CHANGE_STEP.id)]);
    expect(await store.waitingRunEntities([AUTH], new Date())).toEqual([AUTH]);
    expect(
      await store.waiting({
        entityRefs: [AUTH],
        runEntityRefs: [SHOP],
        accounts: [OWNER],
        at: new Date(),
        limit: 10,
      }),
    ).toEqual([]);
  });

  async function found(entityRefs: string[], by = OWNER): Promise<string[]> {
    const waiting = await store.waiting({
      entityRefs,
      runEntityRefs: [AUTH],
      accounts: [by],
      at: new Date(),
      limit: 10,
    });
    return waiting.map(({ run }) => run.id);
  }

  async function newRun(): Promise<string> {
    const runId = randomUUID();
    await store.create(
      { runId, events: startedBy(REQUESTER), secrets: [] },
      new Date(),
    );
    return runId;
  }
});

function neededFrom(
  ...approvedBy: string[]
): Partial<Extract<RunEvent, { kind: 'approval-requested' }>> {
  const { binding } = bound(CHANGE_STEP.id);
  return {
    binding: {
      ...binding,
      requires: { kind: 'approval', because: 'changes things', approvedBy },
    },
  };
}
