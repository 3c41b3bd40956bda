// How often each person asked for an approval in an hour: each one tells other people.

/** @param {import('knex').Knex} knex */
exports.up = async function up(knex) {
  await knex.schema.createTable('approval_requests', table => {
    table.comment(
      'Requests for approvals by person and hour; of an hour that is over a row goes with the next request',
    );
    table.text('person').notNullable();
    table.timestamp('hour', { useTz: true }).notNullable();
    table.integer('count').notNullable();
    table.primary(['person', 'hour']);
  });
};

/** @param {import('knex').Knex} knex */
exports.down = async function down(knex) {
  await knex.schema.dropTable('approval_requests');
};
