import type { Parameter } from '../document/model';
import { prefillParameters, type PrefillFacts } from './prefill';

const POD = parameter('pod');
const FACTS: PrefillFacts = {
  entityName: 'shop',
  pods: [],
  deployments: [],
};

describe('prefillParameters', () => {
  it('takes the first pod and offers all, with what is wrong with them', () => {
    const pods = [pod('shop-2', 'CrashLoopBackOff'), pod('shop-1')];
    expect(prefillParameters([POD], { ...FACTS, pods })).toEqual([
      {
        ...POD,
        value: 'shop-2',
        from: 'the pods of this service',
        choices: [
          { value: 'shop-2', label: 'shop-2 (CrashLoopBackOff)' },
          { value: 'shop-1', label: 'shop-1' },
        ],
      },
    ]);
  });

  it('does not take a pod that is being deleted, and still offers it', () => {
    const leaving = { ...pod('old', 'Is being deleted'), isLeaving: true };
    expect(
      prefillParameters([POD], { ...FACTS, pods: [leaving, pod('new')] })[0],
    ).toMatchObject({ value: 'new' });
    const [filled] = prefillParameters([POD], { ...FACTS, pods: [leaving] });
    expect(filled.value).toBeUndefined();
    expect(filled.choices).toEqual([
      { value: 'old', label: 'old (Is being deleted)' },
    ]);
  });

  it("keeps the document's default where there is no pod", () => {
    expect(
      prefillParameters([{ ...POD, default: 'shop-0' }], FACTS)[0],
    ).toMatchObject({ value: 'shop-0', from: 'the document' });
  });

  it.each([
    ['namespace', 'team-a', 'the entity'],
    ['service', 'shop', 'the entity'],
    ['deployment', 'shop', 'the deployments of this service'],
    ['text', undefined, undefined],
  ] as const)('fills a %s with %s, from %s', (type, value, from) => {
    const facts = {
      ...FACTS,
      namespace: 'team-a',
      deployments: ['other', 'shop'],
    };
    const [filled] = prefillParameters([parameter(type)], facts);
    expect([filled.value, filled.from]).toEqual([value, from]);
  });
});

function parameter(type: Parameter['type']): Parameter {
  return {
    name: 'X',
    label: 'x',
    type,
    required: true,
    suggestions: [],
    secret: false,
    written: '<x>',
    line: 1,
    usedBy: [],
  };
}

function pod(name: string, note = '') {
  return { name, note, isLeaving: false };
}
