import { commandStep } from '../../testing/documents';
import { stepView } from './stepView';

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
