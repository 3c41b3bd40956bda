import type { Parameter } from '../document/model';
import { prefillParameters, type PrefillFacts } from './prefill';

const POD = parameter('pod');
const FACTS: PrefillFacts = {
  entityName: 'shop',
  pods: [],
  workloads: [],
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
      workloads: ['other', 'shop'].map(name => ({ kind: 'Deployment', name })),
    };
    const [filled] = prefillParameters([parameter(type)], facts);
    expect([filled.value, filled.from]).toEqual([value, from]);
  });

  describe('of a workload', () => {
    const NAME = {
      ...parameter('kubernetes-name'),
      written: '<workload-name>',
    };
    const KIND = { ...parameter('kind'), default: 'deploy' };
    const filledWith = (...workloads: PrefillFacts['workloads']) =>
      prefillParameters([NAME, KIND], { ...FACTS, workloads }).map(
        ({ value, from }) => [value, from],
      );
    const OWN = 'the workloads of this service';

    it('fills in its name, and keeps the kind of the document where it is that', () => {
      expect(
        filledWith(
          { kind: 'Deployment', name: 'other' },
          { kind: 'Deployment', name: 'shop' },
        ),
      ).toEqual([
        ['shop', OWN],
        ['deploy', 'the document'],
      ]);
    });

    it('fills in the kind that it has where the document writes another', () => {
      expect(filledWith({ kind: 'StatefulSet', name: 'book' })).toEqual([
        ['book', OWN],
        ['statefulset', OWN],
      ]);
    });

    it('fills in nothing where there is none, or where it could be any of several', () => {
      const nothing = [
        [undefined, undefined],
        ['deploy', 'the document'],
      ];
      expect(filledWith()).toEqual(nothing);
      expect(
        filledWith(
          { kind: 'Deployment', name: 'a' },
          { kind: 'StatefulSet', name: 'b' },
        ),
      ).toEqual(nothing);
    });

    it('fills in no other name, and no kind where none is asked for', () => {
      const other = { ...parameter('kubernetes-name'), written: '<configmap>' };
      expect(
        prefillParameters([other, KIND], {
          ...FACTS,
          workloads: [{ kind: 'StatefulSet', name: 'shop' }],
        }).map(({ value }) => value),
      ).toEqual([undefined, 'deploy']);
    });
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
