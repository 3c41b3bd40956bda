// What was not good in a run is told in lists too: a run that somebody calls a success is not always one. Runs that are
// there already are counted when a list shows them: counting all would lock the table for as long.

/** @param {import('knex').Knex} knex */
exports.up = async function up(knex) {
  await knex.schema.alterTable('runs', table => {
    table
      .jsonb('shortfall')
      .nullable()
      .comment('How many steps failed, were unexpected, not done or skipped');
    table
      .integer('shortfall_event_count')
      .notNullable()
      .defaultTo(0)
      .comment('So many of its events are counted in shortfall');
  });
};

/** @param {import('knex').Knex} knex */
exports.down = async function down(knex) {
  await knex.schema.alterTable('runs', table => {
    table.dropColumn('shortfall');
    table.dropColumn('shortfall_event_count');
  });
};
