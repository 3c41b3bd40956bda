import {
  missingApprovals,
  type EntityRef,
  type Run,
} from '@backstage-runbooks/plugin-runbooks-common';
import type { Knex } from 'knex';
import type { WaitingApprovalRow } from '../database/tables';
import type { WaitingQuery } from './RunStore';

/** Makes the list of missing approvals say of a run what its steps say. */
export async function listWaiting(
  trx: Knex.Transaction,
  run: Run,
): Promise<void> {
  await trx<WaitingApprovalRow>('waiting_approvals')
    .where({ run_id: run.id })
    .delete();
  const rows = rowsOf(run);
  if (rows.length === 0) return;
  await trx<WaitingApprovalRow>('waiting_approvals').insert(rows);
}

/** The entities for which an approval is missing somewhere. */
export async function waitingEntities(
  knex: Knex,
  at: Date,
): Promise<EntityRef[]> {
  const rows = await knex<WaitingApprovalRow>('waiting_approvals')
    .where('expires_at', '>', at)
    .distinct('entity_ref');
  return rows.map(row => row.entity_ref);
}

/** The steps that a person could approve by their entities, newest request first. */
export async function findWaiting(
  knex: Knex,
  { entityRefs, accounts, at, limit }: WaitingQuery,
): Promise<Array<{ runId: string; stepId: string }>> {
  const found = await knex.raw<{ rows: WaitingApprovalRow[] }>(
    `select run_id, step_id, max(requested_at) as requested_at
       from waiting_approvals
      where entity_ref = any(:entityRefs) and expires_at > :at
        and not requested_by = any(:accounts)
        and not run_requested_by = any(:accounts)
        and not given_by && :accounts::text[]
      group by run_id, step_id
      order by max(requested_at) desc, run_id, step_id
      limit :limit`,
    { entityRefs, accounts, at, limit },
  );
  return found.rows.map(row => ({ runId: row.run_id, stepId: row.step_id }));
}

function rowsOf(run: Run): WaitingApprovalRow[] {
  if (run.status.kind === 'finished') return [];
  return Object.entries(run.steps).flatMap(([stepId, state]) =>
    state.status === 'waiting-approval'
      ? missingApprovals(run, state.request, state.given).map(entityRef => ({
          run_id: run.id,
          step_id: stepId,
          entity_ref: entityRef,
          requested_by: state.request.requestedBy,
          run_requested_by: run.requestedBy,
          given_by: state.given.map(({ approvedBy }) => approvedBy),
          requested_at: new Date(state.request.requestedAt),
          expires_at: new Date(state.request.expiresAt),
        }))
      : [],
  );
}
