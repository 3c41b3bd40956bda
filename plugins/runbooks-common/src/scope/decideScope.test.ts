import {
  decideScope,
  scopeSnippet,
  type DecideScopeInput,
  type ScopeRule,
} from './decideScope';

const RULE: ScopeRule = {
  name: 'payments',
  entities: { owners: ['group:default/payments'] },
  namespaces: ['pay', 'pay'],
  reads: 'namespaces',
  grants: [],
};

const INPUT: DecideScopeInput = {
  entity: {
    ref: 'component:default/pay',
    kind: 'component',
    system: 'system:default/bank',
    domain: 'domain:default/money',
    owners: ['group:default/payments'],
    tags: ['java'],
  },
  cluster: 'east',
  claimed: ['pay', 'kube-system'],
  confirmed: {},
  settings: { rules: [], confirmedByNamespaces: false, trustCatalog: false },
};

function decide(over: Partial<DecideScopeInput['settings']>, more = {}) {
  return decideScope({
    ...INPUT,
    ...more,
    settings: { ...INPUT.settings, ...over },
  });
}

describe('where the runs of an entity may go', () => {
  it('is what the first rule says that speaks of the entity and the cluster, before anything else', () => {
    expect(
      decide({
        rules: [
          { ...RULE, name: 'west', clusters: ['west'] },
          { ...RULE, name: 'others', entities: { tags: ['go'] } },
          RULE,
          { ...RULE, name: 'later' },
        ],
        confirmedByNamespaces: true,
        trustCatalog: true,
      }),
    ).toEqual({
      source: { kind: 'configuration', rule: 'payments' },
      namespaces: ['pay'],
      reads: 'namespaces',
      grants: [],
    });
  });

  it.each([
    [{ refs: ['component:default/pay'] }, true],
    [{ refs: ['Component:default/Pay'] }, true],
    [{ kinds: ['component'], tags: ['java', 'go'] }, true],
    [
      { systems: ['system:default/bank'], domains: ['domain:default/money'] },
      true,
    ],
    [{ kinds: ['component'], owners: ['group:default/others'] }, false],
    [{ systems: ['system:default/other'] }, false],
  ])('needs every key of a rule to fit: %j is %s', (entities, isFit) => {
    expect(decide({ rules: [{ ...RULE, entities }] }).source.kind).toBe(
      isFit ? 'configuration' : 'nobody',
    );
  });

  it('says of a rule without owners and names that it believes what the card says of itself', () => {
    expect(
      decide({ rules: [{ ...RULE, entities: { tags: ['java'] } }] }).source,
    ).toEqual({ kind: 'configuration', rule: 'payments', claimed: true });
  });

  it('is what the cluster confirms: namespaces that name an owner of the entity, of those that it claims', () => {
    const confirmed = {
      pay: 'group:default/payments',
      'kube-system': 'group:default/platform',
      other: 'group:default/payments',
    };
    expect(
      decide(
        { confirmedByNamespaces: true, trustCatalog: true },
        { confirmed },
      ),
    ).toMatchObject({
      source: {
        kind: 'namespace-annotation',
        owners: ['group:default/payments'],
      },
      namespaces: ['pay'],
    });
  });

  it('is what the entity claims only where the operator trusts the catalog', () => {
    expect(decide({ trustCatalog: true })).toMatchObject({
      source: { kind: 'catalog' },
      namespaces: ['kube-system', 'pay'],
    });
    expect(decide({})).toMatchObject({
      source: {
        kind: 'nobody',
        because: expect.stringContaining(
          'component:default/pay on cluster east',
        ),
      },
      namespaces: [],
      grants: [],
    });
  });

  it('comes with the lines that would give the entity what it claims', () => {
    expect(scopeSnippet(INPUT)).toBe(`runbooks:
  scopes:
    rules:
      - name: pay
        entities: { refs: ['component:default/pay'] }
        clusters: [east]
        namespaces: [pay, kube-system]`);
  });
});
