// A run's page asks for the newest checkpoint that holds it, and an export reads calls attempt by attempt.

/** @param {import('knex').Knex} knex */
exports.up = async function up(knex) {
  await knex.raw(`
    create index ledger_checkpoints_by_run on ledger_checkpoints
     using gin (jsonb_path_query_array(canonical_text::jsonb, '$.heads[*].runId'))`);
  await knex.raw(
    'create index run_calls_by_attempt on run_calls (run_id, step_id, attempt, at, id)',
  );
};

/** @param {import('knex').Knex} knex */
exports.down = async function down(knex) {
  await knex.raw('drop index run_calls_by_attempt');
  await knex.raw('drop index ledger_checkpoints_by_run');
};
