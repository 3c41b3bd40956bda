import { mockCredentials } from '@backstage/backend-test-utils';
import {
  boundAsPlanned,
  type BoundStep,
  type Hold,
  type Permitted,
  type Preview,
  type RunCommandRequest,
  type RunEvent,
  type StartRunRequest,
} from '@backstage-runbooks/plugin-runbooks-common';
import type { Selecting } from '../http/access';
import { MemoryRuns } from '../testing/MemoryRuns';
import { OWNERSHIP, SECOND_ACCOUNT } from '../testing/ownership';
import {
  OWNER,
  CHANGE_STEP,
  planOf,
  READ_STEP,
  REQUESTER,
  queued,
  requested,
  resultOf,
  started,
  startedBy,
} from '../testing/runs';
import { SecretBox } from '../workspaces/SecretBox';
import { hideInEvent, hiding } from './hideIn';
import { RunService, type ViewerPermissions } from './RunService';
import type { NewRun, StartKey } from './RunStore';

const AUTH = 'component:default/auth-service';
const ALL: Selecting = async refs => new Set(refs);
const RUN_ID = '0b9f7f0e-0000-4000-8000-000000000001';
const REQUEST: StartRunRequest = {
  entityRef: AUTH,
  runbookId: 'operations',
  procedureId: 'scale',
  parameters: { PASSWORD: 'hunter2' },
  planDigest: planOf().digest,
};

const EVERYTHING: ViewerPermissions = {
  mayDrive: { allowed: true },
  mayApprove: { allowed: true },
  mayLetGo: { allowed: true },
};
const STOP: Hold = {
  kind: 'stop',
  name: 'All changes are stopped',
  because: 'a fire',
  by: 'user:default/lea',
  since: '2026-11-30T10:00:00.000Z',
};

const PREVIEW: Preview = {
  outcome: 'changes',
  objects: [
    {
      change: 'change',
      object: {
        kind: 'Deployment',
        group: 'apps',
        namespace: 'fintech-services',
        name: 'auth-service',
      },
      headline: '2 → 4 replicas',
      fields: [{ path: 'spec.replicas', before: '2', after: '4' }],
    },
  ],
  notes: [],
  digest: 'd'.repeat(64),
};

describe('what people do with a run', () => {
  const as = (userRef: string) => mockCredentials.user(userRef);
  let runs: MemoryRuns;
  let created: NewRun[];
  let known: StartKey[];
  let bound: jest.Mock;
  let previewed: jest.Mock;
  let service: RunService;
  let databaseTime: Date;
  let holds: Hold[];

  const serviceWith = (mayStart: Permitted) =>
    new RunService({
      runs: {
        get: runId => runs.get(runId),
        vouched: runId => runs.vouched(runId),
        change: (...given) => runs.change(...given),
        create: (newRun, at) => {
          created.push(newRun);
          return runs.create(newRun, at);
        },
        startedWith: async key => {
          known.push(key);
          return created.length > 0 ? runs.get(created[0].runId) : undefined;
        },
        retryOf: async () => undefined,
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
      ownership: OWNERSHIP,
      binder: { bind: bound, files: jest.fn() },
      previews: { of: previewed },
      holds: { on: async () => holds },
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
      clock: { now: async () => databaseTime },
    });

  beforeEach(() => {
    databaseTime = new Date();
    holds = [];
    runs = new MemoryRuns();
    created = [];
    known = [];
    bound = jest.fn(
      async (_run, step): Promise<BoundStep> => boundAsPlanned(step),
    );
    previewed = jest.fn(async () => PREVIEW);
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

  it('starts, asks for and approves no change while changes are held, and shows why; reads go on', async () => {
    await begin(requested(CHANGE_STEP.id));
    holds = [STOP];
    const does = (command: RunCommandRequest, by: string) =>
      service.command(RUN_ID, command, as(by), ALL);
    const approve: RunCommandRequest = {
      kind: 'approve',
      stepId: CHANGE_STEP.id,
      digest: CHANGE_STEP.digest,
    };
    await expect(does(approve, OWNER)).rejects.toMatchObject({
      name: 'ConflictError',
      message: expect.stringContaining('user:default/lea: a fire'),
    });
    const view = await service.view(RUN_ID, as(OWNER), EVERYTHING);
    expect(view.holds).toEqual([STOP]);
    expect(
      view.viewer.steps[CHANGE_STEP.id].find(({ kind }) => kind === 'approve'),
    ).toMatchObject({ permitted: { allowed: false } });
    await does({ kind: 'run-step', stepId: READ_STEP.id }, REQUESTER);
    holds = [];
    expect((await service.view(RUN_ID, as(OWNER), EVERYTHING)).holds).toBe(
      undefined,
    );
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

  describe('shows what a change would do', () => {
    const ask = (by = REQUESTER) =>
      service.command(
        RUN_ID,
        { kind: 'request-approval', stepId: CHANGE_STEP.id },
        as(by),
        ALL,
      );

    it('to whoever approves it, and binds the approval to that', async () => {
      await begin();
      const { steps } = await ask();
      const state = steps[CHANGE_STEP.id];
      if (state.status !== 'waiting-approval') throw new Error(state.status);
      expect(state.request.preview).toEqual(PREVIEW);
      expect(state.request.digest).not.toBe(state.request.binding.digest);
      const approve = (digest: string) =>
        service.command(
          RUN_ID,
          { kind: 'approve', stepId: CHANGE_STEP.id, digest },
          as(OWNER),
          ALL,
        );
      await expect(approve(state.request.binding.digest)).rejects.toThrow(
        'is not what you saw',
      );
      const { steps: after } = await approve(state.request.digest);
      expect(after[CHANGE_STEP.id].status).toBe('queued');
    });

    it('not where the request is refused: nothing is run for it', async () => {
      await begin();
      await expect(ask('user:default/stranger')).rejects.toMatchObject({
        name: 'NotAllowedError',
      });
      const { binding } = boundAsPlanned(CHANGE_STEP);
      bound.mockResolvedValue({
        binding: {
          ...binding,
          requires: {
            kind: 'approval-and-confirmation',
            because: 'deletes',
            typed: 'auth-service',
            approvedBy: [AUTH],
          },
        },
        differences: [],
      } satisfies BoundStep);
      await expect(ask()).rejects.toThrow('type "auth-service"');
      expect(previewed).not.toHaveBeenCalled();
    });

    it('to whoever may ask for it before they do, without asking for anything', async () => {
      await begin();
      const run = await runs.get(RUN_ID);
      const preview = (by: string) =>
        service.preview(run, CHANGE_STEP.id, as(by));
      expect(await preview(REQUESTER)).toEqual(PREVIEW);
      expect((await runs.get(RUN_ID)).eventCount).toBe(run.eventCount);
      await expect(preview('user:default/stranger')).rejects.toMatchObject({
        name: 'NotAllowedError',
      });
      expect(previewed).toHaveBeenCalledTimes(1);
    });
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

  it('names who could approve for every entity that a step will need, before it is asked for, and nobody after the end', async () => {
    const other = 'component:default/user-service';
    const shared = planOf({
      steps: [
        READ_STEP,
        {
          ...CHANGE_STEP,
          requires: {
            kind: 'approval',
            because: 'deletes everything there',
            approvedBy: [AUTH, other],
          },
        },
      ],
    });
    const everything: ViewerPermissions = {
      mayDrive: { allowed: true },
      mayApprove: { allowed: true },
      mayLetGo: { allowed: true },
    };
    const namedFor = async () =>
      (await service.view(RUN_ID, as(REQUESTER), everything)).approvers.map(
        ({ entityRef, userRef }) => [entityRef, userRef],
      );
    await runs.create(
      { runId: RUN_ID, events: startedBy(REQUESTER, shared), secrets: [] },
      new Date(),
    );
    expect(await namedFor()).toEqual([
      [AUTH, OWNER],
      [other, OWNER],
    ]);
    await runs.change(RUN_ID, new Date(), () => [
      { kind: 'run-finished', by: REQUESTER, outcome: 'cancelled' },
    ]);
    expect(await namedFor()).toEqual([]);
  });

  it('lets a request expire by the clock of the database, whatever the clock of this machine says', async () => {
    await begin(
      requested(CHANGE_STEP.id, new Date('2020-01-01T00:00:00.000Z')),
    );
    const approve = () =>
      service.command(
        RUN_ID,
        {
          kind: 'approve',
          stepId: CHANGE_STEP.id,
          digest: CHANGE_STEP.digest,
        },
        as(OWNER),
        ALL,
      );
    databaseTime = new Date('2020-01-01T00:00:00.000Z');
    await expect(approve()).rejects.toThrow('The request expired');
    databaseTime = new Date('2019-12-31T23:59:59.999Z');
    expect((await approve()).steps[CHANGE_STEP.id].status).toBe('queued');
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

  it('has output of the attempts that were made, and says of any other what is there', async () => {
    await begin(queued(READ_STEP.id), started(READ_STEP.id));
    const ask = (stepId: string, attempt: number, offset = 0) =>
      service.output({ runId: RUN_ID, stepId, attempt }, offset);
    await expect(ask(READ_STEP.id, 1)).resolves.toMatchObject({ text: '' });
    await expect(ask('none', 1)).rejects.toThrow(
      `step: this run has no step 'none'; expected one of '${READ_STEP.id}'`,
    );
    await expect(ask('__proto__', 1)).rejects.toThrow('has no step');
    await expect(ask(READ_STEP.id, 2)).rejects.toThrow(
      `attempt: step '${READ_STEP.id}' has no attempt 2; expected 1 to 1`,
    );
    await expect(ask(CHANGE_STEP.id, 1)).rejects.toThrow('and none was');
    await runs.change(RUN_ID, new Date(), () => [
      {
        kind: 'step-finished',
        stepId: READ_STEP.id,
        attempt: 1,
        result: resultOf(),
      },
    ]);
    await expect(ask(READ_STEP.id, 1, 1e6)).rejects.toThrow(
      'offset: is 1000000; expected at most 0',
    );
  });
});
