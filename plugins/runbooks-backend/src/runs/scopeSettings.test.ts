import { ConfigReader } from '@backstage/config';
import { readScopeSettings } from './scopeSettings';

function read(scopes: unknown) {
  return readScopeSettings(new ConfigReader({ runbooks: { scopes } } as never));
}

describe('runbooks.scopes', () => {
  it('lets nobody write where it is missing', () => {
    expect(readScopeSettings(new ConfigReader({}))).toEqual({
      rules: [],
      confirmedByNamespaces: false,
      trustCatalog: false,
    });
  });

  it('reads rules with complete references and the core group', () => {
    expect(
      read({
        confirmedBy: 'namespace-annotation',
        rules: [
          {
            name: 'bank',
            entities: { systems: ['Bank'], owners: ['payments', 'user:a/b'] },
            namespaces: ['pay'],
            grants: [{ verbs: ['patch'], resource: 'nodes', names: ['*'] }],
          },
        ],
      }),
    ).toEqual({
      rules: [
        {
          name: 'bank',
          entities: {
            systems: ['system:default/bank'],
            owners: ['group:default/payments', 'user:a/b'],
          },
          namespaces: ['pay'],
          reads: 'cluster',
          grants: [
            {
              verbs: ['patch'],
              group: '',
              resource: 'nodes',
              namespace: '',
              names: ['*'],
            },
          ],
        },
      ],
      confirmedByNamespaces: true,
      trustCatalog: false,
    });
  });

  const rule = (over: object) => ({
    rules: [
      { name: 'x', entities: { tags: ['a'] }, namespaces: ['a'], ...over },
    ],
  });

  it.each([
    ['a text', /"a text" as 'runbooks.scopes'; expected an object/],
    [
      { trustCatalogue: true },
      /'runbooks.scopes.trustCatalogue'; expected nothing/,
    ],
    [
      { trustCatalog: 'yes' },
      /"yes" as 'runbooks.scopes.trustCatalog'; expected true or false/,
    ],
    [
      { confirmedBy: 'me' },
      /'runbooks.scopes.confirmedBy'; expected 'namespace-annotation'/,
    ],
    [rule({ name: '' }), /'runbooks.scopes.rules\[0\].name'; expected a text/],
    [
      rule({ entities: {} }),
      /'runbooks.scopes.rules\[0\].entities'; expected at least one of/,
    ],
    [rule({ entities: { refs: ['web'] } }), /expected references of entities/],
    [
      rule({ namespaces: ['*'] }),
      /"\*" as 'runbooks.scopes.rules\[0\].namespaces'; expected names of namespaces/,
    ],
    [rule({ reads: 'all' }), /expected 'cluster' or 'namespaces'/],
    [
      rule({ grants: [{ verbs: ['*'], resource: 'pods', names: ['a'] }] }),
      /grants\[0\].verbs'; expected one or more of get,/,
    ],
    [
      rule({ grants: [{ verbs: ['get'], resource: '*', names: ['a'] }] }),
      /grants\[0\].resource'; expected a resource in the plural/,
    ],
  ])('refuses %j with key, value and expectation', (scopes, message) => {
    expect(() => read(scopes)).toThrow(message);
  });
});
