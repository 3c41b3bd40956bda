import type { Effect } from '@backstage-runbooks/plugin-runbooks-common';
import { effectWords, isReading } from './effectWords';
import { countWords } from './procedureWords';
import type { Tone } from './tone';

/** What was done in the cluster, by what the gateway recorded. */
export interface DidWords {
  label: string;
  explains: string;
  tone: Tone;
}

/**
 * What something that has ended did, in place of what it could have done; undefined where it could only look and did,
 * so that there is nothing to set right.
 */
export function didWords(
  writes: number,
  planned: Effect,
): DidWords | undefined {
  if (isReading(planned) && writes === 0) return undefined;
  const before = `Before it ran it was judged as: ${
    effectWords(planned).label
  }.`;
  return writes === 0
    ? {
        label: 'Wrote nothing',
        explains: `No Kubernetes call of it changed anything. ${before}`,
        tone: 'neutral',
      }
    : {
        label: `Made ${countWords(writes, 'write')}`,
        explains: `So many Kubernetes calls of it changed something. ${before}`,
        tone: 'caution',
      };
}
