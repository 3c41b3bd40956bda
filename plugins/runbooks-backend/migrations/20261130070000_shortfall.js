// What was not good in a run is told in lists too: a run that somebody calls a success is not always one.

const RUNS_AT_ONCE = 100;
const ONLY_IN_NEED = ['rollback', 'escalation', 'information'];

/** @param {import('knex').Knex} knex */
exports.up = async function up(knex) {
  await knex.schema.alterTable('runs', table => {
    table
      .jsonb('shortfall')
      .nullable()
      .comment('How many steps failed, were unexpected, not done or skipped');
    table
      .integer('shortfall_event_count')
      .notNullable()
      .defaultTo(0)
      .comment('So many of its events are counted in shortfall');
  });
  let after = '00000000-0000-0000-0000-000000000000';
  for (;;) {
    const runs = await knex('runs')
      .where('id', '>', after)
      .orderBy('id')
      .limit(RUNS_AT_ONCE)
      .select('id', 'event_count');
    if (runs.length === 0) return;
    after = runs[runs.length - 1].id;
    for (const { id, event_count } of runs) {
      await knex('runs')
        .where({ id })
        .update({
          shortfall: JSON.stringify(shortfallOf(await eventsOf(knex, id))),
          shortfall_event_count: event_count,
        });
    }
  }
};

/** @param {import('knex').Knex} knex */
exports.down = async function down(knex) {
  await knex.schema.alterTable('runs', table => {
    table.dropColumn('shortfall');
    table.dropColumn('shortfall_event_count');
  });
};

async function eventsOf(knex, runId) {
  const rows = await knex('run_events')
    .where({ run_id: runId })
    .orderBy('seq')
    .select('canonical_text');
  return rows.map(({ canonical_text }) => JSON.parse(canonical_text).event);
}

/** As the core counted when this was written; a migration must not change with it. */
function shortfallOf(events) {
  const shortfall = { failed: 0, unexpected: 0, notDone: 0, skipped: 0 };
  const steps = events[0]?.plan?.steps ?? [];
  const states = new Map(steps.map(({ id }) => [id, { status: 'pending' }]));
  for (const event of events) {
    const before = states.get(event.stepId);
    if (before) states.set(event.stepId, stateAfter(before, event));
  }
  const choices = new Map();
  for (const step of steps) {
    const lack = lackOf(states.get(step.id));
    if (lack === 'failed' || lack === 'unexpected') {
      shortfall[lack] += 1;
    } else if (lack && isNeeded(step, steps, states)) {
      const group = step.alternative?.group;
      if (group === undefined) shortfall[lack] += 1;
      else if (choices.get(group) !== 'notDone') choices.set(group, lack);
    }
  }
  for (const lack of choices.values()) shortfall[lack] += 1;
  return shortfall;
}

function stateAfter(before, event) {
  switch (event.kind) {
    case 'approval-requested':
    case 'step-queued':
    case 'step-started':
      return { status: 'under way' };
    case 'step-denied':
      return { status: 'denied' };
    case 'approval-expired':
    case 'approval-voided':
      return { status: 'pending' };
    case 'step-finished':
      return { status: 'ended', result: event.result };
    case 'step-judged':
      return { ...before, good: event.good };
    case 'step-interrupted':
      return { status: 'interrupted' };
    case 'interruption-settled':
      return { status: event.as === 'done' ? 'confirmed' : 'pending' };
    case 'step-confirmed':
      return { status: 'confirmed' };
    case 'step-skipped':
      return { status: 'skipped' };
    default:
      return before;
  }
}

function lackOf({ status, result, good }) {
  switch (status) {
    case 'ended':
      if (!result.ok) return isOnlyUnexpected(result) ? 'unexpected' : 'failed';
      return good === false ? 'unexpected' : undefined;
    case 'interrupted':
      return 'failed';
    case 'skipped':
      return 'skipped';
    case 'confirmed':
      return undefined;
    default:
      return 'notDone';
  }
}

function isOnlyUnexpected({ exitCode, commands = [], expectations = [] }) {
  return (
    exitCode === 0 &&
    commands.every(({ failed }) => failed === undefined) &&
    expectations.some(({ verdict }) => verdict === 'missed')
  );
}

function isNeeded({ id, phase, condition, alternative }, steps, states) {
  if (states.get(id).status === 'denied') return true;
  if (ONLY_IN_NEED.includes(phase?.role) || condition !== undefined) {
    return false;
  }
  return !steps.some(
    other =>
      alternative !== undefined &&
      other.alternative?.group === alternative.group &&
      !['pending', 'skipped', 'denied'].includes(states.get(other.id).status),
  );
}
