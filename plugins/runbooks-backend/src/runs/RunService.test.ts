import { mockCredentials } from '@backstage/backend-test-utils';
import {
  boundAsPlanned,
  type BoundStep,
  type RunEvent,
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
import { RunService } from './RunService';
import type { NewRun, StartKey, WaitingQuery } from './RunStore';

const AUTH = 'component:default/auth-service';
const SHOP = 'component:default/shop';
const SECOND_ACCOUNT = 'user:default/maya-admin';
const ALL: Selecting = async refs => new Set(refs);
const NONE: Selecting = async () => new Set();
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
  let bound: jest.Mock;
  let service: RunService;

  beforeEach(() => {
    runs = new MemoryRuns();
    created = [];
    known = [];
    asked = [];
    bound = jest.fn(
      async (_run, step): Promise<BoundStep> => boundAsPlanned(step),
    );
    service = new RunService({
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
        list: async () => ({ runs: [] }),
        waitingEntities: async () => [AUTH, SHOP],
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
      box: { keyedDigest: (text, context) => `keyed ${text} ${context}` },
      policy: { approvalExpiresAfterMs: 60_000 },
    });
  });

  const begin = async (...events: RunEvent[]) => {
    await runs.create(
      { runId: RUN_ID, events: startedBy(REQUESTER), secrets: [] },
      new Date(),
    );
    await runs.change(RUN_ID, new Date(), () => events);
  };

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
    expect(asked).toHaveLength(2);
  });
});
