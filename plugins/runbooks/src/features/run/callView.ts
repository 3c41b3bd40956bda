import type { ApiCall } from '@backstage-runbooks/plugin-runbooks-common';
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

const READING_VERBS = new Set(['get', 'list', 'watch']);

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

/** A call that could have changed something. */
export function isWrite(call: ApiCall): boolean {
  return (
    call.decision === 'passed' &&
    !call.dryRun &&
    Boolean(call.resource) &&
    !READING_VERBS.has(call.verb)
  );
}

/** A write that the cluster took. */
export function changedSomething(call: ApiCall): boolean {
  return isWrite(call) && call.status !== undefined && call.status < 400;
}

function markOf(call: ApiCall): CallView['mark'] {
  if (call.decision === 'refused') return { label: 'Refused', tone: 'danger' };
  return isWrite(call) ? { label: 'Write', tone: 'caution' } : undefined;
}

function endOf(call: ApiCall) {
  if (call.decision === 'refused') return '';
  if (call.status === undefined) return 'end not seen';
  return call.durationMs === undefined
    ? `${call.status}`
    : `${call.status}, ${durationWords(call.durationMs)}`;
}
