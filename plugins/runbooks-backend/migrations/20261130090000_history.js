// Lists of runs look at the newest run of each entity that the filter leaves: an index for each filter, which holds the
// others as well. Built beside whoever uses the tables, which no transaction can.
exports.config = { transaction: false };

const FILTERS = {
  runs_by_person: ['requested_by', 'procedure_id', 'state'],
  runs_by_procedure: ['procedure_id', 'requested_by', 'state'],
  runs_by_state: ['state', 'requested_by', 'procedure_id'],
};

/** @param {import('knex').Knex} knex */
exports.up = async function up(knex) {
  for (const [name, [filter, ...others]] of Object.entries(FILTERS)) {
    await build(
      knex,
      name,
      `runs (${filter}, entity_ref, started_at, id) include (${others})`,
    );
  }
  // Retention asks every minute which runs ended long ago.
  await build(
    knex,
    'runs_by_end',
    'runs (finished_at) where finished_at is not null',
  );
  await build(
    knex,
    'waiting_approvals_until',
    'waiting_approvals (entity_ref, expires_at)',
  );
};

/** @param {import('knex').Knex} knex */
exports.down = async function down(knex) {
  await knex.raw('drop index waiting_approvals_until');
  await knex.raw('drop index runs_by_end');
  for (const name of Object.keys(FILTERS)) {
    await knex.raw(`drop index ${name}`);
  }
};

/** One that was interrupted leaves an index that nobody uses. */
async function build(knex, name, on) {
  await knex.raw(`drop index concurrently if exists ${name}`);
  await knex.raw(`create index concurrently ${name} on ${on}`);
}
