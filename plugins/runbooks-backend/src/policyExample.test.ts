import {
  mockCredentials,
  mockServices,
  startTestBackend,
} from '@backstage/backend-test-utils';
import { createPermission } from '@backstage/plugin-permission-common';
import type { PermissionPolicy } from '@backstage/plugin-permission-node';
import { policyExtensionPoint } from '@backstage/plugin-permission-node/alpha';
import { runbooksPermissions } from '@backstage-runbooks/plugin-runbooks-common';
import policyExample from './policyExample';

jest.setTimeout(60_000);

const OWNER = 'user:default/maya';
const OPERATOR = 'user:default/olga';
const CLAIMS: Record<string, string[]> = {
  [OWNER]: [OWNER, 'group:default/identity'],
  [OPERATOR]: [OPERATOR, 'group:default/platform'],
};

describe('the example of a policy', () => {
  let policy: PermissionPolicy;
  beforeAll(async () => {
    const backend = await startTestBackend({
      extensionPoints: [
        [policyExtensionPoint, { setPolicy: set => (policy = set) }],
      ],
      features: [
        policyExample,
        mockServices.rootConfig.factory({
          data: {
            runbooks: {
              policyExample: { operators: ['group:default/platform'] },
            },
          },
        }),
      ],
    });
    await backend.stop();
  });

  it('lets the owners of an entity start its runs, by the rule of the catalog', async () => {
    expect(await decided(OWNER, 'runbooks.run.create')).toEqual({
      result: 'CONDITIONAL',
      pluginId: 'catalog',
      resourceType: 'catalog-entity',
      conditions: {
        rule: 'IS_ENTITY_OWNER',
        resourceType: 'catalog-entity',
        params: { claims: CLAIMS[OWNER] },
      },
    });
  });

  it.each([
    ['runbooks.runbook.read', 'ALLOW', 'ALLOW'],
    ['runbooks.health.read', 'ALLOW', 'ALLOW'],
    ['runbooks.on-call.read', 'ALLOW', 'ALLOW'],
    ['runbooks.run.read', 'ALLOW', 'ALLOW'],
    ['runbooks.run.create', 'CONDITIONAL', 'CONDITIONAL'],
    ['runbooks.step.approve', 'ALLOW', 'ALLOW'],
    ['runbooks.setup.read', 'DENY', 'ALLOW'],
    ['runbooks.evidence.export', 'DENY', 'ALLOW'],
    ['runbooks.changes.stop', 'DENY', 'ALLOW'],
  ])('%s: an owner %s, an operator %s', async (name, ofOwner, ofOperator) => {
    expect([
      (await decided(OWNER, name)).result,
      (await decided(OPERATOR, name)).result,
    ]).toEqual([ofOwner, ofOperator]);
  });

  it('lets nobody act with the credential of the kubernetes plugin', async () => {
    const permission = createPermission({
      name: 'kubernetes.proxy',
      attributes: {},
    });
    const { result } = await policy.handle({ permission }, personOf(OPERATOR));
    expect(result).toBe('DENY');
  });

  it('denies everything to somebody who is not signed in', async () => {
    const results = await Promise.all(
      runbooksPermissions.map(permission => policy.handle({ permission })),
    );
    expect(new Set(results.map(({ result }) => result))).toEqual(
      new Set(['DENY']),
    );
  });

  function decided(userRef: string, name: string) {
    const permission = runbooksPermissions.find(one => one.name === name);
    if (!permission) throw new Error(`There is no permission ${name}`);
    return policy.handle({ permission }, personOf(userRef));
  }

  function personOf(userRef: string) {
    return {
      credentials: mockCredentials.user(userRef),
      info: { userEntityRef: userRef, ownershipEntityRefs: CLAIMS[userRef] },
    } as Parameters<PermissionPolicy['handle']>[1];
  }
});
