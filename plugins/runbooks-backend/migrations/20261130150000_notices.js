// People are told of more than that an approval is wanted, also of what belongs to no step.

/** @param {import('knex').Knex} knex */
exports.up = async function up(knex) {
  await knex.raw('alter table outbox alter column step_id drop not null');
  await knex.raw(
    `comment on column outbox.kind is 'Kind of the event of which somebody is told'`,
  );
};

/** @param {import('knex').Knex} knex */
exports.down = async function down(knex) {
  await knex('outbox').whereNull('step_id').delete();
  await knex.raw('alter table outbox alter column step_id set not null');
  await knex.raw(`comment on column outbox.kind is 'approval-requested'`);
};
