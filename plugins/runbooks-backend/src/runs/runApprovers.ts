import type { Run, RunEvent } from '@backstage-runbooks/plugin-runbooks-common';
import type { Knex } from 'knex';

/** Lists who approved a step of the run, for whoever looks for the runs that a person approved. */
export async function listApprovers(
  trx: Knex.Transaction,
  run: Run,
  events: readonly RunEvent[],
): Promise<void> {
  const approvers = events.flatMap(event =>
    event.kind === 'step-approved' ? [event.by] : [],
  );
  if (approvers.length === 0) return;
  await trx('run_approvers')
    .insert(
      [...new Set(approvers)].map(approvedBy => ({
        run_id: run.id,
        approved_by: approvedBy,
        entity_ref: run.plan.entityRef,
        started_at: new Date(run.startedAt),
      })),
    )
    .onConflict(['run_id', 'approved_by'])
    .ignore();
}
