// What a run did stands in lists in place of what it could have done. Runs that had ended before are not counted: lists
// go on telling of them what was planned.

/** @param {import('knex').Knex} knex */
exports.up = async function up(knex) {
  await knex.schema.alterTable('runs', table => {
    table
      .integer('writes')
      .nullable()
      .comment(
        'Recorded Kubernetes calls of a run that has ended which changed something; null where not all are known',
      );
  });
};

/** @param {import('knex').Knex} knex */
exports.down = async function down(knex) {
  await knex.schema.alterTable('runs', table => {
    table.dropColumn('writes');
  });
};
