// Somebody stops all changes at once, and somebody lets them go on: both stay to be read.

/** @param {import('knex').Knex} knex */
exports.up = async function up(knex) {
  await knex.schema.createTable('stops', table => {
    table.comment('Stops of all changes, with who made and who ended them');
    table.uuid('id').primary().defaultTo(knex.raw('gen_random_uuid()'));
    table.text('stopped_by').notNullable();
    table
      .timestamp('stopped_at', { useTz: true })
      .notNullable()
      .defaultTo(knex.fn.now());
    table.text('reason').notNullable();
    table.text('ended_by');
    table.timestamp('ended_at', { useTz: true });
  });
  await knex.raw(
    'create unique index stops_one on stops ((true)) where ended_at is null',
  );
};

/** @param {import('knex').Knex} knex */
exports.down = async function down(knex) {
  await knex.schema.dropTable('stops');
};
