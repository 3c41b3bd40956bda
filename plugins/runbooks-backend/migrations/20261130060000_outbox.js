// What people must be told is stored with the event that causes it, so that no failure on the way loses it.

/** @param {import('knex').Knex} knex */
exports.up = async function up(knex) {
  await knex.schema.createTable('outbox', table => {
    table.comment('What is still to be told to people; a row goes when it was');
    table.uuid('id').primary().defaultTo(knex.raw('gen_random_uuid()'));
    table
      .uuid('run_id')
      .notNullable()
      .references('id')
      .inTable('runs')
      .onDelete('CASCADE');
    table.integer('event_seq').notNullable();
    table.text('kind').notNullable().comment('approval-requested');
    table.text('step_id').notNullable();
    table
      .timestamp('due_at', { useTz: true })
      .notNullable()
      .defaultTo(knex.fn.now());
    table.integer('tries').notNullable().defaultTo(0);
    table.text('because').nullable().comment('Why the last try failed');
    table.unique(['run_id', 'event_seq']);
    table.index(['due_at'], 'outbox_due');
  });
};

/** @param {import('knex').Knex} knex */
exports.down = async function down(knex) {
  await knex.schema.dropTable('outbox');
};
