import { mockCredentials } from '@backstage/backend-test-utils';
import {
  boundAsPlanned,
  type BoundStep,
  type ListRunsQuery,
  type Permitted,
  type RunEvent,
  type RunPage,
  type RunSummary,
  type StartRunRequest,
} from '@backstage-runbooks/plugin-runbooks-common';
import type { Selecting } from '../http/access';
import { MemoryRuns } from '../testing/MemoryRuns';
import {
  CHANGE_STEP,
  OWNER,
  planOf,
  READ_STEP,
  REQUESTER,
  requested,
  startedBy,
} from '../testing/runs';
import { SecretBox } from '../workspaces/SecretBox';
import { encodeCursor } from './cursor';
import { hideInEvent, hiding } from './hideIn';
import type { ReadingHistory } from './RunAccess';
import { RunService } from './RunService';
import type { NewRun, RunListQuery, StartKey, WaitingQuery } from './RunStore';

const AUTH = 'component:default/auth-service';
const SHOP = 'component:default/shop';
const SECOND_ACCOUNT = 'user:default/maya-admin';
const ALL: Selecting = async refs => new Set(refs);
const NONE: Selecting = async () => new Set();
const ALL_HISTORY: ReadingHistory = async refs => ({
  all: [...refs],
  own: [],
  gone: new Set(),
});
const RUN_ID = '0b9f7f0e-0000-4000-8000-000000000001';
const REQUEST: StartRunRequest = {
  entityRef: AUTH,
  runbookId: 'operations',
  procedureId: 'scale',
  parameters: { PASSWORD: 'hunter2' },
  planDigest: planOf().digest,
};

describe('what people do with runs', () => {
  const as = (userRef: string) => mockCredentials.user(userRef);
  let runs: MemoryRuns;
  let created: NewRun[];
  let known: StartKey[];
  let asked: WaitingQuery[];
  let listed: RunListQuery[];
  let listedPage: RunPage;
  let bound: jest.Mock;
  let service: RunService;

  const serviceWith = (mayStart: Permitted) =>
    new RunService({
      runs: {
        get: runId => runs.get(runId),
        change: (...given) => runs.change(...given),
        create: (newRun, at) => {
          created.push(newRun);
          return runs.create(newRun, at);
        },
        startedWith: async key => {
          known.push(key);
          return created.length > 0 ? runs.get(created[0].runId) : undefined;
        },
        ledger: async () => [],
        retryOf: async () => undefined,
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
      attempts: runs,
      snapshots: { putSnapshot: async () => {} },
      plans: {
        plan: jest.fn(async () => ({
          decision: { kind: 'planned', plan: planOf() },
          snapshot: { revision: 'e', archive: async () => Buffer.alloc(0) },
          secrets: { PASSWORD: 'hunter2' },
        })) as never,
        entity: (async () => ({ metadata: { name: 'auth-service' } })) as never,
        clusters: async () => [],
      },
      ownership: {
        entitlementsOf: async (userRef, entityRefs) =>
          Object.fromEntries(
            [...entityRefs].map(entityRef => [
              entityRef,
              entityRef === AUTH && userRef !== 'user:default/stranger'
                ? { entitled: true, entitledBy: 'owner' }
                : { entitled: false, because: 'no owner' },
            ]),
          ),
        approversOfEach: async entityRefs =>
          [...entityRefs].flatMap(entityRef =>
            [REQUESTER, SECOND_ACCOUNT, OWNER].map(userRef => ({
              entityRef,
              userRef,
              displayName: userRef,
              entitledBy: 'owner',
            })),
          ),
        accountsOf: async userRef =>
          [REQUESTER, SECOND_ACCOUNT].includes(userRef)
            ? [REQUESTER, SECOND_ACCOUNT]
            : [userRef],
        sameAs: async () => [],
      },
      binder: { bind: bound },
      parameters: {
        sealed: (_runId, values) => [
          {
            name: 'parameters',
            ciphertext: Buffer.from(`sealed ${Object.keys(values)}`),
          },
        ],
      },
      box: Object.assign(new SecretBox(Buffer.alloc(32, 7)), {
        keyedDigest: (text: string, context: string) =>
          `keyed ${text} ${context}`,
      }),
      hidden: {
        recording: async runId => {
          const { hide } = hiding([`s3cret-of-${runId.slice(0, 4)}`]);
          return events => events.map(event => hideInEvent(event, hide));
        },
      },
      policy: { approvalExpiresAfterMs: 60_000 },
      ledgers: {
        read: async () => {
          throw new Error('not read here');
        },
      },
      mayStart,
    });

  beforeEach(() => {
    runs = new MemoryRuns();
    created = [];
    known = [];
    asked = [];
    listed = [];
    listedPage = { runs: [] };
    bound = jest.fn(
      async (_run, step): Promise<BoundStep> => boundAsPlanned(step),
    );
    service = serviceWith({ allowed: true });
  });

  const begin = async (...events: RunEvent[]) => {
    await runs.create(
      { runId: RUN_ID, events: startedBy(REQUESTER), secrets: [] },
      new Date(),
    );
    await runs.change(RUN_ID, new Date(), () => events);
  };

  it('starts no run where none may start, and says why; what was started before is told again', async () => {
    const again = { ...REQUEST, idempotencyKey: 'k1' };
    const first = await service.start(again, as(REQUESTER));
    const sealedOff = serviceWith({ allowed: false, because: 'no key' });
    await expect(sealedOff.start(REQUEST, as(REQUESTER))).rejects.toMatchObject(
      { name: 'ServiceUnavailableError', message: 'no key' },
    );
    expect(created).toHaveLength(1);
    expect((await sealedOff.start(again, as(REQUESTER))).id).toBe(first.id);
  });

  it('starts a run together with its secret values', async () => {
    await service.start(REQUEST, as(REQUESTER));
    expect(created).toMatchObject([
      { secrets: [{ name: 'parameters' }], events: [{ by: REQUESTER }] },
    ]);
    expect(created[0]).not.toHaveProperty('key');
  });

  it('starts nothing for a key that was used, and keeps of the values a keyed digest only', async () => {
    const again = { ...REQUEST, idempotencyKey: 'k1' };
    const first = await service.start(again, as(REQUESTER));
    expect(created[0].key).toMatchObject({ userRef: REQUESTER, key: 'k1' });
    expect(created[0].key?.requestDigest).toMatch(/^keyed /);
    expect((await service.start(again, as(REQUESTER))).id).toBe(first.id);
    expect(created).toHaveLength(1);
    const { planDigest: _other, ...rest } = again;
    await service.start({ ...rest, planDigest: 'x' }, as(REQUESTER));
    expect(known[2].requestDigest).not.toBe(known[0].requestDigest);
  });

  it('lists the runs of entities that somebody may read, of gone ones their own, and looks at no others', async () => {
    const ofShop: ReadingHistory = async () => ({
      all: [SHOP],
      own: [AUTH],
      gone: new Set([AUTH]),
    });
    const list = async (query: ListRunsQuery) => {
      listed.length = 0;
      await service.list({ ...query, limit: 7 }, REQUESTER, ofShop);
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
    const page = await service.list({ limit: 1 }, REQUESTER, ALL_HISTORY);
    expect(page.runs).toEqual([shown]);
    const told = Buffer.from(page.nextCursor!, 'base64url').toString('latin1');
    expect(told).not.toContain(RUN_ID);
    expect(told).not.toContain('2026');
    expect(page.nextCursor!.length).toBeLessThan(200);
    listed.length = 0;
    listedPage = { runs: [] };
    await service.list({ cursor: page.nextCursor }, REQUESTER, ALL_HISTORY);
    expect(listed).toMatchObject([{ cursor }]);
    for (const [given, by] of [
      [page.nextCursor, OWNER],
      [cursor, REQUESTER],
    ]) {
      await expect(
        service.list({ cursor: given }, by!, ALL_HISTORY),
      ).rejects.toThrow('is not a cursor');
    }
  });

  it('lays out no workspace for somebody who may not drive the run', async () => {
    await begin();
    await expect(
      service.command(
        RUN_ID,
        { kind: 'run-step', stepId: READ_STEP.id },
        as('user:default/stranger'),
        ALL,
      ),
    ).rejects.toMatchObject({ name: 'NotAllowedError' });
    expect(bound).not.toHaveBeenCalled();
  });

  it('decides by what the step would get now, not by what was planned', async () => {
    await begin();
    const { binding } = boundAsPlanned(READ_STEP);
    bound.mockResolvedValue({
      binding: {
        ...binding,
        requires: {
          kind: 'approval',
          because: 'runs a script that was changed',
          approvedBy: [AUTH],
        },
      },
      differences: [],
    } satisfies BoundStep);
    await expect(
      service.command(
        RUN_ID,
        { kind: 'run-step', stepId: READ_STEP.id },
        as(REQUESTER),
        ALL,
      ),
    ).rejects.toThrow('runs a script that was changed: it needs an approval');
  });

  it('is not approved with the second account of who started it', async () => {
    await begin(requested(CHANGE_STEP.id));
    await expect(
      service.command(
        RUN_ID,
        {
          kind: 'approve',
          stepId: CHANGE_STEP.id,
          digest: CHANGE_STEP.digest,
        },
        as(SECOND_ACCOUNT),
        ALL,
      ),
    ).rejects.toThrow('A change needs a second person');
  });

  it('records no secret value of the run that somebody types into a reason', async () => {
    await begin();
    const run = await service.command(
      RUN_ID,
      {
        kind: 'skip',
        stepId: READ_STEP.id,
        reason: 'the password is s3cret-of-0b9f now',
      },
      as(REQUESTER),
      ALL,
    );
    expect(run.steps[READ_STEP.id]).toMatchObject({
      reason: 'the password is [redacted] now',
    });
  });

  it('lists approvals by the entities of the person and leaves out what any account of theirs asked for', async () => {
    await begin(requested(CHANGE_STEP.id));
    expect(
      await service.approvalsFor(as(SECOND_ACCOUNT), {
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
      await service.approvalsFor(as(OWNER), { approvable: ALL, visible: NONE }),
    ).toEqual([]);
    expect(
      await service.approvalsFor(as(OWNER), { approvable: NONE, visible: ALL }),
    ).toEqual([]);
    expect(asked).toHaveLength(1);
  });
});
