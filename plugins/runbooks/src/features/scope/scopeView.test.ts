import type {
  Scope,
  SecretReads,
} from '@backstage-runbooks/plugin-runbooks-common';
import { planOf } from '../../testing/plans';
import {
  isInScope,
  planScopeView,
  scopeView,
  stepScopeView,
} from './scopeView';

const AUTH = 'component:default/auth-service';

function scope(more: Partial<Scope> = {}): Scope {
  return {
    source: { kind: 'configuration', rule: 'fintech' },
    namespaces: ['fintech-services'],
    reads: 'cluster',
    grants: [],
    ...more,
  };
}

describe('the scope of a run', () => {
  it.each<{
    says: string;
    scope: Scope;
    secrets?: SecretReads[];
    reach: string;
  }>([
    {
      says: 'where is written, how far is read, and that no Secret is read',
      scope: scope(),
      reach:
        'Writes only in fintech-services; reads in the whole cluster; Secrets: none.',
    },
    {
      says: 'that reads stay in the namespaces of a shared cluster',
      scope: scope({ namespaces: ['a', 'b', 'c'], reads: 'namespaces' }),
      reach:
        'Writes only in a, b and c; reads only in a, b and c; Secrets: none.',
    },
    {
      says: "that only Helm's releases are read of Secrets",
      scope: scope(),
      secrets: [{ kind: 'of-types', types: ['helm.sh/release.v1'] }],
      reach:
        "Writes only in fintech-services; reads in the whole cluster; Secrets: Helm's releases.",
    },
    {
      says: 'that data of Secrets is read, and where',
      scope: scope(),
      secrets: [{ kind: 'any' }],
      reach:
        'Writes only in fintech-services; reads in the whole cluster; Secrets: their data in fintech-services.',
    },
    {
      says: 'that nothing may be written where nobody gave a scope',
      scope: scope({
        source: { kind: 'nobody', because: 'No rule speaks of it.' },
        namespaces: [],
      }),
      secrets: [{ kind: 'any' }],
      reach:
        'Writes nothing in the cluster; reads in the whole cluster; Secrets: none.',
    },
  ])('says $says', ({ scope: given, secrets, reach }) => {
    expect(scopeView(given, secrets ?? [], []).reach).toBe(reach);
  });

  it('names the rule that gave it', () => {
    expect(scopeView(scope(), [], [AUTH])).toMatchObject({
      source: "Rule 'fintech' of the configuration",
      doubt: undefined,
      approvedBy: [],
    });
  });

  it("says of the catalog's word that anybody may have written it, and whose owners must approve", () => {
    expect(
      scopeView(scope({ source: { kind: 'catalog' } }), [], [AUTH]),
    ).toMatchObject({
      source: "The catalog's word",
      doubt: 'anybody who can register a component wrote this.',
      approvedBy: [AUTH],
    });
  });

  it('names the owners that the cluster itself names', () => {
    const source = {
      kind: 'namespace-annotation' as const,
      owners: ['group:default/identity'],
    };
    expect(scopeView(scope({ source }), [], []).confirmedFor).toEqual([
      'group:default/identity',
    ]);
  });

  it('tells each thing that a rule grants beside the namespaces', () => {
    const grants: Scope['grants'] = [
      {
        verbs: ['create', 'patch'],
        group: 'apps',
        resource: 'deployments',
        namespace: 'kube-system',
        names: ['metrics-server'],
      },
      {
        verbs: ['create'],
        group: '',
        resource: 'namespaces',
        namespace: '',
        names: ['*'],
      },
    ];
    expect(scopeView(scope({ grants }), [], []).reach).toMatch(
      /^Writes in (?!.*only)/,
    );
    expect(scopeView(scope({ grants }), [], []).grants).toEqual([
      'create and patch deployments (apps): metrics-server in kube-system',
      'create namespaces: any name',
    ]);
  });

  it('of a step that only reads says that it writes nothing, though the run may', () => {
    const plan = planOf({ NAMESPACE: 'identity' });
    const [look] = plan.steps;
    expect(stepScopeView(plan, look).reach).toBe(
      'Writes nothing in the cluster; reads in the whole cluster; Secrets: none.',
    );
    const scaling = plan.steps.find(step => step.writes.kind !== 'none')!;
    expect(stepScopeView(plan, scaling).reach).toMatch(
      /^Writes only in identity;/,
    );
  });

  it('tells of the grants of a rule those only that the step, or one of the plan, can use', () => {
    const plan = planOf({ NAMESPACE: 'identity' });
    const grant = {
      verbs: ['create'],
      group: '',
      resource: 'namespaces',
      namespace: '',
      names: ['argocd'],
    };
    const granted = { ...plan, scope: scope({ grants: [grant] }) };
    const [look] = plan.steps;
    const script = {
      ...look,
      writes: {
        kind: 'any-in-namespaces' as const,
        namespaces: ['identity'],
        destructive: false,
      },
    };
    const line = 'create namespaces: argocd';
    expect(stepScopeView(granted, look).grants).toEqual([]);
    expect(stepScopeView(granted, script).grants).toEqual([line]);
    expect(planScopeView({ ...granted, steps: [look] })).toMatchObject({
      grants: [],
      reach: expect.stringContaining('Writes nothing in the cluster'),
    });
    expect(planScopeView({ ...granted, steps: [look, script] })).toMatchObject({
      grants: [line],
      reach: expect.stringContaining('Writes in fintech-services'),
    });
    expect(stepScopeView(granted, script).grantsAreOpen).toBe(true);
    const listed = { ...script, writes: { kind: 'listed', writes: [] } };
    expect(
      stepScopeView(granted, listed as typeof look).grantsAreOpen,
    ).toBeUndefined();
    expect(isInScope(script)).toBe(true);
    expect(isInScope(look)).toBe(false);
    expect(isInScope({ ...look, secrets: { kind: 'any' } })).toBe(true);
    const later = {
      ...look,
      requires: { kind: 'later' as const, because: '', variables: ['X'] },
    };
    expect(stepScopeView(granted, later).grants).toEqual([line]);
  });

  it('of a plan names everybody whose approval its steps need', () => {
    const plan = planOf({ NAMESPACE: 'identity' });
    expect(
      planScopeView({
        ...plan,
        scope: scope({ source: { kind: 'catalog' } }),
        steps: plan.steps.map(step => ({
          ...step,
          requires: {
            kind: 'approval',
            because: 'changes',
            approvedBy: [AUTH, 'component:default/user-service'],
          },
        })),
      }).approvedBy,
    ).toEqual([AUTH, 'component:default/user-service']);
  });

  it.each<[SecretReads[], string]>([
    [[], 'none'],
    [
      [
        { kind: 'none' },
        { kind: 'of-types', types: ['b', 'a'] },
        { kind: 'of-types', types: ['a'] },
      ],
      'those of type a and those of type b',
    ],
    [
      [
        { kind: 'named', names: [{ namespace: 'shop', name: 'db' }] },
        { kind: 'named', names: [{ namespace: 'shop', name: 'db' }] },
        { kind: 'of-types', types: ['a'] },
      ],
      'those of type a and db in shop',
    ],
    [
      [{ kind: 'of-types', types: ['a'] }, { kind: 'any' }],
      'their data in fintech-services',
    ],
  ])(
    'reads of several steps what the widest of them reads: %j',
    (reads, words) => {
      expect(scopeView(scope(), reads, []).reach).toContain(
        `Secrets: ${words}.`,
      );
    },
  );
});
