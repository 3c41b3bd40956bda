// Attempts as things of their own, locks per object, approvals that wait, starts by key: what fences a run's work.

/** @param {import('knex').Knex} knex */
exports.up = async function up(knex) {
  await knex.schema.createTable('attempts', table => {
    table.comment(
      'Tries of steps; output, calls and secrets of one are stored only while its lease is the current one of its run',
    );
    table.uuid('id').primary().defaultTo(knex.raw('gen_random_uuid()'));
    runOf(table);
    table.text('step_id').notNullable();
    table.integer('number').notNullable();
    table.text('purpose').notNullable().comment('run, preview or rehearsal');
    table.text('executor').notNullable();
    table.bigInteger('lease_token').notNullable();
    table
      .text('binding_digest')
      .notNullable()
      .comment('Of everything that reached bash');
    table.timestamp('started_at', { useTz: true }).notNullable();
    table.timestamp('ended_at', { useTz: true }).nullable();
    table.unique(['run_id', 'step_id', 'purpose', 'number']);
  });
  await knex.raw(
    `alter table attempts add constraint attempts_purpose check (purpose in ('run', 'preview', 'rehearsal'))`,
  );

  await knex.schema.createTable('change_locks', table => {
    table.comment(
      'What a run changes while nobody else does, from the queueing of its step to its end',
    );
    runOf(table);
    table.text('step_id').notNullable();
    table.text('cluster').notNullable();
    table.text('namespace').notNullable();
    table
      .text('object')
      .notNullable()
      .comment('group/resource/name, or * for everything in the namespace');
    table.primary(['run_id', 'step_id', 'cluster', 'namespace', 'object']);
    table.index(['cluster', 'namespace', 'object'], 'change_locks_by_object');
  });

  await knex.schema.createTable('waiting_approvals', table => {
    table.comment(
      'Approvals that are still missing: one row per step and entity whose owner must approve',
    );
    runOf(table);
    table.text('step_id').notNullable();
    table.text('entity_ref').notNullable();
    table.text('requested_by').notNullable();
    table.text('run_requested_by').notNullable();
    table.specificType('given_by', 'text[]').notNullable();
    table.timestamp('requested_at', { useTz: true }).notNullable();
    table.timestamp('expires_at', { useTz: true }).notNullable();
    table.primary(['run_id', 'step_id', 'entity_ref']);
    table.index(['entity_ref', 'requested_at'], 'waiting_approvals_by_entity');
  });

  await knex.schema.createTable('run_starts', table => {
    table.comment('Idempotency keys of starts: one key and person, one run');
    table.text('user_ref').notNullable();
    table.text('key').notNullable();
    table
      .text('request_digest')
      .notNullable()
      .comment('Keyed digest of what was asked for; it may hold secret values');
    // Deferred: the key is taken first, so that of two starts the second does nothing.
    table
      .uuid('run_id')
      .notNullable()
      .references('id')
      .inTable('runs')
      .onDelete('CASCADE')
      .deferrable('deferred');
    table.primary(['user_ref', 'key']);
  });

  await knex.raw(
    `alter table runs drop constraint runs_one_change_at_a_time, drop column changing_key`,
  );
  await knex.raw(`drop index runs_waiting`);
};

/** Goes with its run, which only retention removes. */
function runOf(table) {
  table
    .uuid('run_id')
    .notNullable()
    .references('id')
    .inTable('runs')
    .onDelete('CASCADE');
}

/** @param {import('knex').Knex} knex */
exports.down = async function down(knex) {
  await knex.raw(
    `create index runs_waiting on runs (started_at) where state = 'waiting-approval'`,
  );
  await knex.schema.alterTable('runs', table => {
    table
      .text('changing_key')
      .nullable()
      .comment(
        'Entity and cluster while a step that may write is queued or running',
      );
    table.unique(['changing_key'], { indexName: 'runs_one_change_at_a_time' });
  });
  await knex.schema.dropTable('run_starts');
  await knex.schema.dropTable('waiting_approvals');
  await knex.schema.dropTable('change_locks');
  await knex.schema.dropTable('attempts');
};
