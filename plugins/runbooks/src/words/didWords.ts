import {
  didText,
  mayHaveChanged,
  type CallCounts,
  type ChangeCounts,
  type Effect,
} from '@backstage-runbooks/plugin-runbooks-common';
import { effectWords, isReading } from './effectWords';
import type { Tone } from './tone';
import { upperFirst } from './upperFirst';

/** What was done in the cluster, by what the gateway recorded. */
export interface DidWords {
  label: string;
  explains: string;
  tone: Tone;
}

const NOTHING = 'No Kubernetes call of it changed anything.';

/** What was counted of something that has ended. `secretReads` counts where it was let read Secrets. */
export type Did = ChangeCounts & Pick<CallCounts, 'secretReads'>;

/**
 * What something that has ended did, in place of what it could have done; undefined where it could only look and did,
 * so that there is nothing to set right.
 *
 * @param planned - `readsSecrets`: it was let read values of Secrets.
 */
export function didWords(
  did: Did,
  planned: { effect: Effect; readsSecrets?: boolean },
): DidWords | undefined {
  const { effect, readsSecrets = false } = planned;
  const changed = mayHaveChanged(did);
  const onlyLooked = isReading(effect) && !changed;
  if (onlyLooked && !readsSecrets) return undefined;
  const read = (did.secretReads ?? 0) > 0;
  const label = [
    !onlyLooked && didText(did),
    readsSecrets && (read ? 'read Secrets' : 'read no Secrets'),
  ].filter(Boolean);
  return {
    label: upperFirst(label.join(', ')),
    explains: [
      ...(changed ? explanations(did) : [NOTHING]),
      `Before it ran it was judged as: ${
        effectWords(effect, readsSecrets).label
      }.`,
    ].join(' '),
    tone: changed || (readsSecrets && read) ? 'caution' : 'neutral',
  };
}

function explanations(did: ChangeCounts): string[] {
  const { writes, executions = 0, connections = 0, uncertain = 0 } = did;
  return [
    writes > 0 && 'So many writes of it were accepted by the API server.',
    executions > 0 && 'What was done inside a pod is not seen.',
    connections > 0 && 'What went through a connection is not seen.',
    uncertain > 0 &&
      'Of a call that may have changed something the end was not seen, or its answer does not tell.',
  ].filter((text): text is string => text !== false);
}
