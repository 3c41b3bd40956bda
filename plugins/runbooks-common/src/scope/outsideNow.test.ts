import type { Scope } from './model';
import { outsideNow } from './outsideNow';

const GRANT = {
  verbs: ['patch'],
  group: '',
  resource: 'nodes',
  namespace: '',
  names: ['*'],
};
const PLANNED: Scope = {
  source: { kind: 'configuration', rule: 'shop' },
  namespaces: ['shop', 'shop-jobs'],
  reads: 'cluster',
  grants: [GRANT],
};

describe('a scope that was decided when a run was planned', () => {
  it('holds as long as the entity would get as much now', () => {
    expect(outsideNow(PLANNED, PLANNED)).toBeUndefined();
    const wider = {
      ...PLANNED,
      source: { kind: 'configuration', rule: 'another' } as const,
      namespaces: ['other', ...PLANNED.namespaces],
    };
    expect(outsideNow(PLANNED, wider)).toBeUndefined();
  });

  it.each<[string, Scope | undefined, string]>([
    ['the entity is gone', undefined, 'not in the catalog'],
    [
      'a namespace is another now',
      { ...PLANNED, namespaces: ['shop', 'mine'] },
      'may not go into shop-jobs',
    ],
    [
      'reads go less far',
      { ...PLANNED, reads: 'namespaces' },
      'may not read the whole cluster',
    ],
    [
      'a grant was taken back',
      { ...PLANNED, grants: [{ ...GRANT, names: ['node-a'] }] },
      'may not patch nodes *',
    ],
  ])('does not hold where %s', (_what, now, says) => {
    expect(outsideNow(PLANNED, now)).toContain(says);
  });
});
