// Leases point to workers that are seen, failed work waits longer each time, and slots are shared between people.

/** @param {import('knex').Knex} knex */
exports.up = async function up(knex) {
  await knex.schema.createTable('workers', table => {
    table.comment(
      'Backends that work on runs; a lease holds while its worker is seen, by the clock of the database',
    );
    table.text('id').primary();
    table
      .timestamp('seen_since', { useTz: true })
      .notNullable()
      .comment('Since when it was seen without a gap');
    table.timestamp('last_seen_at', { useTz: true }).notNullable();
    table
      .timestamp('ended_at', { useTz: true })
      .nullable()
      .comment('It was stopped in order and works on nothing');
  });
  await knex.schema.alterTable('runs', table => {
    table
      .text('queued_for')
      .nullable()
      .comment('The person who wants the step that was queued last');
    table
      .timestamp('due_at', { useTz: true })
      .nullable()
      .comment('Since when it needs a worker');
    table
      .timestamp('retry_at', { useTz: true })
      .nullable()
      .comment('Not claimed before: working on it failed');
    table.integer('retries').notNullable().defaultTo(0);
    table.text('retry_because').nullable();
    table
      .integer('event_vocabulary')
      .notNullable()
      .defaultTo(1)
      .comment('Replicas that know only an older one leave the run alone');
  });
  await knex.raw(
    `create index runs_leased on runs (lease_owner) where lease_owner is not null`,
  );
  await knex.raw(
    `create index runs_queued_by_person on runs ((coalesce(queued_for, requested_by))) where needs_worker`,
  );
  await knex.raw(
    `create index runs_open_by_person on runs (requested_by) where finished_at is null`,
  );
};

/** @param {import('knex').Knex} knex */
exports.down = async function down(knex) {
  for (const index of [
    'runs_leased',
    'runs_queued_by_person',
    'runs_open_by_person',
  ]) {
    await knex.raw(`drop index ${index}`);
  }
  await knex.schema.alterTable('runs', table => {
    table.dropColumn('queued_for');
    table.dropColumn('due_at');
    table.dropColumn('retry_at');
    table.dropColumn('retries');
    table.dropColumn('retry_because');
    table.dropColumn('event_vocabulary');
  });
  await knex.schema.dropTable('workers');
};
