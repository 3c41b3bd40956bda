// The files of a run are those that were planned: nobody changes them afterwards.

/** @param {import('knex').Knex} knex */
exports.up = async function up(knex) {
  await knex.raw(
    `create trigger repository_snapshots_kept before update on repository_snapshots
     for each row execute function runbooks_refuse_change()`,
  );
};

/** @param {import('knex').Knex} knex */
exports.down = async function down(knex) {
  await knex.raw(
    'drop trigger repository_snapshots_kept on repository_snapshots',
  );
};
