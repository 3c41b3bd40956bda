import {
  missingApprovals,
  type EntityRef,
  type Run,
} from '@backstage-runbooks/plugin-runbooks-common';
import type { Knex } from 'knex';
import type { WaitingApprovalRow } from '../database/tables';
import { distinctQuery } from './distinctValues';
import type { WaitingQuery } from './RunStore';

/** Not a join: a row of waiting is looked up by its run's key, and never are all runs read for some that wait. */
const ENTITY_OF_RUN =
  '(select runs.entity_ref from runs where runs.id = waiting.run_id)';

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
  const named = distinctQuery('waiting_approvals', 'entity_ref', {});
  const { rows } = await knex.raw<{ rows: Array<{ value: string }> }>(
    `select value from (${named.text}) as named
      where exists (select 1 from waiting_approvals
                     where entity_ref = value and expires_at > :at)`,
    { ...named.bindings, at },
  );
  return rows.map(({ value }) => value);
}

/** The entities of the runs in which an approval of one of these entities is missing. */
export async function waitingRunEntities(
  knex: Knex,
  entityRefs: EntityRef[],
  at: Date,
): Promise<EntityRef[]> {
  const { rows } = await knex.raw<{ rows: Array<{ value: string }> }>(
    `select distinct ${ENTITY_OF_RUN} as value from waiting_approvals waiting
      where entity_ref = any(:entityRefs) and expires_at > :at`,
    { entityRefs, at },
  );
  return rows.map(({ value }) => value);
}

/**
 * The steps that a person could approve by their entities, newest request first. Of each person who asks the newest
 * come before the second newest of anybody, and so on, until the limit is reached.
 */
export async function findWaiting(
  knex: Knex,
  { entityRefs, runEntityRefs, accounts, at, limit }: WaitingQuery,
): Promise<Array<{ runId: string; stepId: string }>> {
  const found = await knex.raw<{ rows: WaitingApprovalRow[] }>(
    `with found as (
       select run_id, step_id, max(requested_at) as requested_at,
              row_number() over (
                partition by min(waiting.requested_by)
                order by max(requested_at) desc, run_id, step_id) as place
         from waiting_approvals waiting
        where entity_ref = any(:entityRefs)
          and expires_at > :at
          and ${ENTITY_OF_RUN} = any(:runEntityRefs)
          and not waiting.requested_by = any(:accounts)
          and not run_requested_by = any(:accounts)
          and not given_by && :accounts::text[]
        group by run_id, step_id),
     fair as (
       select * from found order by place, requested_at desc, run_id, step_id limit :limit)
     select * from fair order by requested_at desc, run_id, step_id`,
    { entityRefs, runEntityRefs, accounts, at, limit },
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
