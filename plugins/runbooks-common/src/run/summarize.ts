import type { RunSummary } from '../api/responses';
import { worstEffect } from '../effect';
import type { Instant } from '../time';
import { stepInFlight } from './decision';
import { hasRolledBack } from './hasRolledBack';
import type { Run } from './model';
import { recordedWrites } from './recordedWrites';
import { shortfallOf } from './shortfallOf';

/**
 * The state that a list gives a run whose events make no run: they are of a version that is read no more, or altered.
 *
 * @public
 */
export const UNREADABLE_RUN = 'unreadable';

/** What history shows of a run in one line. @public */
export function summarizeRun(run: Run): RunSummary {
  const writes = recordedWrites(run);
  return {
    id: run.id,
    entityRef: run.plan.entityRef,
    runbookTitle: run.plan.runbook.title,
    runbookPath: run.plan.runbook.path,
    revision: run.plan.runbook.revision,
    procedureId: run.plan.procedure.id,
    procedureTitle: run.plan.procedure.title,
    ...(run.plan.cluster === undefined ? {} : { cluster: run.plan.cluster }),
    requestedBy: run.requestedBy,
    approvedBy: approversOf(run),
    startedAt: run.startedAt,
    ...(run.status.kind === 'finished' ? { finishedAt: run.status.at } : {}),
    state: stateOf(run),
    shortfall: shortfallOf(run),
    rolledBack: hasRolledBack(run),
    effect: worstEffect(run.plan.steps.map(step => step.effect)),
    ...(writes === undefined ? {} : { writes }),
  };
}

/** When the run next needs a worker without anybody asking: the first approval that expires. @public */
export function nextWakeAt(run: Run): Instant | undefined {
  if (run.status.kind === 'finished') return undefined;
  return Object.values(run.steps)
    .flatMap(state =>
      state.status === 'waiting-approval' ? [state.request.expiresAt] : [],
    )
    .sort()[0];
}

/** A worker has something to do right now. @public */
export function needsWorker(run: Run): boolean {
  return (
    run.status.kind === 'cancelling' ||
    (run.status.kind === 'open' && stepInFlight(run) !== undefined)
  );
}

function approversOf(run: Run): string[] {
  const refs = Object.values(run.steps).flatMap(state =>
    'approval' in state && state.approval
      ? state.approval.given.map(({ approvedBy }) => approvedBy)
      : [],
  );
  return [...new Set(refs)].sort();
}

function stateOf(run: Run): string {
  if (run.status.kind === 'finished') return run.status.outcome;
  if (run.status.kind === 'cancelling') return 'cancelling';
  const statuses = Object.values(run.steps).map(state => state.status);
  if (statuses.includes('interrupted')) return 'interrupted';
  if (statuses.includes('queued') || statuses.includes('running'))
    return 'running';
  if (statuses.includes('waiting-approval')) return 'waiting-approval';
  return 'open';
}
