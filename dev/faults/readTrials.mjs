import { parseArgs } from 'node:util';
import { wholeNumber } from '../bench/wholeNumber.mjs';
import { Refusal } from '../say.mjs';

const FAULTS = [
  'kill',
  'stop',
  'freeze',
  'term',
  'database',
  'catalog',
  'disk',
  'clock',
  'crowd',
];
/** Of the fault that is nothing but that. */
const CROWD = 500;

/** The trials that the words of a command line ask for: the faults in turns, or one of them; each with its seed. */
export function readTrials(words) {
  const { values } = parseArgs({
    args: words,
    options: {
      seeds: { type: 'string', default: String(FAULTS.length) },
      first: { type: 'string', default: '1' },
      runs: { type: 'string' },
      kills: { type: 'string', default: '1' },
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
  const kills = wholeNumber('kills', values.kills);
  const runsOf = one =>
    wholeNumber('runs', values.runs ?? (one === 'crowd' ? CROWD : 12));
  return Array.from(
    { length: wholeNumber('seeds', values.seeds) },
    (_, index) => {
      const one = fault ?? FAULTS[index % FAULTS.length];
      return {
        seed: first + index,
        fault: one,
        runs: runsOf(one),
        ...(one === 'kill' ? { kills } : {}),
      };
    },
  );
}
