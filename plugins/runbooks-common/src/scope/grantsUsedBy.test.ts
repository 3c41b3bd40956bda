import type { PlannedStep } from '../plan/model';
import { grantsUsedBy } from './grantsUsedBy';
import type { Scope, ScopeGrant } from './model';

const NAMESPACES = grant({ verbs: ['create'], resource: 'namespaces' });
const METRICS = grant({
  verbs: ['patch'],
  group: 'apps',
  resource: 'deployments',
  namespace: 'kube-system',
  names: ['metrics-server'],
});
const SECRETS = grant({
  verbs: ['get'],
  resource: 'secrets',
  namespace: 'shared',
  names: ['tls'],
});
const NODES = grant({ verbs: ['get', 'list'], resource: 'nodes' });

describe('the grants that a step can make use of', () => {
  it('are those that name one of its writes', () => {
    expect(
      used({ writes: { kind: 'listed', writes: [write('metrics-server')] } }),
    ).toEqual([METRICS]);
    expect(
      used({ writes: { kind: 'listed', writes: [write('other')] } }),
    ).toEqual([]);
    expect(used({ writes: { kind: 'listed', writes: [write('*')] } })).toEqual([
      METRICS,
    ]);
  });

  it('are all that let something be written where its writes could not be listed', () => {
    expect(
      used({
        writes: {
          kind: 'any-in-namespaces',
          namespaces: ['shop'],
          destructive: false,
        },
      }),
    ).toEqual([NAMESPACES, METRICS]);
  });

  it('are those for the Secrets that it reads', () => {
    const named = (name: string) =>
      used({
        secrets: { kind: 'named', names: [{ namespace: 'shared', name }] },
      });
    expect(named('tls')).toEqual([SECRETS]);
    expect(named('other')).toEqual([]);
    expect(used({ secrets: { kind: 'any' } })).toEqual([SECRETS]);
  });

  it('are those for reads where reads stay in the namespaces of the scope, and none of them where they go everywhere', () => {
    expect(used({})).toEqual([]);
    expect(used({}, 'namespaces')).toEqual([NODES]);
  });
});

function used(
  step: Partial<Pick<PlannedStep, 'writes' | 'secrets'>>,
  reads: Scope['reads'] = 'cluster',
) {
  return grantsUsedBy(
    { writes: { kind: 'none' }, secrets: { kind: 'none' }, ...step },
    {
      source: { kind: 'configuration', rule: 'shop' },
      namespaces: ['shop'],
      reads,
      grants: [NAMESPACES, METRICS, SECRETS, NODES],
    },
  );
}

function grant(over: Partial<ScopeGrant>): ScopeGrant {
  return {
    verbs: ['get'],
    group: '',
    resource: 'pods',
    namespace: '',
    names: ['*'],
    ...over,
  };
}

function write(name: string) {
  return {
    verb: 'patch',
    group: 'apps',
    resource: 'deployments',
    subresource: '',
    namespace: 'kube-system',
    name,
  };
}
