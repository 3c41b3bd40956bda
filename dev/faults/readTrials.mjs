import { parseArgs } from 'node:util';
import { wholeNumber } from '../bench/wholeNumber.mjs';
import { Refusal } from '../say.mjs';

const FAULTS = ['kill', 'stop', 'freeze', 'term', 'database'];

/** The trials that the words of a command line ask for: the faults in turns, or one of them; each with its seed. */
export function readTrials(words) {
  const { values } = parseArgs({
    args: words,
    options: {
      seeds: { type: 'string', default: '5' },
      first: { type: 'string', default: '1' },
      runs: { type: 'string', default: '12' },
      fault: { type: 'string' },
    },
  });
  const { fault } = values;
  if (fault !== undefined && !FAULTS.includes(fault)) {
    throw new Refusal(
      `There is no fault '${fault}'; expected one of ${FAULTS.join(', ')}.`,
    );
  }
  const first = wholeNumber('first', values.first);
  const runs = wholeNumber('runs', values.runs);
  return Array.from(
    { length: wholeNumber('seeds', values.seeds) },
    (_, index) => ({
      seed: first + index,
      fault: fault ?? FAULTS[index % FAULTS.length],
      runs,
    }),
  );
}
