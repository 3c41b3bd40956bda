import {
  callDone,
  type ApiCall,
  type CallDone,
} from '@backstage-runbooks/plugin-runbooks-common';
import { durationWords } from '../../words/timeWords';
import type { Tone } from '../../words/tone';

/** One Kubernetes call as a line. */
export interface CallView {
  id: string;
  /** "patch deployments/scale auth-service in identity" */
  what: string;
  mark?: { label: string; tone: Tone };
  /** "200, 14 ms" */
  end: string;
  because?: string;
}

const MARKS: Record<CallDone, CallView['mark']> = {
  wrote: { label: 'Write', tone: 'caution' },
  executed: { label: 'Executed in a pod', tone: 'caution' },
  connected: { label: 'Opened a connection', tone: 'caution' },
  uncertain: { label: 'May have changed something', tone: 'caution' },
  nothing: undefined,
};

/** Tells one recorded call. A call whose end was never seen says so. */
export function callView(call: ApiCall): CallView {
  const resource = [call.resource, call.subresource].filter(Boolean).join('/');
  const object = resource
    ? [resource, call.name].filter(Boolean).join(' ')
    : call.path ?? '';
  return {
    id: call.id,
    what: [
      call.verb,
      object,
      call.namespace && `in ${call.namespace}`,
      call.dryRun && '(dry run)',
    ]
      .filter(Boolean)
      .join(' '),
    mark: markOf(call),
    end: endOf(call),
    because: call.because,
  };
}

function markOf(call: ApiCall): CallView['mark'] {
  return call.decision === 'refused'
    ? { label: 'Refused', tone: 'danger' }
    : MARKS[callDone(call)];
}

function endOf(call: ApiCall) {
  if (call.decision === 'refused') return '';
  if (call.status === undefined) return 'end not seen';
  return call.durationMs === undefined
    ? `${call.status}`
    : `${call.status}, ${durationWords(call.durationMs)}`;
}
