// Runs, their ledger, output and calls: the run row is also the queue row that workers claim.

/** @param {import('knex').Knex} knex */
exports.up = async function up(knex) {
  await knex.schema.createTable('runs', table => {
    table.comment(
      'One row per run: what lists and workers need; the truth is in run_events',
    );
    table.uuid('id').primary();
    table.text('entity_ref').notNullable();
    table.text('runbook_id').notNullable();
    table.text('runbook_title').notNullable();
    table.text('runbook_path').notNullable();
    table.text('revision').notNullable();
    table.text('procedure_id').notNullable();
    table.text('procedure_title').notNullable();
    table.text('cluster').nullable();
    table.text('effect').notNullable();
    table.text('requested_by').notNullable();
    table.specificType('approved_by', 'text[]').notNullable();
    table.timestamp('started_at', { useTz: true }).notNullable();
    table.timestamp('finished_at', { useTz: true }).nullable();
    table.text('state').notNullable();
    table.integer('event_count').notNullable();
    table.specificType('head_hash', 'char(64)').notNullable();
    table
      .text('changing_key')
      .nullable()
      .comment(
        'Entity and cluster while a step that may write is queued or running',
      );
    table.boolean('needs_worker').notNullable();
    table.timestamp('wake_at', { useTz: true }).nullable();
    table.text('lease_owner').nullable();
    table
      .bigInteger('lease_token')
      .notNullable()
      .defaultTo(0)
      .comment('Fencing token: grows with every claim');
    table.timestamp('lease_expires_at', { useTz: true }).nullable();
    table.unique(['changing_key'], { indexName: 'runs_one_change_at_a_time' });
    table.index(['entity_ref', 'started_at', 'id'], 'runs_by_entity');
    table.index(['started_at', 'id'], 'runs_by_time');
  });
  await knex.raw(
    `create index runs_due on runs (wake_at) where needs_worker or wake_at is not null`,
  );
  await knex.raw(
    `create index runs_waiting on runs (started_at) where state = 'waiting-approval'`,
  );

  await knex.schema.createTable('run_events', table => {
    table.comment(
      'The ledger: append-only, each event hashed together with the hash before',
    );
    table.uuid('run_id').notNullable().references('id').inTable('runs');
    table.integer('seq').notNullable();
    table.timestamp('at', { useTz: true }).notNullable();
    table.text('kind').notNullable();
    table
      .text('canonical_text')
      .notNullable()
      .comment('RFC 8785 text: exactly what was hashed');
    table.specificType('previous_hash', 'char(64)').notNullable();
    table.specificType('hash', 'char(64)').notNullable();
    table.primary(['run_id', 'seq']);
  });
  await knex.raw(`
    create function runbooks_refuse_change() returns trigger language plpgsql as $$
    begin
      raise exception 'run_events is append-only: % refused', tg_op using errcode = 'integrity_constraint_violation';
    end $$`);
  await knex.raw(`
    create trigger run_events_append_only before update or delete on run_events
    for each row execute function runbooks_refuse_change()`);

  await knex.schema.createTable('run_output', table => {
    table.comment(
      'Output of attempts in chunks, redacted before it comes here',
    );
    table.uuid('run_id').notNullable().references('id').inTable('runs');
    table.text('step_id').notNullable();
    table.integer('attempt').notNullable();
    table.bigInteger('byte_offset').notNullable();
    table.integer('byte_length').notNullable();
    table.text('text').notNullable();
    table.primary(['run_id', 'step_id', 'attempt', 'byte_offset']);
  });

  await knex.schema.createTable('run_calls', table => {
    table.comment(
      'Kubernetes calls that the gateway saw: recorded before they are forwarded and after',
    );
    table.uuid('id').primary();
    table.uuid('run_id').notNullable().references('id').inTable('runs');
    table.text('step_id').notNullable();
    table.integer('attempt').notNullable();
    table.timestamp('at', { useTz: true }).notNullable();
    table.jsonb('call').notNullable();
    table.boolean('is_write').notNullable();
    table.boolean('is_refused').notNullable();
    table.integer('status').nullable();
    table.integer('duration_ms').nullable();
    table.index(['run_id', 'at'], 'run_calls_by_run');
  });

  await knex.schema.createTable('run_secrets', table => {
    table.comment(
      'What a run keeps encrypted: secret values, carried variables, changed files',
    );
    table.uuid('run_id').notNullable().references('id').inTable('runs');
    table.text('name').notNullable();
    table.binary('ciphertext').notNullable();
    table.primary(['run_id', 'name']);
  });

  await knex.schema.createTable('repository_snapshots', table => {
    table.comment('Repositories as they were planned, by content hash');
    table.specificType('revision', 'char(64)').primary();
    table.binary('archive').notNullable().comment('tar.gz');
    table
      .timestamp('created_at', { useTz: true })
      .notNullable()
      .defaultTo(knex.fn.now());
  });
};

/** @param {import('knex').Knex} knex */
exports.down = async function down(knex) {
  await knex.schema.dropTable('repository_snapshots');
  await knex.schema.dropTable('run_secrets');
  await knex.schema.dropTable('run_calls');
  await knex.schema.dropTable('run_output');
  await knex.raw('drop table run_events');
  await knex.raw('drop function runbooks_refuse_change()');
  await knex.schema.dropTable('runs');
};
