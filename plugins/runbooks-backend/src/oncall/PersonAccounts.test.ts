import { catalogServiceMock } from '@backstage/plugin-catalog-node/testUtils';
import type { Entity } from '@backstage/catalog-model';
import type { JsonValue } from '@backstage/types';
import {
  entityOf,
  identityCatalog,
  onCallParts,
} from './__testUtils__/identityCatalog';
import { Ownership } from './Ownership';
import { PersonAccounts } from './PersonAccounts';

const KEY = 'metadata.annotations.example.com/employee-id';

function user(name: string, email?: string, employee?: string): Entity {
  return entityOf(
    'User',
    name,
    {},
    {
      spec: { profile: email === undefined ? {} : { email } },
      ...(employee === undefined
        ? {}
        : { annotations: { 'example.com/employee-id': employee } }),
    },
  );
}

const USERS = [
  user('ana', 'ana@example.com'),
  user('ana-admin', ' Ana@Example.com '),
  user('ana-plus', 'ana+admin@example.com', '1007'),
  user('ana-ops', 'ops-ana@example.com', '1007'),
  user('wide', 'ａｎａ@example.com'),
  user('ben', 'ben@example.com', '1008'),
  user('blank', ' '),
  user('blank-too', ''),
  user('nothing'),
];

function accounts(identityKey?: string, entities = USERS) {
  const parts = onCallParts({ entities });
  return new PersonAccounts({ ...parts, identityKey });
}

describe('the accounts of one person', () => {
  // prettier-ignore
  it.each<[string, string, string | undefined, string[]]>([
    ['one address in another case, with blanks, or in wide letters', 'ana', undefined, ['ana', 'ana-admin', 'wide']],
    ['an address with a plus is another one', 'ana-plus', undefined, ['ana-plus']],
    ['one employee number at the configured key', 'ana-plus', KEY, ['ana-ops', 'ana-plus']],
    ['nothing in common', 'ben', KEY, ['ben']],
    ['an empty address is in common with nobody', 'blank', KEY, ['blank']],
    ['no address', 'nothing', KEY, ['nothing']],
  ])('%s: %s', async (_, name, key, expected) => {
    const found = await accounts(key).accountsOf(`user:default/${name}`);
    expect(found?.sort()).toEqual(
      expected.map(each => `user:default/${each}`),
    );
  });

  it('are one also by way of a third account', async () => {
    const chain = accounts(KEY, [
      user('a', 'a@example.com'),
      user('b', 'a@example.com', '1'),
      user('c', 'c@example.com', '1'),
    ]);
    await expect(chain.accountsOf('user:default/a')).resolves.toEqual([
      'user:default/a',
      'user:default/b',
      'user:default/c',
    ]);
  });

  it('are not known of somebody whom the catalog does not know', async () => {
    await expect(
      accounts().accountsOf('user:default/stranger'),
    ).resolves.toBeUndefined();
  });

  it('are read again after half a minute, and at once for somebody new', async () => {
    let now = 0;
    const users = [...USERS];
    const catalog = catalogServiceMock({ entities: USERS });
    const query = jest
      .spyOn(catalog, 'queryEntities')
      .mockImplementation(async () => ({
        items: users,
        totalItems: users.length,
        pageInfo: {},
      }));
    const found = new PersonAccounts({
      ...onCallParts({}),
      catalog,
      now: () => now,
    });
    await found.accountsOf('user:default/ana');
    now = 29_000;
    await found.accountsOf('user:default/ben');
    expect(query).toHaveBeenCalledTimes(1);
    users.push(user('new', 'ben@example.com'));
    await expect(found.accountsOf('user:default/new')).resolves.toHaveLength(2);
    expect(query).toHaveBeenCalledTimes(2);
    now = 60_000;
    await found.accountsOf('user:default/ben');
    expect(query).toHaveBeenCalledTimes(3);
  });
});

describe('an account that the catalog does not know', () => {
  it('makes all users be read at most every five seconds, however many ask', async () => {
    let now = 0;
    const catalog = catalogServiceMock({ entities: USERS });
    const query = jest.spyOn(catalog, 'queryEntities');
    const found = new PersonAccounts({
      ...onCallParts({}),
      catalog,
      now: () => now,
    });
    const askAll = () =>
      Promise.all(
        Array.from({ length: 30 }, (_, index) =>
          found.accountsOf(`user:default/stranger-${index}`),
        ),
      );
    await askAll();
    await askAll();
    expect(query).toHaveBeenCalledTimes(1);
    now = 6_000;
    await askAll();
    await askAll();
    expect(query).toHaveBeenCalledTimes(2);
  });

  it('is one with something else than texts at the configured key', async () => {
    const key = 'spec.ids';
    const withIds = (name: string, ids: JsonValue) =>
      entityOf('User', name, {}, { spec: { ids } });
    const found = accounts(key, [
      withIds('a', ['1', 2]),
      withIds('b', '2'),
      withIds('c', { id: '1' }),
      withIds('d', ['1', ['2']]),
      withIds('e', true),
    ]);
    await expect(found.accountsOf('user:default/a')).resolves.toEqual([
      'user:default/a',
      'user:default/b',
    ]);
    for (const name of ['c', 'd', 'e'])
      await expect(
        found.accountsOf(`user:default/${name}`),
      ).resolves.toBeUndefined();
  });
});

describe('four eyes', () => {
  const entities = [
    ...identityCatalog().filter(({ metadata }) => metadata.name !== 'ben'),
    user('ben', 'ana@EXAMPLE.com'),
    user('cleo-two', 'cleo@example.com'),
  ];
  const ownership = new Ownership(onCallParts({ entities }));

  it('are not the second account of the person who asks', async () => {
    // Ben is entitled, so without the comparison of addresses ana would approve her own change as ben.
    const at = new Date('2026-01-07T12:00:00Z');
    await expect(
      ownership.entitlementOf('user:default/ben', 'component:default/auth', at),
    ).resolves.toMatchObject({ entitled: true });
    await expect(
      ownership.sameAs('user:default/ben', ['user:default/ana']),
    ).resolves.toEqual(['user:default/ana']);
    await expect(
      ownership.sameAs('user:default/ben', ['user:default/cleo']),
    ).resolves.toEqual([]);
  });

  it('are not an account whose owner nobody knows', async () => {
    await expect(
      ownership.sameAs('user:default/ana', ['user:default/stranger']),
    ).resolves.toEqual(['user:default/stranger']);
    await expect(
      ownership.entitlementOf(
        'user:default/stranger',
        'component:default/auth',
        new Date(),
      ),
    ).resolves.toMatchObject({ entitled: false });
  });

  it('are asked for each entity, with those who can cover it', async () => {
    const at = new Date('2026-01-07T12:00:00Z');
    const approvers = await ownership.approversOfEach(
      [
        'component:default/auth',
        'component:default/invoices',
        'component:default/gone',
        'component:default/invoices',
      ],
      at,
    );
    expect(
      approvers.map(({ entityRef, userRef }) => `${userRef} ${entityRef}`),
    ).toEqual([
      'user:default/dan component:default/auth',
      'user:default/ana component:default/auth',
      'user:default/ben component:default/auth',
      'user:default/cleo component:default/invoices',
    ]);
    await expect(
      ownership.entitlementsOf(
        'user:default/cleo',
        ['component:default/auth', 'component:default/invoices'],
        at,
      ),
    ).resolves.toMatchObject({
      'component:default/auth': { entitled: false },
      'component:default/invoices': { entitled: true },
    });
  });
});
