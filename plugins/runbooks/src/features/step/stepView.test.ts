import { commandStep } from '../../testing/documents';
import { planOf } from '../../testing/plans';
import { plannedStepView, stepView, checkWords } from './stepView';

const SCALE = 'kubectl scale deployment auth --replicas=${REPLICAS}';
const BECAUSE = 'scales deployment auth to ${REPLICAS} replicas';

function titleOf(title: string, text: string, shown: Record<string, string>) {
  const step = commandStep('a/1.1', title, text, 'change', BECAUSE);
  return stepView(step, '1', shown).title;
}

describe('the title of a step', () => {
  it.each<{
    says: string;
    title: string;
    shown: Record<string, string>;
    is: string;
  }>([
    {
      says: 'its own where it has one',
      title: 'Scale up',
      shown: {},
      is: 'Scale up',
    },
    {
      says: 'what it does where it only repeats the command',
      title: SCALE,
      shown: { REPLICAS: '4' },
      is: 'Scales deployment auth to 4 replicas',
    },
    {
      says: 'the blank of the document as long as there is no value',
      title: SCALE,
      shown: { REPLICAS: '<replicas>' },
      is: 'Scales deployment auth to <replicas> replicas',
    },
    {
      says: 'the name of a parameter that nobody knows',
      title: SCALE,
      shown: {},
      is: 'Scales deployment auth to ${REPLICAS} replicas',
    },
  ])('is $says', ({ title, shown, is }) => {
    expect(titleOf(title, SCALE, shown)).toBe(is);
  });
});

describe('a step with its values bound', () => {
  const [look] = planOf({ NAMESPACE: 'identity' }).steps;

  it('says how the values changed what it does', () => {
    const view = plannedStepView(
      {
        ...look,
        effect: 'destructive',
        asWritten: { effect: 'change', because: 'scales deployment auth' },
      },
      '1',
      {},
    );
    expect(view.effect).toBe('destructive');
    expect(view.asWritten).toBe(
      'Its text alone changes something; with its values it is destructive',
    );
  });

  it('names the script, and no values, where reading it made the difference', () => {
    const view = plannedStepView(
      {
        ...look,
        effect: 'destructive',
        because:
          'runs ./deploy.sh: at worst, scales deployment auth to 0 replicas: all pods stop',
        asWritten: { effect: 'change', because: 'runs ./deploy.sh' },
      },
      '1',
      {},
    );
    expect(view.asWritten).toBe(
      'Its text alone changes something; with what its script does it is destructive',
    );
  });

  it('says nothing of the kind where the values change nothing', () => {
    const asWritten = { effect: look.effect, because: 'lists pods' };
    expect(
      plannedStepView({ ...look, asWritten }, '1', {}).asWritten,
    ).toBeUndefined();
  });

  it.each([
    {
      because: "uses POD, which 'Find the pod' leaves",
      is: "uses POD, which 'Find the pod' leaves",
    },
    { because: '', is: 'uses POD' },
    { because: 'a value is open', is: 'a value is open (uses POD)' },
  ])(
    'that waits for a variable of an earlier step says "$is"',
    ({ because, is }) => {
      const view = plannedStepView(
        { ...look, requires: { kind: 'later', because, variables: ['POD'] } },
        '1',
        {},
      );
      expect(view.requirement).toEqual({
        label: 'Told when the step comes',
        needsApproval: true,
        approvedBy: [],
        because: is,
      });
    },
  );
});

describe('what is checked by itself', () => {
  it('is said in whole sentences, also of numbers that have no names', () => {
    expect(
      checkWords({ kind: 'equal-numbers', names: ['READY', 'WANTED'] }),
    ).toBe('READY and WANTED are the same');
    expect(checkWords({ kind: 'equal-numbers', names: [] })).toBe(
      'The numbers are the same',
    );
  });
});
