import type { Knex } from 'knex';

/** Empties the tables of runs between tests, which nobody else may: the ledger is append-only. */
export async function emptyRuns(knex: Knex): Promise<void> {
  await knex.raw('alter table run_events disable trigger user');
  await knex.raw(
    'truncate runs, run_events, run_output, run_calls, run_secrets, run_starts, attempts, workers, approval_requests cascade',
  );
  await knex.raw('alter table run_events enable trigger user');
}
