import {
  chainEvents,
  EMPTY_LEDGER,
  type RunEvent,
} from '@backstage-runbooks/plugin-runbooks-common';
import type { Knex } from 'knex';
import {
  bound,
  CHANGE_STEP,
  OWNER,
  planOf,
  queued,
  READ_STEP,
  REQUESTER,
  requested,
  resultOf,
  started,
  startedBy,
} from '../runs';

/** How much there is. */
export interface HistorySize {
  runs: number;
  /** The busiest has by far the most runs, most have few. */
  entities: number;
  people: number;
  /** Of 100 runs, so many wait for an approval. */
  waitingPercent: number;
}

/** A run of this entity exists once, among all the others. */
export const QUIET_ENTITY = 'component:default/quiet';
/** By far the most runs. */
export const BUSY_ENTITY = 'component:default/service-0';
export const BUSY_PERSON = 'user:default/person-0';
/** Approved more than anybody else. */
export const BUSY_APPROVER = 'user:default/approver-0';
export const PERSON_WITHOUT_RUNS = 'user:default/newcomer';
export const PROCEDURE = 'procedure-7';
/** Of each run. */
export const EVENTS_OF_A_RUN = 10;

const TEMPLATE_RUN = '00000000-0000-4000-8000-000000000000';
const FIRST_START = '2024-01-01T00:00:00Z';
const SPAN_SECONDS = 2 * 365 * 24 * 3600;

/**
 * Fills an empty database with runs of two years, their events, calls, output and checkpoints. Each run is a fold of its events; its hashes are of the right form and not those of its events.
 *
 * @param knex - Of a superuser, who may do without the checks of references.
 */
export async function fillHistory(
  knex: Knex,
  size: HistorySize,
): Promise<void> {
  await knex.transaction(async trx => {
    await trx.raw('set local session_replication_role = replica');
    await trx.raw(`set local synchronous_commit = off`);
    await trx.raw('select setseed(0.42)');
    await withoutIndexes(trx, async () => {
      await fillRuns(trx, size);
      await fillEvents(trx);
      await fillAttempts(trx);
      await fillApprovers(trx);
      await fillApprovals(trx);
      await fillCheckpoints(trx);
    });
  });
  await knex.raw('vacuum analyze');
}

/** They are made again afterwards, which is faster than to keep them all the time. */
async function withoutIndexes(
  trx: Knex.Transaction,
  work: () => Promise<void>,
): Promise<void> {
  const { rows } = await trx.raw<{
    rows: Array<{ name: string; definition: string }>;
  }>(
    `select indexrelid::regclass::text as name, pg_get_indexdef(indexrelid) as definition
       from pg_index
      where indrelid in ('runs'::regclass, 'run_approvers'::regclass, 'run_calls'::regclass, 'waiting_approvals'::regclass, 'ledger_checkpoints'::regclass)
        and not indisunique`,
  );
  for (const { name } of rows) await trx.raw('drop index ??', [name]);
  await work();
  for (const { definition } of rows) await trx.raw(definition);
}

async function fillRuns(
  trx: Knex.Transaction,
  { runs, entities, people, waitingPercent }: HistorySize,
): Promise<void> {
  await trx.raw(
    `insert into runs (id, entity_ref, runbook_id, runbook_title, runbook_path, revision, procedure_id, procedure_title,
                       cluster, effect, requested_by, approved_by, started_at, finished_at, state, event_count,
                       head_hash, needs_worker, sealed_event_count, shortfall, shortfall_event_count, rolled_back)
     select md5('run ' || n)::uuid,
            case when n = :quiet then :quietEntity
                 else 'component:default/service-' || floor(:entities * power(random(), 3)) end,
            'operations-1', 'Operations', 'runbooks/operations.md', repeat('e', 64),
            'procedure-' || procedure, 'Procedure ' || procedure,
            'local', 'change',
            'user:default/person-' || floor(:people * power(random(), 3)),
            array['user:default/approver-' || floor(:people * power(random(), 3))],
            started_at,
            case when state in ('succeeded', 'failed', 'cancelled') then started_at + interval '9 seconds' end,
            state, :events, repeat('c', 64), false, :events,
            jsonb_build_object('failed', case when random() < 0.02 then 1 else 0 end, 'unexpected', 0, 'notDone', 0, 'skipped', 0), :events,
            random() < 0.01
       from (select n, floor(40 * random())::int as procedure,
                    date_trunc('milliseconds', :first::timestamptz + random() * :seconds * interval '1 second') as started_at,
                    (array['succeeded', 'succeeded', 'succeeded', 'succeeded', 'succeeded', 'succeeded', 'succeeded',
                           'failed', 'failed', 'cancelled'])[1 + floor(10 * random())::int] as ending,
                    random() as luck
               from generate_series(1, :runs) as n) as drawn
      cross join lateral (select case when luck > 1 - :waiting::float8 then 'waiting-approval'
                                      when luck < 0.001 then 'interrupted'
                                      when luck < 0.0015 then 'running'
                                      when luck < 0.005 then 'open'
                                      else ending end as state) as chosen
      order by started_at`,
    {
      runs,
      entities,
      people,
      waiting: waitingPercent / 100,
      quiet: Math.ceil(runs / 2),
      quietEntity: QUIET_ENTITY,
      first: FIRST_START,
      seconds: SPAN_SECONDS,
      events: EVENTS_OF_A_RUN,
    },
  );
}

/** Ten for each run, as those of a run that read, asked, changed and ended. */
async function fillEvents(trx: Knex.Transaction): Promise<void> {
  const entries = chainEvents(
    TEMPLATE_RUN,
    EMPTY_LEDGER,
    eventsOfARun(),
    FIRST_START,
  );
  await trx.raw(
    `insert into run_events (run_id, seq, at, kind, canonical_text, previous_hash, hash)
     select runs.id, seq, started_at + seq * interval '1 second', kind,
            replace(text, :run, runs.id::text), previous_hash, hash
       from (select id, started_at from runs order by id) as runs cross join unnest(:seqs::int[], :kinds::text[], :texts::text[], :previous::text[], :hashes::text[])
         as template (seq, kind, text, previous_hash, hash)`,
    {
      run: TEMPLATE_RUN,
      seqs: entries.map(({ seq }) => seq),
      kinds: entries.map(({ event }) => event.kind),
      texts: entries.map(({ text }) => text),
      previous: entries.map(({ previousHash }) => previousHash),
      hashes: entries.map(({ hash }) => hash),
    },
  );
}

function eventsOfARun(): RunEvent[] {
  const { digest } = bound(CHANGE_STEP.id).binding;
  return [
    ...startedBy(REQUESTER, planOf()),
    queued(READ_STEP.id),
    started(READ_STEP.id),
    {
      kind: 'step-finished',
      stepId: READ_STEP.id,
      attempt: 1,
      result: resultOf(),
    },
    requested(CHANGE_STEP.id),
    {
      kind: 'step-approved',
      stepId: CHANGE_STEP.id,
      by: OWNER,
      digest,
      covers: [
        { entityRef: 'component:default/auth-service', entitledBy: 'owner' },
      ],
    },
    queued(CHANGE_STEP.id),
    started(CHANGE_STEP.id),
    {
      kind: 'step-finished',
      stepId: CHANGE_STEP.id,
      attempt: 1,
      result: resultOf(),
    },
    {
      kind: 'step-judged',
      stepId: CHANGE_STEP.id,
      by: REQUESTER,
      good: true,
    },
  ];
}

/** With a call and a chunk of output each. */
async function fillAttempts(trx: Knex.Transaction): Promise<void> {
  await trx.raw(
    `insert into attempts (run_id, step_id, number, purpose, executor, lease_token, binding_digest, started_at, ended_at)
     select id, :step, 1, 'run', 'local', 1, repeat('b', 64), started_at, started_at from runs order by id`,
    { step: READ_STEP.id },
  );
  await trx.raw(
    `insert into run_calls (id, run_id, step_id, attempt, at, call, is_write, is_refused, status, duration_ms)
     select id, id, :step, 1, started_at, '{"method": "GET"}', false, false, 200, 3 from runs order by id`,
    { step: READ_STEP.id },
  );
  await trx.raw(
    `insert into run_output (run_id, step_id, attempt, byte_offset, byte_length, text)
     select id, :step, 1, 0, 3, 'ok\n' from runs order by id`,
    { step: READ_STEP.id },
  );
}

async function fillApprovers(trx: Knex.Transaction): Promise<void> {
  await trx.raw(
    `insert into run_approvers (run_id, approved_by, entity_ref, started_at)
     select id, unnest(approved_by), entity_ref, started_at from runs`,
  );
}

async function fillApprovals(trx: Knex.Transaction): Promise<void> {
  await trx.raw(
    `insert into waiting_approvals (run_id, step_id, entity_ref, requested_by, run_requested_by, given_by, requested_at, expires_at)
     select id, :step, entity_ref, requested_by, requested_by, '{}', started_at,
            case when random() < 0.9 then 'infinity' else started_at end
       from runs where state = 'waiting-approval'`,
    { step: CHANGE_STEP.id },
  );
}

/** Each of 500 runs. */
async function fillCheckpoints(trx: Knex.Transaction): Promise<void> {
  await trx.raw(
    `insert into ledger_checkpoints (number, at, canonical_text, hash, signature)
     select number, :first::timestamptz + number * interval '1 minute',
            jsonb_build_object('heads', jsonb_agg(jsonb_build_object('runId', id)))::text, repeat('c', 64), repeat('5', 128)
       from (select id, (row_number() over (order by started_at) - 1) / 500 as number from runs) as numbered
      group by number`,
    { first: FIRST_START },
  );
}
