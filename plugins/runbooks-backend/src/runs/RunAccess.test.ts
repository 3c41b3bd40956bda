import { mockCredentials, mockServices } from '@backstage/backend-test-utils';
import { catalogServiceMock } from '@backstage/plugin-catalog-node/testUtils';
import {
  AuthorizeResult,
  type AuthorizePermissionRequest,
} from '@backstage/plugin-permission-common';
import type {
  Run,
  RunSummary,
} from '@backstage-runbooks/plugin-runbooks-common';
import { Access } from '../http/access';
import { LockedError } from './LockedError';
import { RunAccess } from './RunAccess';

const SHOP = 'component:default/shop';
const BILLING = 'component:default/billing';
const BEN = mockCredentials.user('user:default/ben');

const OWN = mockCredentials.service();
const AUDITOR = [
  'runbooks.run.read component:default/other',
  'runbooks.evidence.export',
];

function entityOf(ref: string) {
  return {
    apiVersion: 'backstage.io/v1alpha1',
    kind: 'Component',
    metadata: { name: ref.split('/')[1], namespace: 'default' },
  };
}

const RUN = {
  id: 'run-1',
  plan: {
    entityRef: SHOP,
    steps: [
      {
        id: 'stop',
        requires: {
          kind: 'approval',
          because: '',
          approvedBy: [SHOP, BILLING],
        },
      },
    ],
  },
  status: { kind: 'open' },
  steps: {},
} as unknown as Run;

const GONE = 'component:default/gone';
const HIDDEN = 'component:default/hidden';
const NEVER = 'component:default/never';

const LINES = [
  line('of-shop', SHOP, 'user:default/maya'),
  line('of-hidden', HIDDEN, 'user:default/maya'),
  line('own-of-hidden', HIDDEN, 'user:default/ben'),
  line('of-gone', GONE, 'user:default/maya'),
  line('own-of-gone', GONE, 'user:default/ben'),
];

describe('what a person may do with a run of another team', () => {
  /** The policy allows these permissions, as `name entity`. */
  function runAccess(
    allowed: string[],
    seen = ['shop', 'billing'],
    catalog = new Set([SHOP, BILLING]),
    run = RUN,
  ) {
    const resultOf = (isAllowed: boolean) => ({
      result: isAllowed ? AuthorizeResult.ALLOW : AuthorizeResult.DENY,
    });
    const permissions = mockServices.permissions.mock({
      authorize: async requests =>
        (requests as AuthorizePermissionRequest[]).map(
          ({ permission, resourceRef }) =>
            resultOf(
              allowed.includes(
                resourceRef === undefined
                  ? permission.name
                  : `${permission.name} ${resourceRef}`,
              ),
            ),
        ),
      // A policy answers for no entity what it would say of some.
      authorizeConditional: async requests =>
        requests.map(({ permission }) =>
          resultOf(allowed.some(one => one.startsWith(permission.name))),
        ),
    });
    const entities = seen.map(name => ({
      apiVersion: 'backstage.io/v1alpha1',
      kind: 'Component',
      metadata: { name, namespace: 'default' },
    }));
    const seenBy = catalogServiceMock({ entities });
    const getSeen = seenBy.getEntitiesByRefs.bind(seenBy);
    return new RunAccess({
      access: new Access({
        httpAuth: mockServices.httpAuth(),
        permissions,
        catalog: Object.assign(seenBy, {
          // The plugin itself sees what people may not; what is in neither is gone.
          getEntitiesByRefs: async (
            request: { entityRefs: string[] },
            options: { credentials: unknown },
          ) =>
            options.credentials === OWN
              ? {
                  items: request.entityRefs.map(ref =>
                    catalog.has(ref) ? entityOf(ref) : undefined,
                  ),
                }
              : getSeen(request, { credentials: BEN }),
        }),
        own: async () => OWN,
        hasPolicy: true,
      }),
      store: {
        get: async () => run,
        list: async ({ entityRefs }) => ({
          runs: LINES.filter(one => entityRefs.includes(one.entityRef)),
        }),
      },
    });
  }

  it('owners of what a step writes may read and approve it, and not drive the run', async () => {
    const may = runAccess([
      `runbooks.run.read ${BILLING}`,
      `runbooks.step.approve ${BILLING}`,
    ]);
    await expect(may.readable('run-1', BEN)).resolves.toBe(RUN);
    await expect(
      may.checkCommand(BEN, RUN, {
        kind: 'approve',
        stepId: 'stop',
        digest: '',
      }),
    ).resolves.toBeUndefined();
    await expect(
      may.checkCommand(BEN, RUN, { kind: 'run-step', stepId: 'stop' }),
    ).rejects.toThrow('You may read this procedure; its owners run it');
    await expect(may.permissions(BEN, RUN)).resolves.toMatchObject({
      mayDrive: { allowed: false },
      mayApprove: { allowed: true },
    });
  });

  it('whoever has it for an entity that the run does not concern may not', async () => {
    const may = runAccess(['runbooks.run.read component:default/other']);
    await expect(may.readable('run-1', BEN)).rejects.toMatchObject({
      name: 'NotAllowedError',
    });
  });

  it('a run of a hidden entity answers like none, whatever else is permitted', async () => {
    const may = runAccess([`runbooks.run.read ${BILLING}`], ['billing']);
    await expect(may.readable('run-1', BEN)).rejects.toMatchObject({
      name: 'NotFoundError',
      message: "There is no run 'run-1'",
    });
  });

  it('what is in the way of a change is named to who may read that run only', async () => {
    const locked = new LockedError('deployments.apps web', {
      runId: 'run-1',
      procedureTitle: 'Scaling a service',
    });
    const seen = runAccess([`runbooks.run.read ${BILLING}`]);
    expect(await seen.named(locked, BEN)).toMatchObject({
      name: 'ConflictError',
      message: expect.stringMatching(/^"Scaling a service" .*runs\/run-1$/),
    });
    for (const may of [
      runAccess([`runbooks.run.read ${BILLING}`], ['billing']),
      runAccess([]),
    ]) {
      const told = (await may.named(locked, BEN)) as Error;
      expect(told.name).toBe('ConflictError');
      expect(JSON.stringify([told, told.message])).not.toMatch(/Scaling|run-1/);
    }
  });

  it('a run of an entity that is gone is read by those who may read runs of another that it concerns', async () => {
    const gone = new Set([BILLING]);
    const may = runAccess([`runbooks.run.read ${BILLING}`], ['billing'], gone);
    await expect(may.readable('run-1', BEN)).resolves.toBe(RUN);
    const others = runAccess(
      [`runbooks.run.read component:default/other`],
      ['billing'],
      gone,
    );
    await expect(others.readable('run-1', BEN)).rejects.toMatchObject({
      name: 'NotFoundError',
    });
  });

  it('a run of an entity that is gone is read by who started it, while they may read runs at all', async () => {
    const own = { ...RUN, requestedBy: 'user:default/ben' } as Run;
    const read = (allowed: string[], catalog: Set<string>) =>
      runAccess(allowed, [], catalog, own).readable('run-1', BEN);
    const anywhere = ['runbooks.run.read component:default/other'];
    await expect(read(anywhere, new Set())).resolves.toBe(own);
    await expect(read([], new Set())).rejects.toThrow('There is no run');
    // Hidden from them by now, and not gone.
    await expect(read(anywhere, new Set([SHOP]))).rejects.toThrow(
      'There is no run',
    );
  });

  it('a run of an entity that is gone is read by who may export all evidence and read runs', async () => {
    const read = (allowed: string[], catalog = new Set<string>()) =>
      runAccess(allowed, [], catalog).readable('run-1', BEN);
    await expect(read(AUDITOR)).resolves.toBe(RUN);
    await expect(read(['runbooks.evidence.export'])).rejects.toThrow(
      'There is no run',
    );
    await expect(read(AUDITOR, new Set([SHOP]))).rejects.toThrow(
      'There is no run',
    );
  });

  it('history has, of entities that are gone, the runs that one started, and all for auditors; none of hidden ones', async () => {
    const catalog = new Set([SHOP, HIDDEN]);
    const history = async (allowed: string[]) => {
      const may = runAccess(allowed, ['shop'], catalog);
      return may.history(BEN)([SHOP, HIDDEN, GONE]);
    };
    const ofShop = [`runbooks.run.read ${SHOP}`];
    const gone = new Set([GONE]);
    expect(await history(ofShop)).toEqual({ all: [SHOP], own: [GONE], gone });
    expect(await history([...ofShop, ...AUDITOR])).toEqual({
      all: [SHOP, GONE],
      own: [],
      gone,
    });
  });

  it('history of one entity answers the same for a hidden one and for none, whoever asks', async () => {
    const catalog = new Set([SHOP, HIDDEN]);
    const answer = async (allowed: string[], entityRef: string) =>
      runAccess(allowed, ['shop'], catalog)
        .checkHistoryOf(entityRef, BEN)
        .then(
          () => 'its runs',
          error => String(error).replace(entityRef, 'it'),
        );
    for (const allowed of [[`runbooks.run.read ${SHOP}`], AUDITOR]) {
      const hidden = await answer(allowed, HIDDEN);
      expect(hidden).toBe("NotFoundError: There is no entity 'it'");
      expect(await answer(allowed, NEVER)).toBe(hidden);
    }
    expect(await answer([`runbooks.run.read ${SHOP}`], GONE)).toContain(
      'There is no entity',
    );
    expect(await answer(AUDITOR, GONE)).toBe('its runs');
  });

  it('a step waits for approvers also where the entity of its run is gone, and not where it is hidden', async () => {
    const may = runAccess([], ['shop'], new Set([SHOP, HIDDEN]));
    expect(await may.seenOrGone(BEN)([SHOP, HIDDEN, GONE])).toEqual(
      new Set([SHOP, GONE]),
    );
  });

  it('owners of what a step keeps locked may let it go, and nothing else', async () => {
    const may = runAccess([`runbooks.run.create ${BILLING}`]);
    const interrupted = {
      ...RUN,
      steps: {
        stop: {
          status: 'interrupted',
          binding: {
            requires: { kind: 'approval', because: '', approvedBy: [BILLING] },
          },
        },
      },
    } as unknown as Run;
    await expect(
      may.checkCommand(BEN, interrupted, { kind: 'cancel', reason: 'gone' }),
    ).resolves.toBeUndefined();
    await expect(
      may.checkCommand(BEN, interrupted, { kind: 'run-step', stepId: 'stop' }),
    ).rejects.toThrow('You may read this procedure; its owners run it');
    await expect(
      may.checkCommand(
        BEN,
        { ...interrupted, steps: {} },
        { kind: 'cancel', reason: 'gone' },
      ),
    ).rejects.toThrow('You may read this procedure; its owners run it');
  });

  it('an expired sign-in reads nothing', async () => {
    const may = runAccess([`runbooks.run.read ${SHOP}`]);
    const expired = { ...BEN, expiresAt: new Date(Date.now() - 1) };
    await expect(may.readable('run-1', expired)).rejects.toMatchObject({
      name: 'AuthenticationError',
    });
  });
});

function line(id: string, entityRef: string, requestedBy: string): RunSummary {
  return { id, entityRef, requestedBy } as RunSummary;
}
