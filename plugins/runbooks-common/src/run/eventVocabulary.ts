import type { RunEvent } from './model';

/**
 * The version of the vocabulary in which each kind of event came up. Raise it also where a field of a known kind gets
 * a new meaning: replicas of an older version then leave such runs alone, instead of misreading them.
 */
const SINCE: Record<RunEvent['kind'], number> = {
  'run-started': 1,
  // 2: its digest covers what it would change in the cluster.
  'approval-requested': 2,
  'step-approved': 1,
  'step-denied': 1,
  'approval-expired': 1,
  'approval-voided': 1,
  'step-queued': 1,
  'step-started': 1,
  'step-finished': 1,
  'step-interrupted': 1,
  'interruption-settled': 1,
  'step-confirmed': 1,
  'step-skipped': 1,
  'step-judged': 1,
  'cancel-requested': 1,
  'run-finished': 1,
};

/** The newest vocabulary of events that this version reads and writes. @public */
export const EVENT_VOCABULARY = Math.max(...Object.values(SINCE));

/** The oldest vocabulary that has all of the events. @public */
export function vocabularyOf(events: readonly RunEvent[]): number {
  return Math.max(1, ...events.map(({ kind }) => SINCE[kind]));
}
