// That a run was rolled back is told in lists, and runs are looked for by it: one that was is no deployment, whatever
// whoever ended it called it. Runs that are there already are looked through, a few at a time and beside whoever uses
// the tables; only those whose plan has a rollback are read.
exports.config = { transaction: false };

const AT_ONCE = 200;
const FIRST = '00000000-0000-0000-0000-000000000000';

/** @param {import('knex').Knex} knex */
exports.up = async function up(knex) {
  await knex.raw(
    'alter table runs add column if not exists rolled_back boolean not null default false',
  );
  await knex.raw(
    `comment on column runs.rolled_back is 'A step of its rollback that changes something ended well'`,
  );
  await knex.raw(
    `comment on column runs.writes is 'Recorded Kubernetes calls of the run until now which changed something; null where not all are known'`,
  );
  for (let after = FIRST; after !== undefined; ) {
    after = await markSome(knex, after);
  }
};

/** @param {import('knex').Knex} knex */
exports.down = async function down(knex) {
  await knex.schema.alterTable('runs', table => {
    table.dropColumn('rolled_back');
  });
};

/** Returns where to go on; undefined at the end. */
async function markSome(knex, after) {
  const starts = await knex('run_events')
    .where('seq', 0)
    .where('run_id', '>', after)
    .where('canonical_text', 'like', '%"role":"rollback"%')
    .orderBy('run_id')
    .limit(AT_ONCE)
    .select('run_id', 'canonical_text');
  for (const { run_id: id, canonical_text: text } of starts) {
    const ids = stepsThatTakeBack(eventOf(text)?.plan);
    if (ids.length === 0) continue;
    const ends = await knex('run_events')
      .where('run_id', id)
      .whereIn('kind', ['step-finished', 'step-confirmed'])
      .select('canonical_text');
    if (ends.some(end => tookBack(eventOf(end.canonical_text), ids))) {
      await knex('runs').where({ id }).update({ rolled_back: true });
    }
  }
  return starts.length < AT_ONCE ? undefined : starts[starts.length - 1].run_id;
}

function stepsThatTakeBack(plan) {
  return plan?.procedure?.kind === 'rollback'
    ? []
    : (plan?.steps ?? []).filter(step => step.phase?.role === 'rollback');
}

function tookBack(event, steps) {
  const step = steps.find(({ id }) => id === event?.stepId);
  if (!step) return false;
  return (
    event.kind === 'step-confirmed' ||
    (event.result?.ok === true && !['read', 'local'].includes(step.effect))
  );
}

/** Undefined where somebody altered the text so that it is none. */
function eventOf(text) {
  try {
    return JSON.parse(text).event;
  } catch {
    return undefined;
  }
}
