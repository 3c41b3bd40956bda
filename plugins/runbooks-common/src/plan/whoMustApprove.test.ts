import { requirementsOf } from '../health/labelSelector';
import { claimEverything, claimObjects } from '../scope/claimObjects';
import type { Scope } from '../scope/model';
import { entitiesWritten, type EntityInNamespace } from './entitiesWritten';
import type { AllowedWrites, SecretReads } from './model';

const SHOP = 'component:default/shop';
const BILLING = 'component:default/billing';
const SELF_MADE = 'component:default/self-made';

const NOTHING: AllowedWrites = { kind: 'none' };
const NO_SECRETS: SecretReads = { kind: 'none' };
const FROM_CATALOG: Scope = {
  source: { kind: 'catalog' },
  namespaces: ['shared'],
  reads: 'cluster',
  grants: [],
};
const FROM_RULE: Scope = {
  ...FROM_CATALOG,
  source: { kind: 'configuration', rule: 'shared', claimed: true },
};

function write(
  resource: string,
  name: string,
  rest: { verb?: string; selector?: string } = {},
): AllowedWrites {
  const [plural, ...group] = resource.split('.');
  return {
    kind: 'listed',
    writes: [
      {
        verb: 'patch',
        group: group.join('.'),
        resource: plural,
        subresource: '',
        namespace: 'shared',
        name,
        ...rest,
      },
    ],
  };
}

/** One Deployment each for two teams, and whatever cards there are besides. */
function present(
  cards: Record<string, string>,
  unread: Array<{ group: string; resource: string }> = [],
): EntityInNamespace[] {
  return claimObjects({
    namespace: 'shared',
    entities: Object.entries(cards).map(([entityRef, app]) => ({
      entityRef,
      requirements: requirementsOf({ app }),
    })),
    objects: ['shop', 'billing'].map(name => ({
      group: 'apps',
      resource: 'deployments',
      object: { metadata: { name, labels: { app: name } } },
    })),
    unread,
  });
}

const TWO_TEAMS = present({ [SHOP]: 'shop', [BILLING]: 'billing' });
const ALL = claimEverything('shared', [SHOP, BILLING]);

function asked(
  entityRef: string,
  writes: AllowedWrites,
  there: EntityInNamespace[],
  rest: { secrets?: SecretReads; scope?: Scope } = {},
) {
  return entitiesWritten({
    entityRef,
    writes,
    secrets: rest.secrets ?? NO_SECRETS,
    scope: rest.scope ?? FROM_CATALOG,
    namespace: 'shared',
    present: there,
  });
}

describe('who must approve what a step writes', () => {
  it('a team alone for its own named object in a namespace that it shares', () => {
    const writes = write('deployments.apps', 'shop');
    expect(asked(SHOP, writes, TWO_TEAMS, { scope: FROM_RULE })).toEqual([
      SHOP,
    ]);
    // By cards alone nobody belongs there, so everybody there is asked.
    expect(asked(SHOP, writes, TWO_TEAMS)).toEqual([BILLING, SHOP]);
  });

  it('the other team for an object of theirs', () => {
    expect(
      asked(SHOP, write('deployments.apps', 'billing'), TWO_TEAMS, {
        scope: FROM_RULE,
      }),
    ).toEqual([BILLING]);
  });

  it.each<[string, AllowedWrites]>([
    ['all of a kind', write('deployments.apps', '*')],
    [
      'what a selector finds',
      write('deployments.apps', '', {
        verb: 'deletecollection',
        selector: 'a=b',
      }),
    ],
    [
      'whatever a script does',
      { kind: 'any-in-namespaces', namespaces: ['shared'], destructive: false },
    ],
    [
      'a network policy, which acts upon all pods',
      write('networkpolicies.networking.k8s.io', 'deny-all'),
    ],
    ['a quota', write('resourcequotas', 'none')],
  ])('both teams for %s', (_, writes) => {
    expect(asked(SHOP, writes, TWO_TEAMS)).toEqual([BILLING, SHOP]);
  });

  it.each(['delete', 'patch'])(
    'both teams to %s the namespace that they are in',
    verb => {
      expect(
        asked(
          SHOP,
          {
            kind: 'listed',
            writes: [
              {
                verb: verb as 'delete',
                group: '',
                resource: 'namespaces',
                subresource: '',
                namespace: '',
                name: 'shared',
              },
            ],
          },
          TWO_TEAMS,
        ),
      ).toEqual([BILLING, SHOP]);
    },
  );

  it('both teams for Secrets that are read without a name', () => {
    expect(
      asked(SHOP, NOTHING, TWO_TEAMS, { secrets: { kind: 'any' } }),
    ).toEqual([BILLING, SHOP]);
  });

  it('the real team, where a card of one’s own names its namespace and its labels', () => {
    const there = present({ [SHOP]: 'shop', [SELF_MADE]: 'shop' });
    expect(asked(SELF_MADE, write('deployments.apps', 'shop'), there)).toEqual([
      SELF_MADE,
      SHOP,
    ]);
    // With what the card says taken at its word, its maker would approve alone.
    expect(
      asked(
        SELF_MADE,
        write('deployments.apps', 'shop'),
        present({ [SELF_MADE]: 'shop' }),
      ),
    ).toEqual([SELF_MADE]);
  });

  it('the real team, where a card of one’s own names its namespace and other labels', () => {
    const there = present({ [SHOP]: 'shop', [SELF_MADE]: 'nothing' });
    expect(asked(SELF_MADE, write('deployments.apps', 'shop'), there)).toEqual([
      SELF_MADE,
      SHOP,
    ]);
  });

  it.each<[string, Scope['source']]>([
    ['the catalog', { kind: 'catalog' }],
    ['the cluster', { kind: 'namespace-annotation', owners: [] }],
  ])(
    'each card that names the namespace, where it cannot be read, though %s gave it',
    (_, source) => {
      expect(
        asked(SHOP, write('deployments.apps', 'shop'), ALL, {
          scope: { ...FROM_CATALOG, source },
        }),
      ).toEqual([BILLING, SHOP]);
    },
  );

  it('both teams for a Secret by name where Secrets may not be listed', () => {
    const there = present({ [SHOP]: 'shop', [BILLING]: 'billing' }, [
      { group: '', resource: 'secrets' },
    ]);
    expect(
      asked(SHOP, write('secrets', 'shop-password'), there, {
        scope: {
          ...FROM_CATALOG,
          source: { kind: 'namespace-annotation', owners: [] },
        },
      }),
    ).toEqual([BILLING, SHOP]);
  });
});
