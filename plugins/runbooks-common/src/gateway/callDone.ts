import type { ApiCall } from '../run/model';
import { isAboutSecrets, isWrite } from './RequestInfo';

/**
 * What a call did, by what the gateway recorded of it.
 *
 * - `wrote`: the API server accepted a write.
 * - `executed`: a command was started in a container; what it did there is not seen.
 * - `connected`: a connection was opened, by attach, port-forward or proxy; what went through it is not seen.
 * - `uncertain`: it may have done one of these; its end was not seen, or tells neither yes nor no.
 * - `nothing`: it changed nothing: a read, a question about one's own rights, a dry run, or what was refused by the
 *   gateway or the API server.
 *
 * @public
 */
export type CallDone =
  | 'wrote'
  | 'executed'
  | 'connected'
  | 'uncertain'
  | 'nothing';

/** What is needed of the record of a call to tell what it did. @public */
export type DoneCall = Pick<
  ApiCall,
  | 'verb'
  | 'group'
  | 'resource'
  | 'subresource'
  | 'decision'
  | 'dryRun'
  | 'status'
>;

/** How many calls changed something, or may have. What is missing is none. @public */
export interface ChangeCounts {
  /** Writes that the API server accepted. */
  writes: number;
  /** Commands that were started in containers. */
  executions?: number;
  /** Connections that were opened by attach, port-forward and proxy. */
  connections?: number;
  /** Calls that may have been one of these. */
  uncertain?: number;
}

/** Calls of an attempt. @public */
export interface CallCounts extends ChangeCounts {
  /** All, those that were refused as well. */
  total: number;
  /** Those that the gateway did not send on, or whose answer it withheld. */
  refused: number;
  /** Reads of Secrets that were answered, with values or without. */
  secretReads?: number;
}

const COUNTED_AS: Record<CallDone, keyof ChangeCounts | undefined> = {
  wrote: 'writes',
  executed: 'executions',
  connected: 'connections',
  uncertain: 'uncertain',
  nothing: undefined,
};

const NO_CALLS: Required<CallCounts> = {
  total: 0,
  writes: 0,
  refused: 0,
  executions: 0,
  connections: 0,
  uncertain: 0,
  secretReads: 0,
};

/** Tells what a call did. This is the one meaning of a write that was made: all counts, lists and words ask here. @public */
export function callDone(call: DoneCall): CallDone {
  if (call.decision === 'refused' || call.dryRun || !isWrite(call)) {
    return 'nothing';
  }
  const { status } = call;
  if (status === undefined || status >= 500) return 'uncertain';
  if (status >= 400) return isRefusedInPart(call) ? 'uncertain' : 'nothing';
  if (call.verb !== 'connect') return 'wrote';
  return call.subresource === 'exec' ? 'executed' : 'connected';
}

/**
 * Counts recorded calls by what they did.
 *
 * @param calls - `times`: so many of the same; 1 if not given.
 * @public
 */
export function countCalls(
  calls: Iterable<DoneCall & { times?: number }>,
): CallCounts {
  const sum = { ...NO_CALLS };
  for (const call of calls) {
    const { times = 1 } = call;
    sum.total += times;
    if (call.decision === 'refused') sum.refused += times;
    if (isSecretRead(call)) sum.secretReads += times;
    const key = COUNTED_AS[callDone(call)];
    if (key) sum[key] += times;
  }
  return withoutZeros(sum);
}

/** Counts of several, in one. @public */
export function sumCounts(several: Iterable<CallCounts>): CallCounts {
  const sum = { ...NO_CALLS };
  for (const counts of several) {
    for (const key of Object.keys(sum) as Array<keyof CallCounts>) {
      sum[key] += counts[key] ?? 0;
    }
  }
  return withoutZeros(sum);
}

/** False only where it is known that nothing was changed. @public */
export function mayHaveChanged(counts: ChangeCounts): boolean {
  return counts.writes > 0 || !isCounted(counts);
}

/** True where the writes are all that may have changed something. @public */
export function isCounted(counts: ChangeCounts): boolean {
  const { executions = 0, connections = 0, uncertain = 0 } = counts;
  return executions + connections + uncertain === 0;
}

/**
 * What calls did, in words: "made 4 writes, executed in a pod", "may have changed something", "wrote nothing".
 *
 * @public
 */
export function didText(counts: ChangeCounts): string {
  const { writes, executions = 0, connections = 0, uncertain = 0 } = counts;
  const parts = [
    writes > 0 && `made ${writes === 1 ? '1 write' : `${writes} writes`}`,
    executions > 0 &&
      `executed in a pod${executions === 1 ? '' : ` ${executions} times`}`,
    connections > 0 &&
      `opened ${
        connections === 1 ? 'a connection' : `${connections} connections`
      }`,
    uncertain > 0 && `may have changed something${writes > 0 ? ' else' : ''}`,
  ].filter((part): part is string => part !== false);
  return parts.join(', ') || 'wrote nothing';
}

/**
 * An error that does not say that nothing was done: the status of a proxy is what the pod answered to what it got, and a
 * deletion of many ends with the first object that cannot be deleted.
 */
function isRefusedInPart({ verb, subresource }: DoneCall): boolean {
  return (
    verb === 'deletecollection' ||
    (verb === 'connect' && subresource === 'proxy')
  );
}

/** The gateway passes on no answer without a status. */
function isSecretRead(call: DoneCall): boolean {
  const { decision, status = Infinity } = call;
  return (
    decision === 'passed' &&
    status < 400 &&
    isAboutSecrets(call) &&
    !isWrite(call)
  );
}

function withoutZeros(counts: Required<CallCounts>): CallCounts {
  const { total, writes, refused, ...others } = counts;
  const some = Object.entries(others).filter(([, count]) => count > 0);
  return { total, writes, refused, ...Object.fromEntries(some) };
}
