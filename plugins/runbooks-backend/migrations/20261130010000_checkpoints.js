// Checkpoints seal the heads of ledgers under a signature; nobody empties a ledger, and whole runs go only by retention.

/** @param {import('knex').Knex} knex */
exports.up = async function up(knex) {
  await knex.schema.createTable('ledger_checkpoints', table => {
    table.comment(
      'The chain of signed checkpoints: heads of runs, and runs that retention removed',
    );
    table.integer('number').primary();
    table.timestamp('at', { useTz: true }).notNullable();
    table
      .text('canonical_text')
      .notNullable()
      .comment('RFC 8785 text: exactly what was hashed and signed');
    table.specificType('hash', 'char(64)').notNullable();
    table.specificType('signature', 'char(128)').notNullable();
  });
  await knex.schema.alterTable('runs', table => {
    table
      .integer('sealed_event_count')
      .notNullable()
      .defaultTo(0)
      .comment('So many of its events are sealed by a checkpoint');
    table
      .text('ledger_fault')
      .nullable()
      .comment('Why it is not sealed any more: its events were altered');
  });
  await knex.raw(
    `create index runs_unsealed on runs (id) where event_count > sealed_event_count and ledger_fault is null`,
  );
  await knex.raw(`
    create or replace function runbooks_refuse_change() returns trigger language plpgsql as $$
    begin
      if tg_op = 'DELETE' and tg_table_name = 'run_events'
         and current_setting('runbooks.retention', true) = 'on' then
        return old;
      end if;
      raise exception '% is append-only: % refused', tg_table_name, tg_op
        using errcode = 'integrity_constraint_violation';
    end $$`);
  await knex.raw(`
    create trigger ledger_checkpoints_append_only before update or delete on ledger_checkpoints
    for each row execute function runbooks_refuse_change()`);
  for (const table of ['run_events', 'ledger_checkpoints']) {
    await knex.raw(`
      create trigger ${table}_not_emptied before truncate on ${table}
      for each statement execute function runbooks_refuse_change()`);
  }
};

/** @param {import('knex').Knex} knex */
exports.down = async function down(knex) {
  await knex.raw('drop trigger run_events_not_emptied on run_events');
  await knex.raw('drop table ledger_checkpoints');
  await knex.raw('drop index runs_unsealed');
  await knex.schema.alterTable('runs', table => {
    table.dropColumn('sealed_event_count');
    table.dropColumn('ledger_fault');
  });
  await knex.raw(`
    create or replace function runbooks_refuse_change() returns trigger language plpgsql as $$
    begin
      raise exception 'run_events is append-only: % refused', tg_op using errcode = 'integrity_constraint_violation';
    end $$`);
};
