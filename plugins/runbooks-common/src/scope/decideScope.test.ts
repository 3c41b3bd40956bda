import {
  decideScope,
  voucherOf,
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
  it.each(['*', 'a,b', 'a b', '', 'Web', '-a', '../a', 'a'.repeat(64)])(
    "is nowhere by '%s', which is no name of a namespace",
    name => {
      const more = {
        claimed: [name],
        confirmed: { [name]: 'group:default/payments' },
      };
      const trusted = { trustCatalog: true, confirmedByNamespaces: true };
      expect(decide(trusted, more)).toMatchObject({
        source: { kind: 'nobody' },
        namespaces: [],
      });
      expect(
        decide(trusted, { ...more, claimed: [name, 'web-1'] }).namespaces,
      ).toEqual(['web-1']);
      expect(scopeSnippet({ ...INPUT, claimed: [name] })).toContain(
        'namespaces: [pay]',
      );
    },
  );

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
      source: { kind: 'configuration', rule: 'payments', claimed: true },
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

  it.each([
    { tags: ['java'] },
    { owners: ['group:default/payments'] },
    { systems: ['system:default/bank'] },
  ])(
    'believes of a rule that names no entity what the card says of itself (%j), but gives it no grant',
    entities => {
      const grants = [
        {
          verbs: ['patch'],
          group: '',
          resource: 'nodes',
          namespace: '',
          names: ['*'],
        },
      ];
      const named = { ...entities, refs: ['component:default/pay'] };
      expect(decide({ rules: [{ ...RULE, entities, grants }] })).toMatchObject({
        source: { kind: 'configuration', rule: 'payments', claimed: true },
        grants: [],
      });
      expect(
        decide({ rules: [{ ...RULE, entities: named, grants }] }),
      ).toMatchObject({
        source: { kind: 'configuration', rule: 'payments' },
        grants,
      });
    },
  );

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
      namespaces: ['pay'],
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

  it.each([
    ['what the cluster itself runs in', ['kube-system', 'kube-public'], []],
    ['what belongs to nobody', ['default'], []],
    [
      'what a rule gives to others',
      ['shop'],
      [
        {
          ...RULE,
          entities: { refs: ['component:default/shop'] },
          namespaces: ['shop'],
        },
      ],
    ],
  ])('is never, by a card alone, %s', (_what, claimed, rules) => {
    expect(decide({ trustCatalog: true, rules }, { claimed })).toMatchObject({
      source: {
        kind: 'nobody',
        because: expect.stringContaining('given to others by a rule'),
      },
      namespaces: [],
    });
    expect(
      decide({ trustCatalog: true, rules }, { claimed: [...claimed, 'own'] })
        .namespaces,
    ).toEqual(['own']);
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

describe('whether more than its card says that an entity belongs into a namespace', () => {
  const { entity, cluster } = INPUT;
  const settings = { ...INPUT.settings, rules: [RULE] };

  it('is so where the first rule that speaks of it names the namespace', () => {
    expect(voucherOf({ entity, cluster, settings, namespace: 'pay' })).toBe(
      'rule',
    );
    expect(
      voucherOf({ entity, cluster, settings, namespace: 'shop' }),
    ).toBeUndefined();
    const refs = [entity.ref];
    const naming = { ...settings.rules[0], entities: { refs } };
    expect(
      voucherOf({
        ...{ entity, cluster, namespace: 'pay' },
        settings: { ...settings, rules: [naming] },
      }),
    ).toBe('rule-by-name');
    const stranger = { ...entity, owners: ['group:default/others'] };
    expect(
      voucherOf({ entity: stranger, cluster, settings, namespace: 'pay' }),
    ).toBeUndefined();
  });

  it('is so where the namespace names an owner of it, if the operator lets namespaces confirm', () => {
    const asked = {
      entity,
      cluster,
      namespace: 'shop',
      confirmedOwner: 'group:default/payments',
    };
    const confirming = { ...settings, confirmedByNamespaces: true };
    expect(voucherOf({ ...asked, settings: confirming })).toBe('namespace');
    expect(voucherOf({ ...asked, settings })).toBeUndefined();
    expect(
      voucherOf({
        ...asked,
        settings: confirming,
        confirmedOwner: 'group:default/others',
      }),
    ).toBeUndefined();
  });
});
