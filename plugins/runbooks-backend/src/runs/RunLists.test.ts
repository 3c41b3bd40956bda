import { mockCredentials } from '@backstage/backend-test-utils';
import type {
  ListRunsQuery,
  RunPage,
  RunSummary,
} from '@backstage-runbooks/plugin-runbooks-common';
import type { Selecting } from '../http/access';
import { MemoryRuns } from '../testing/MemoryRuns';
import { OWNERSHIP, SECOND_ACCOUNT } from '../testing/ownership';
import {
  CHANGE_STEP,
  OWNER,
  REQUESTER,
  requested,
  startedBy,
} from '../testing/runs';
import { SecretBox } from '../workspaces/SecretBox';
import { encodeCursor } from './cursor';
import type { ReadingHistory } from './RunAccess';
import { RunLists } from './RunLists';
import type { RunListQuery, WaitingQuery } from './RunStore';

const AUTH = 'component:default/auth-service';
const SHOP = 'component:default/shop';
const ALL: Selecting = async refs => new Set(refs);
const NONE: Selecting = async () => new Set();
const ALL_HISTORY: ReadingHistory = async refs => ({
  all: [...refs],
  own: [],
  gone: new Set(),
});
const RUN_ID = '0b9f7f0e-0000-4000-8000-000000000001';

describe('lists of runs', () => {
  const as = (userRef: string) => mockCredentials.user(userRef);
  let runs: MemoryRuns;
  let asked: WaitingQuery[];
  let listed: RunListQuery[];
  let listedPage: RunPage;
  let lists: RunLists;

  beforeEach(() => {
    runs = new MemoryRuns();
    asked = [];
    listed = [];
    listedPage = { runs: [] };
    lists = new RunLists({
      clock: { now: async () => new Date() },
      runs: {
        runEntities: async () => [AUTH, SHOP],
        list: async query => {
          listed.push(query);
          return listedPage;
        },
        waitingEntities: async () => [AUTH, SHOP],
        waitingRunEntities: async () => [AUTH],
        waiting: async query => {
          asked.push(query);
          return [{ run: await runs.get(RUN_ID), stepId: CHANGE_STEP.id }];
        },
      },
      ownership: OWNERSHIP,
      box: new SecretBox(Buffer.alloc(32, 7)),
    });
  });

  const begin = async () => {
    await runs.create(
      { runId: RUN_ID, events: startedBy(REQUESTER), secrets: [] },
      new Date(),
    );
    await runs.change(RUN_ID, new Date(), () => [requested(CHANGE_STEP.id)]);
  };

  it('lists the runs of entities that somebody may read, of gone ones their own, and looks at no others', async () => {
    const ofShop: ReadingHistory = async () => ({
      all: [SHOP],
      own: [AUTH],
      gone: new Set([AUTH]),
    });
    const list = async (query: ListRunsQuery) => {
      listed.length = 0;
      await lists.list({ ...query, limit: 7 }, REQUESTER, ofShop);
      return listed.map(({ limit: _limit, ...rest }) => rest);
    };
    expect(await list({ state: 'failed' })).toEqual([
      { entityRefs: [SHOP], state: 'failed' },
      { entityRefs: [AUTH], state: 'failed', requestedBy: REQUESTER },
    ]);
    expect(await list({ requestedBy: REQUESTER })).toHaveLength(2);
    expect(await list({ requestedBy: OWNER })).toEqual([
      { entityRefs: [SHOP], requestedBy: OWNER },
    ]);
    expect(listed.map(({ limit }) => limit)).toEqual([7]);
  });

  it('gives a cursor that tells nothing of the run that it points to and that only they can use', async () => {
    const cursor = encodeCursor('2026-11-29T02:00:00.000Z', RUN_ID);
    const shown = { id: RUN_ID, startedAt: '2026-11-29T02:00:00.000Z' };
    listedPage = { runs: [shown as RunSummary], nextCursor: cursor };
    const page = await lists.list({ limit: 1 }, REQUESTER, ALL_HISTORY);
    expect(page.runs).toEqual([shown]);
    const told = Buffer.from(page.nextCursor!, 'base64url').toString('latin1');
    expect(told).not.toContain(RUN_ID);
    expect(told).not.toContain('2026');
    expect(page.nextCursor!.length).toBeLessThan(200);
    listed.length = 0;
    listedPage = { runs: [] };
    await lists.list({ cursor: page.nextCursor }, REQUESTER, ALL_HISTORY);
    expect(listed).toMatchObject([{ cursor }]);
    for (const [given, by] of [
      [page.nextCursor, OWNER],
      [cursor, REQUESTER],
    ]) {
      await expect(
        lists.list({ cursor: given }, by!, ALL_HISTORY),
      ).rejects.toThrow('is not a cursor');
    }
  });

  it('lists approvals by the entities of the person and leaves out what any account of theirs asked for', async () => {
    await begin();
    expect(
      await lists.approvalsFor(as(SECOND_ACCOUNT), {
        approvable: ALL,
        visible: ALL,
      }),
    ).toMatchObject([
      { runId: RUN_ID, stepId: CHANGE_STEP.id, approvalOf: [AUTH] },
    ]);
    expect(asked).toMatchObject([
      {
        entityRefs: [AUTH],
        accounts: expect.arrayContaining([REQUESTER, SECOND_ACCOUNT]),
      },
    ]);
    expect(
      await lists.approvalsFor(as(OWNER), { approvable: ALL, visible: NONE }),
    ).toEqual([]);
    expect(
      await lists.approvalsFor(as(OWNER), { approvable: NONE, visible: ALL }),
    ).toEqual([]);
    expect(asked).toHaveLength(1);
  });
});
