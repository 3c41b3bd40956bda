// The portal vouches for the newest event of each run, and so for all of them: nobody else can add one that is believed.

/** @param {import('knex').Knex} knex */
exports.up = async function up(knex) {
  await knex.schema.alterTable('runs', table => {
    table
      .text('head_mac')
      .nullable()
      .comment(
        'Keyed digest of its id, event_count and head_hash, which only a backend with the key can make',
      );
    table
      .timestamp('sealed_at', { useTz: true })
      .nullable()
      .comment('When it was sealed last; what counts is what checkpoints say');
  });
  // A replica of a version that vouches for nothing must not add events that nobody would believe afterwards.
  await knex.raw(`
    create function runbooks_refuse_unvouched() returns trigger language plpgsql as $$
    begin
      if new.head_mac is null
         or tg_op = 'UPDATE' and new.head_hash <> old.head_hash and new.head_mac is not distinct from old.head_mac then
        raise exception 'run % gets events that nobody vouches for: this backend is older than the database', new.id
          using errcode = 'integrity_constraint_violation';
      end if;
      return new;
    end $$`);
  await knex.raw(`
    create trigger runs_vouched before insert or update of event_count, head_hash on runs
    for each row execute function runbooks_refuse_unvouched()`);
};

/** @param {import('knex').Knex} knex */
exports.down = async function down(knex) {
  await knex.raw('drop trigger runs_vouched on runs');
  await knex.raw('drop function runbooks_refuse_unvouched()');
  await knex.schema.alterTable('runs', table => {
    table.dropColumn('head_mac');
    table.dropColumn('sealed_at');
  });
};
