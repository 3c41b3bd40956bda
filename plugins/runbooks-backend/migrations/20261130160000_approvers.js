// History is asked what a person approved, what was called a success with a shortfall, and what was rolled back: each
// has its index, and an approver a table, because one run has several.
exports.config = { transaction: false };

const INDEXES = {
  runs_short: `runs (entity_ref, started_at, id)
    where state = 'succeeded' and shortfall <> '{"failed": 0, "unexpected": 0, "notDone": 0, "skipped": 0}'::jsonb`,
  runs_rolled_back: 'runs (entity_ref, started_at, id) where rolled_back',
};

/** @param {import('knex').Knex} knex */
exports.up = async function up(knex) {
  // One that was interrupted begins anew.
  await knex.schema.dropTableIfExists('run_approvers');
  await knex.schema.createTable('run_approvers', table => {
    table.comment('Who approved a step of a run; goes with the run');
    table
      .uuid('run_id')
      .notNullable()
      .references('id')
      .inTable('runs')
      .onDelete('CASCADE');
    table.text('approved_by').notNullable();
    table.text('entity_ref').notNullable().comment('Of the run');
    table
      .timestamp('started_at', { useTz: true })
      .notNullable()
      .comment('Of the run');
    table.primary(['run_id', 'approved_by']);
    table.index(
      ['approved_by', 'entity_ref', 'started_at', 'run_id'],
      'run_approvers_by_person',
    );
  });
  await knex.raw(
    `insert into run_approvers (run_id, approved_by, entity_ref, started_at)
     select distinct id, unnest(approved_by), entity_ref, started_at from runs`,
  );
  for (const [name, on] of Object.entries(INDEXES)) {
    await knex.raw(`drop index concurrently if exists ${name}`);
    await knex.raw(`create index concurrently ${name} on ${on}`);
  }
};

/** @param {import('knex').Knex} knex */
exports.down = async function down(knex) {
  for (const name of Object.keys(INDEXES)) {
    await knex.raw(`drop index ${name}`);
  }
  await knex.schema.dropTable('run_approvers');
};
