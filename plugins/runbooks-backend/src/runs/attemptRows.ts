import type { RunEvent } from '@backstage-runbooks/plugin-runbooks-common';
import type { Knex } from 'knex';

/** Opens and closes attempts as the events of a run say, in the transaction that appends them. */
export async function followAttempts(
  trx: Knex.Transaction,
  runId: string,
  events: readonly RunEvent[],
  at: Date,
): Promise<void> {
  for (const event of events) {
    if (event.kind === 'step-started') {
      await trx.raw(
        `insert into attempts
           (run_id, step_id, number, purpose, executor, lease_token, binding_digest, started_at)
         select id, :stepId, :attempt, 'run', :executor, lease_token, :digest, :at
           from runs where id = :runId`,
        {
          stepId: event.stepId,
          attempt: event.attempt,
          executor: event.executor,
          digest: event.digest,
          runId,
          at,
        },
      );
    }
    if (event.kind === 'step-finished' || event.kind === 'step-interrupted') {
      await trx('attempts')
        .where({
          run_id: runId,
          step_id: event.stepId,
          number: event.attempt,
          purpose: 'run',
        })
        .update({ ended_at: at });
    }
  }
}
