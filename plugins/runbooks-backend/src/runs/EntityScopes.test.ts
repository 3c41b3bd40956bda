import { mockCredentials } from '@backstage/backend-test-utils';
import type { Entity } from '@backstage/catalog-model';
import { catalogServiceMock } from '@backstage/plugin-catalog-node/testUtils';
import type {
  ScopeRule,
  ScopeSettings,
  Voucher,
} from '@backstage-runbooks/plugin-runbooks-common';
import { EntityFacts } from './EntityFacts';
import { EntityScopes } from './EntityScopes';

const WEB: Entity = {
  apiVersion: 'backstage.io/v1alpha1',
  kind: 'Component',
  metadata: {
    name: 'web',
    annotations: { 'backstage.io/kubernetes-namespace': 'shop' },
  },
  spec: { type: 'service', owner: 'team-shop', lifecycle: 'production' },
  relations: [
    { type: 'ownedBy', targetRef: 'group:default/Team-Shop' },
    { type: 'partOf', targetRef: 'system:default/store' },
  ],
};

const STORE: Entity = {
  apiVersion: 'backstage.io/v1alpha1',
  kind: 'System',
  metadata: { name: 'store' },
  spec: { owner: 'team-shop' },
  relations: [{ type: 'partOf', targetRef: 'domain:default/sales' }],
};

const UNCONFIGURED: ScopeSettings = {
  rules: [],
  confirmedByNamespaces: false,
  trustCatalog: false,
};

function rule(entities: ScopeRule['entities'], namespace = 'shop'): ScopeRule {
  return {
    name: 'shop',
    entities,
    namespaces: [namespace],
    reads: 'cluster',
    grants: [],
  };
}

function scopes(
  settings: Partial<ScopeSettings>,
  cluster: {
    workloads?: string[];
    owners?: Record<string, string>;
  } = {},
) {
  const namespacesOf = jest.fn(async () => cluster.workloads ?? []);
  const ownerOf = jest.fn(
    async (_: string, namespace: string) => cluster.owners?.[namespace],
  );
  const reading = {
    catalog: catalogServiceMock({ entities: [WEB, STORE] }),
    credentials: async () => mockCredentials.service(),
  };
  const of = new EntityScopes({
    ...reading,
    settings: { ...UNCONFIGURED, ...settings },
    facts: new EntityFacts({ ...reading, wantsDomains: true }),
    workloads: { namespacesOf },
    owners: { ownerOf },
  });
  return { of, namespacesOf, ownerOf };
}

describe('EntityScopes', () => {
  it('gives nothing to a card of which no rule speaks, and offers the rule that would', async () => {
    const { scope, snippet } = await scopes({}).of.of(WEB, 'prod');

    expect(scope).toMatchObject({ source: { kind: 'nobody' }, namespaces: [] });
    expect(snippet).toContain("refs: ['component:default/web']");
    expect(snippet).toContain('clusters: [prod]');
    expect(snippet).toContain('namespaces: [shop]');
  });

  it.each<[string, ScopeRule['entities']]>([
    ['name', { refs: ['component:default/web'] }],
    ['kind', { kinds: ['component'] }],
    ['owner, in lower case', { owners: ['group:default/team-shop'] }],
    ['system', { systems: ['system:default/store'] }],
    ['domain of its system', { domains: ['domain:default/sales'] }],
  ])('finds the rule by %s', async (_, entities) => {
    const { of } = scopes({ rules: [rule(entities)] });

    expect(await of.now('component:default/web', 'prod')).toMatchObject({
      source: { kind: 'configuration', rule: 'shop' },
      namespaces: ['shop'],
    });
  });

  it('takes a system for a part of itself', async () => {
    const { of } = scopes({
      rules: [rule({ systems: ['system:default/store'] })],
    });

    expect((await of.of(STORE, 'prod')).scope.namespaces).toEqual(['shop']);
  });

  it('has no answer for an entity that the catalog does not have any more', async () => {
    const { of } = scopes({ rules: [rule({ kinds: ['component'] })] });

    expect(await of.now('component:default/gone', 'prod')).toBeUndefined();
  });

  it('asks the cluster about each namespace that is claimed, by the card or by its workloads, and only there', async () => {
    const { of, ownerOf } = scopes(
      { confirmedByNamespaces: true },
      {
        workloads: ['shop', 'billing', 'cache'],
        owners: {
          shop: 'group:default/team-shop',
          billing: 'group:default/team-billing',
        },
      },
    );

    expect((await of.of(WEB, 'prod')).scope).toMatchObject({
      source: {
        kind: 'namespace-annotation',
        owners: ['group:default/team-shop'],
      },
      namespaces: ['shop'],
    });
    expect(ownerOf.mock.calls).toEqual([
      ['prod', 'shop'],
      ['prod', 'billing'],
      ['prod', 'cache'],
    ]);
  });

  it('asks no cluster where the operator does not believe it, or where the run has none', async () => {
    const unbelieved = scopes({ trustCatalog: true });
    const without = scopes({ confirmedByNamespaces: true });

    await unbelieved.of.of(WEB, 'prod');
    await without.of.of(WEB, undefined);

    expect(unbelieved.ownerOf).not.toHaveBeenCalled();
    expect(without.ownerOf).not.toHaveBeenCalled();
    expect(without.namespacesOf).not.toHaveBeenCalled();
  });

  it('does not decide while the cluster cannot say where the workloads are', async () => {
    const { of, namespacesOf } = scopes({ trustCatalog: true });
    namespacesOf.mockRejectedValue(new Error('cluster prod does not answer'));

    await expect(of.of(WEB, 'prod')).rejects.toThrow('does not answer');
  });

  describe('who is vouched for in a namespace', () => {
    it.each<
      [
        string,
        Partial<ScopeSettings>,
        Record<string, string>,
        Voucher | 'nobody',
      ]
    >([
      ['by nobody', { trustCatalog: true }, {}, 'nobody'],
      ['by a rule', { rules: [rule({ kinds: ['component'] })] }, {}, 'rule'],
      [
        'by a rule that names it',
        { rules: [rule({ refs: ['component:default/web'] })] },
        {},
        'rule-by-name',
      ],
      [
        'by a rule for another namespace',
        { rules: [rule({ kinds: ['component'] }, 'billing')] },
        {},
        'nobody',
      ],
      [
        'by the namespace',
        { confirmedByNamespaces: true },
        { shop: 'group:default/team-shop' },
        'namespace',
      ],
      [
        "by another team's namespace",
        { confirmedByNamespaces: true },
        { shop: 'group:default/team-billing' },
        'nobody',
      ],
      [
        'by a namespace that is not asked',
        { confirmedByNamespaces: false },
        { shop: 'group:default/team-shop' },
        'nobody',
      ],
    ])('%s', async (_, settings, owners, voucher) => {
      const { of } = scopes(settings, { owners });

      const found = await of.vouchesFor(WEB, 'prod', 'shop');
      expect(found ?? 'nobody').toBe(voucher);
    });
  });
});
