import { missingPermissionWords } from './missingPermissionWords';
import { runbooksPermissions, runCreatePermission } from './permissions';

const TILL = 'component:default/till';

describe('what a person reads where a permission is missing', () => {
  it('says who runs a procedure', () => {
    expect(
      missingPermissionWords({
        permission: runCreatePermission,
        entityRef: TILL,
        owners: ['group:default/shop', 'user:default/ada'],
      }),
    ).toBe(
      'You may read this procedure; its owners run it: group:default/shop, user:default/ada',
    );
  });

  it('counts owners beyond the third', () => {
    expect(
      missingPermissionWords({
        permission: runCreatePermission,
        entityRef: TILL,
        owners: ['a', 'b', 'c', 'd', 'e'].map(name => `group:default/${name}`),
      }),
    ).toMatch(/group:default\/c, 2 more$/);
  });

  it.each(runbooksPermissions.map(({ name }) => name))(
    'never says the name %s, with and without an entity and owners',
    name => {
      for (const missing of [
        {},
        { entityRef: TILL },
        { entityRef: TILL, owners: ['group:default/shop'] },
      ]) {
        const words = missingPermissionWords({
          permission: { name },
          ...missing,
        });
        expect(words).toMatch(/^You may /);
        expect(words).not.toContain(name);
      }
    },
  );

  it('says the name of a permission that it does not know, because nothing else tells which it is', () => {
    expect(
      missingPermissionWords({
        permission: { name: 'shop.till.open' },
        entityRef: TILL,
      }),
    ).toBe(`You do not have the permission 'shop.till.open' for ${TILL}`);
  });
});
