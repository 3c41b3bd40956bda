import { mockCredentials, mockServices } from '@backstage/backend-test-utils';
import { catalogServiceMock } from '@backstage/plugin-catalog-node/testUtils';
import {
  AuthorizeResult,
  type AuthorizePermissionRequest,
} from '@backstage/plugin-permission-common';
import type { Run } from '@backstage-runbooks/plugin-runbooks-common';
import { Access } from '../http/access';
import { LockedError } from './LockedError';
import { RunAccess } from './RunAccess';

const SHOP = 'component:default/shop';
const BILLING = 'component:default/billing';
const BEN = mockCredentials.user('user:default/ben');

const OWN = mockCredentials.service();

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

describe('what a person may do with a run of another team', () => {
  /** The policy allows these permissions, as `name entity`. */
  function runAccess(
    allowed: string[],
    seen = ['shop', 'billing'],
    catalog = new Set([SHOP, BILLING]),
  ) {
    const permissions = mockServices.permissions.mock({
      authorize: async requests =>
        (requests as AuthorizePermissionRequest[]).map(
          ({ permission, resourceRef }) => ({
            result: allowed.includes(`${permission.name} ${resourceRef}`)
              ? AuthorizeResult.ALLOW
              : AuthorizeResult.DENY,
          }),
        ),
    });
    const entities = seen.map(name => ({
      apiVersion: 'backstage.io/v1alpha1',
      kind: 'Component',
      metadata: { name, namespace: 'default' },
    }));
    const seenBy = catalogServiceMock({ entities });
    const getSeen = seenBy.getEntityByRef.bind(seenBy);
    return new RunAccess({
      access: new Access({
        httpAuth: mockServices.httpAuth(),
        permissions,
        catalog: Object.assign(seenBy, {
          // The plugin itself sees what people may not; what is in neither is gone.
          getEntityByRef: async (
            ref: string,
            options: { credentials: unknown },
          ) =>
            options.credentials === OWN
              ? [...catalog].filter(one => one === ref).map(entityOf)[0]
              : getSeen(ref, { credentials: BEN }),
        }),
        own: async () => OWN,
        hasPolicy: true,
      }),
      store: { get: async () => RUN },
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
    ).rejects.toThrow(`'runbooks.run.create' for ${SHOP}`);
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
    ).rejects.toThrow(`'runbooks.run.create' for ${SHOP}`);
    await expect(
      may.checkCommand(
        BEN,
        { ...interrupted, steps: {} },
        { kind: 'cancel', reason: 'gone' },
      ),
    ).rejects.toThrow(`'runbooks.run.create' for ${SHOP}`);
  });

  it('an expired sign-in reads nothing', async () => {
    const may = runAccess([`runbooks.run.read ${SHOP}`]);
    const expired = { ...BEN, expiresAt: new Date(Date.now() - 1) };
    await expect(may.readable('run-1', expired)).rejects.toMatchObject({
      name: 'AuthenticationError',
    });
  });
});
