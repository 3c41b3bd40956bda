import type { Entity } from '@backstage/catalog-model';
import { mockCredentials, mockServices } from '@backstage/backend-test-utils';
import { catalogServiceMock } from '@backstage/plugin-catalog-node/testUtils';
import {
  AuthorizeResult,
  type PolicyDecision,
} from '@backstage/plugin-permission-common';
import {
  healthReadPermission,
  runCreatePermission,
  runReadPermission,
} from '@backstage-runbooks/plugin-runbooks-common';
import { Access } from './access';

const REFS = Array.from({ length: 950 }, (_, n) => `component:default/c${n}`);
const EVEN = REFS.filter((_, n) => n % 2 === 0);
const CONDITIONAL: PolicyDecision = {
  result: AuthorizeResult.CONDITIONAL,
  pluginId: 'catalog',
  resourceType: 'catalog-entity',
  conditions: { rule: 'IS_ENTITY_OWNER', resourceType: 'catalog-entity' },
};

describe('the entities of many that somebody may read', () => {
  let policy: PolicyDecision;
  let asked: number;
  let underWay: number;
  let mostUnderWay: number;

  const selecting = () => {
    const catalog = catalogServiceMock({
      entities: REFS.slice(0, 900).map(ref => ({
        apiVersion: 'backstage.io/v1alpha1',
        kind: 'Component',
        metadata: { name: ref.split('/')[1], namespace: 'default' },
      })),
    });
    const access = new Access({
      httpAuth: mockServices.httpAuth(),
      permissions: mockServices.permissions.mock({
        authorizeConditional: async requests => requests.map(() => policy),
        authorize: async requests => {
          asked += requests.length;
          underWay += 1;
          mostUnderWay = Math.max(mostUnderWay, underWay);
          await new Promise(resolve => setTimeout(resolve, 5));
          underWay -= 1;
          return requests.map(request => ({
            result: EVEN.includes(
              (request as { resourceRef: string }).resourceRef,
            )
              ? AuthorizeResult.ALLOW
              : AuthorizeResult.DENY,
          }));
        },
      }),
      catalog,
      hasPolicy: true,
    });
    return access.selecting(mockCredentials.user(), runReadPermission);
  };

  beforeEach(() => {
    policy = CONDITIONAL;
    asked = 0;
    underWay = 0;
    mostUnderWay = 0;
  });

  it('are those that they may see and have the permission for, a few questions at a time', async () => {
    expect(await selecting()(REFS)).toEqual(new Set(EVEN.slice(0, 450)));
    expect(asked).toBe(900);
    expect(mostUnderWay).toBeLessThanOrEqual(4);
  });

  it('are those that they may see where the policy gives the permission for all, and it is asked once', async () => {
    policy = { result: AuthorizeResult.ALLOW };
    expect(await selecting()(REFS)).toEqual(new Set(REFS.slice(0, 900)));
    expect(asked).toBe(0);
  });

  it('are none where the policy gives the permission for none', async () => {
    policy = { result: AuthorizeResult.DENY };
    expect(await selecting()(REFS)).toEqual(new Set());
    expect(asked).toBe(0);
  });

  it('are asked for once in one request', async () => {
    const select = selecting();
    await select(REFS);
    await select(REFS.slice(0, 10));
    expect(asked).toBe(900);
  });
});

describe('what somebody is told who lacks a permission', () => {
  const TILL = 'component:default/till';
  const accessOf = (entities: Entity[]) =>
    new Access({
      httpAuth: mockServices.httpAuth(),
      permissions: mockServices.permissions.mock({
        authorize: async requests =>
          requests.map(() => ({ result: AuthorizeResult.DENY })),
      }),
      catalog: catalogServiceMock({ entities }),
      hasPolicy: true,
    });
  const till: Entity = {
    apiVersion: 'backstage.io/v1alpha1',
    kind: 'Component',
    metadata: { name: 'till', namespace: 'default' },
    relations: [{ type: 'ownedBy', targetRef: 'group:default/shop' }],
  };

  it('is who runs it, and never the name of the permission', async () => {
    const [answer] = await accessOf([till]).permitted(
      mockCredentials.user(),
      TILL,
      runCreatePermission,
    );
    expect(answer).toEqual({
      allowed: false,
      because:
        'You may read this procedure; its owners run it: group:default/shop',
    });
  });

  it('names no owners of an entity that they may not see', async () => {
    const [answer] = await accessOf([]).permitted(
      mockCredentials.user(),
      TILL,
      runReadPermission,
    );
    expect(answer).toEqual({
      allowed: false,
      because: `You may not see runs of ${TILL}`,
    });
  });

  it('refuses with the same words', async () => {
    await expect(
      accessOf([till]).entity(
        mockCredentials.user(),
        TILL,
        healthReadPermission,
      ),
    ).rejects.toThrow(
      `You may not see the health of ${TILL}; ask its owners: group:default/shop`,
    );
  });
});
