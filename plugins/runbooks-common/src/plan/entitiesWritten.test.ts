import type { Scope, ScopeSource } from '../scope/model';
import {
  entitiesWritten,
  type EntitiesWrittenInput,
  type EntityInNamespace,
} from './entitiesWritten';

const ME = 'component:default/mine';
const THEIRS = 'component:default/theirs';

function deployment(name: string, namespace = 'shared') {
  return {
    group: 'apps',
    resource: 'deployments',
    namespace,
    name,
    isConfirmed: true as const,
  };
}

const PRESENT: EntityInNamespace[] = [
  { entityRef: ME, namespace: 'shared', objects: [deployment('mine')] },
  {
    entityRef: THEIRS,
    namespace: 'shared',
    objects: [
      deployment('theirs'),
      {
        group: '',
        resource: 'secrets',
        namespace: 'shared',
        name: 'db',
        isConfirmed: true,
      },
    ],
  },
];

function scopeOf(source: ScopeSource): Scope {
  return { source, namespaces: ['shared'], reads: 'cluster', grants: [] };
}

const RULE = scopeOf({ kind: 'configuration', rule: 'x' });
const CATALOG = scopeOf({ kind: 'catalog' });

function ask(over: Partial<EntitiesWrittenInput>) {
  return entitiesWritten({
    entityRef: ME,
    writes: { kind: 'none' },
    secrets: { kind: 'none' },
    scope: RULE,
    namespace: 'shared',
    present: PRESENT,
    ...over,
  });
}

function writing(
  name: string,
  over: Partial<{ verb: string; namespace: string }> = {},
): EntitiesWrittenInput['writes'] {
  return {
    kind: 'listed',
    writes: [{ ...deployment(name), verb: 'patch', subresource: '', ...over }],
  };
}

describe('whose owners approve a step', () => {
  it('is the one whose object it writes: two teams in one namespace do not need one another', () => {
    expect(ask({ writes: writing('mine') })).toEqual([ME]);
    expect(ask({ writes: writing('theirs') })).toEqual([THEIRS]);
  });

  it('is everybody who has the object: a card that names the labels of others does not take it from them', () => {
    const present = [
      ...PRESENT,
      {
        entityRef: 'component:default/copy',
        namespace: 'shared',
        objects: [deployment('theirs')],
      },
    ];
    expect(
      ask({
        entityRef: 'component:default/copy',
        writes: writing('theirs'),
        scope: CATALOG,
        present,
      }),
    ).toEqual(['component:default/copy', ME, THEIRS]);
  });

  it.each<[string, Partial<EntitiesWrittenInput>]>([
    ['any name', { writes: writing('*') }],
    ['a collection', { writes: writing('mine', { verb: 'deletecollection' }) }],
    ['all namespaces', { writes: writing('mine', { namespace: '*' }) }],
    [
      'a script',
      {
        writes: {
          kind: 'any-in-namespaces',
          namespaces: ['shared'],
          destructive: true,
        },
      },
    ],
    ['Secrets without names', { secrets: { kind: 'any' } }],
    [
      'the releases of helm',
      { secrets: { kind: 'of-types', types: ['helm.sh/release.v1'] } },
    ],
  ])('is everybody with objects there for %s', (_what, over) => {
    expect(ask(over)).toEqual([ME, THEIRS]);
  });

  it('is everybody whose objects the gateway lets it touch in other namespaces', () => {
    const OTHER = 'component:default/other';
    const present: EntityInNamespace[] = [
      PRESENT[0],
      {
        entityRef: OTHER,
        namespace: 'elsewhere',
        objects: [
          deployment('web', 'elsewhere'),
          { group: '', resource: 'secrets', namespace: 'elsewhere', name: 'k' },
        ],
      },
    ];
    const grant = (
      verb: string,
      group: string,
      resource: string,
      name: string,
    ) => ({
      ...RULE,
      grants: [
        {
          verbs: [verb],
          group,
          resource,
          namespace: 'elsewhere',
          names: [name],
        },
      ],
    });
    const writes: EntitiesWrittenInput['writes'] = {
      kind: 'any-in-namespaces',
      namespaces: ['shared'],
      destructive: false,
    };
    const patch = grant('patch', 'apps', 'deployments', 'web');
    expect(ask({ writes, present, scope: patch })).toEqual([ME, OTHER]);
    expect(
      ask({
        writes,
        present,
        scope: grant('get', 'apps', 'deployments', 'web'),
      }),
    ).toEqual([ME]);
    const read = grant('get', '', 'secrets', 'k');
    expect(ask({ secrets: { kind: 'any' }, present, scope: read })).toEqual([
      ME,
      OTHER,
    ]);
    const wide = { ...RULE, namespaces: ['shared', 'elsewhere'] };
    const secrets: EntitiesWrittenInput['secrets'] = {
      kind: 'of-types',
      types: ['helm.sh/release.v1'],
    };
    expect(ask({ writes, secrets, present, scope: wide })).toEqual([ME, OTHER]);
  });

  it('is for an object that nobody has the own entity, and everybody there as well where only a card says so', () => {
    const writes = writing('new');
    expect(ask({ writes })).toEqual([ME]);
    expect(ask({ writes, scope: CATALOG })).toEqual([ME, THEIRS]);
    expect(
      ask({
        writes,
        scope: scopeOf({ kind: 'configuration', rule: 'x', claimed: true }),
      }),
    ).toEqual([ME, THEIRS]);
  });

  it('is whoever has a Secret that it reads by name', () => {
    expect(
      ask({
        secrets: {
          kind: 'named',
          names: [{ namespace: 'shared', name: 'db' }],
        },
      }),
    ).toEqual([THEIRS]);
  });

  it.each(['sh.helm.release.v1.theirs.v1', 'theirs-token'])(
    'is everybody there for the Secret %s that it reads and that no workload refers to: it may be of any of them',
    name => {
      const secrets: EntitiesWrittenInput['secrets'] = {
        kind: 'named',
        names: [{ namespace: 'shared', name }],
      };
      const annotated = scopeOf({
        kind: 'namespace-annotation',
        owners: [],
      });
      expect(ask({ secrets })).toEqual([ME, THEIRS]);
      expect(ask({ secrets, scope: annotated })).toEqual([ME, THEIRS]);
      expect(ask({ secrets, present: [PRESENT[0]] })).toEqual([ME]);
    },
  );

  it.each(['db', 'theirs'])(
    'is everybody there for the Secret %s that somebody only claims: a claim asks its owner and takes nobody away',
    name => {
      const claimed = (entityRef: string): EntityInNamespace => ({
        entityRef,
        namespace: 'shared',
        objects: [
          { group: '', resource: 'secrets', namespace: 'shared', name },
        ],
      });
      const present = [claimed(ME), claimed(THEIRS)];
      const secrets: EntitiesWrittenInput['secrets'] = {
        kind: 'named',
        names: [{ namespace: 'shared', name }],
      };
      expect(ask({ secrets, present })).toEqual([ME, THEIRS]);
      expect(
        ask({ secrets, present: [...PRESENT, claimed('component:default/x')] }),
      ).toEqual(
        name === 'db'
          ? [THEIRS, 'component:default/x']
          : [ME, THEIRS, 'component:default/x'],
      );
    },
  );

  it('is the own entity where it writes nothing of the cluster, or what is in no namespace', () => {
    expect(ask({})).toEqual([ME]);
    expect(ask({ writes: writing('node', { namespace: '' }) })).toEqual([ME]);
    expect(ask({ writes: writing('mine'), present: [] })).toEqual([ME]);
  });

  it('is everybody there where only the own card says that it belongs there: a selector that matches everything takes nothing from others', () => {
    const present = [
      {
        entityRef: ME,
        namespace: 'shared',
        objects: [deployment('mine'), deployment('unlabelled')],
      },
      PRESENT[1],
    ];
    const writes = writing('unlabelled');
    expect(ask({ writes, present, scope: CATALOG })).toEqual([ME, THEIRS]);
    expect(ask({ writes, present })).toEqual([ME]);
  });

  it('is nobody whom neither a rule nor the cluster puts there, where others are put there by one', () => {
    const stranger = {
      entityRef: 'component:default/stranger',
      namespace: 'shared',
      objects: [deployment('theirs'), deployment('mine')],
    };
    const vouched = PRESENT.map(one => ({ ...one, isVouchedFor: true }));
    const present = [...vouched, stranger];
    expect(ask({ writes: writing('mine'), present })).toEqual([ME]);
    expect(ask({ writes: writing('*'), present })).toEqual([ME, THEIRS]);
    const elsewhere = { ...stranger, namespace: 'other' };
    expect(
      ask({
        writes: writing('*', { namespace: '*' }),
        present: [...vouched, elsewhere],
      }),
    ).toEqual([ME, 'component:default/stranger', THEIRS]);
  });
});
