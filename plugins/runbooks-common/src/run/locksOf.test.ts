import type { AllowedWrite } from '../plan/model';
import { locksConflict, locksOfWrites, lockText } from './locksOf';

const WEB: AllowedWrite = {
  verb: 'patch',
  group: 'apps',
  resource: 'deployments',
  subresource: '',
  namespace: 'shop',
  name: 'web',
};

const NO_GRANTS = { grants: [] };

describe('what a step locks while it changes', () => {
  it.each<{ what: string; writes: AllowedWrite[]; locks: string[] }>([
    {
      what: 'the object that it writes',
      writes: [WEB],
      locks: ['deployments.apps web in shop on prod'],
    },
    {
      what: 'one object for its subresources and for several verbs',
      writes: [WEB, { ...WEB, subresource: 'scale' }, { ...WEB, verb: 'get' }],
      locks: ['deployments.apps web in shop on prod'],
    },
    {
      what: 'each of several objects',
      writes: [WEB, { ...WEB, name: 'api' }],
      locks: [
        'deployments.apps web in shop on prod',
        'deployments.apps api in shop on prod',
      ],
    },
    {
      what: 'the namespace where a name is open, and nothing in it besides',
      writes: [WEB, { ...WEB, name: '*' }],
      locks: ['everything in shop on prod'],
    },
    {
      what: 'the namespace where a name is not told, as of a created object',
      writes: [{ ...WEB, verb: 'create', name: '' }],
      locks: ['everything in shop on prod'],
    },
    {
      what: 'the cluster where the namespace is open',
      writes: [WEB, { ...WEB, namespace: '*', name: '*' }],
      locks: ['everything on prod'],
    },
    {
      what: 'an object without a namespace by its name',
      writes: [
        { ...WEB, group: '', resource: 'nodes', namespace: '', name: 'n1' },
      ],
      locks: ['nodes n1 on prod'],
    },
  ])('is $what', ({ writes, locks }) => {
    expect(
      locksOfWrites({ kind: 'listed', writes }, 'prod', NO_GRANTS).map(
        lockText,
      ),
    ).toEqual(locks);
  });

  it('is each namespace where the objects are not known', () => {
    expect(
      locksOfWrites(
        {
          kind: 'any-in-namespaces',
          namespaces: ['shop', 'pay'],
          destructive: false,
        },
        'prod',
        NO_GRANTS,
      ).map(lockText),
    ).toEqual(['everything in shop on prod', 'everything in pay on prod']);
  });

  it('is also what a grant lets such a step write elsewhere, and not what it lets it read', () => {
    const grant = (verbs: string[], resource: string, names: string[]) => ({
      verbs,
      group: '',
      resource,
      namespace: 'kube-system',
      names,
    });
    const scope = {
      grants: [
        grant(['get', 'patch'], 'configmaps', ['coredns']),
        grant(['connect'], 'pods/exec', ['dns']),
        grant(['get'], 'secrets', ['*']),
      ],
    };
    const writes = {
      kind: 'any-in-namespaces' as const,
      namespaces: ['shop'],
      destructive: false,
    };
    expect(locksOfWrites(writes, 'prod', scope).map(lockText)).toEqual([
      'everything in shop on prod',
      'configmaps coredns in kube-system on prod',
      'pods dns in kube-system on prod',
    ]);
    expect(
      locksOfWrites({ kind: 'listed', writes: [WEB] }, 'prod', scope),
    ).toHaveLength(1);
  });

  it('is nothing for a step that changes nothing', () => {
    expect(locksOfWrites({ kind: 'none' }, 'prod', NO_GRANTS)).toEqual([]);
  });

  it('conflicts the same way from both sides', () => {
    const lock = (namespace: string, object: string, cluster = 'prod') => ({
      cluster,
      namespace,
      object,
    });
    const web = lock('shop', 'apps/deployments/web');
    for (const [other, conflicts] of [
      [web, true],
      [lock('shop', '*'), true],
      [lock('*', '*'), true],
      [lock('pay', '*'), false],
      [lock('shop', 'apps/deployments/api'), false],
      [lock('shop', '*', 'other'), false],
    ] as const) {
      expect(locksConflict(web, other)).toBe(conflicts);
      expect(locksConflict(other, web)).toBe(conflicts);
    }
  });
});
