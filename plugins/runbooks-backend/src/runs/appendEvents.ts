import {
  applyRunEvent,
  chainEvents,
  EMPTY_LEDGER,
  foldRun,
  needsWorker,
  nextWakeAt,
  queuedFor,
  summarizeRun,
  vocabularyOf,
  type LedgerEntry,
  type LedgerHead,
  type Run,
  type RunEvent,
} from '@backstage-runbooks/plugin-runbooks-common';
import type { Knex } from 'knex';
import { DatabaseClock } from '../database/DatabaseClock';
import type { RunEventRow, RunRow } from '../database/tables';
import type { HeadMac } from '../ledger/HeadMac';
import { sealedHead } from '../ledger/storedCheckpoints';
import { withRecords } from '../ledger/storedRecords';
import {
  HEAD_COLUMNS,
  lockedLedger,
  vouchedHead,
} from '../ledger/vouchedLedger';
import { followAttempts } from './attemptRows';
import { holdLocks } from './changeLocks';
import { RUN_CHANNEL, runPayload } from './RunSignals';
import {
  refuseTooLong,
  refuseTooManyRequests,
  refuseTooManySteps,
  type Limits,
} from './limits';
import { fillOutbox } from './Outbox';
import { listApprovers } from './runApprovers';
import { listWaiting } from './waitingApprovals';

/** A run whose row is locked, with the head that the portal vouches for. */
export interface LockedRun {
  runId: string;
  head: LedgerHead;
}

/** Stores the first events of a run, in a transaction. */
export async function createRun(
  trx: Knex.Transaction,
  macs: HeadMac,
  runId: string,
  events: RunEvent[],
  at: Date,
): Promise<Run> {
  const run = appended(undefined, runId, events, at);
  const entries = chainEvents(runId, EMPTY_LEDGER, events, at.toISOString());
  await trx<RunRow>('runs').insert({
    ...rowOf(run, headAfter(EMPTY_LEDGER, entries), macs),
    id: runId,
    runbook_id: run.plan.runbook.id,
    lease_token: '0',
    event_vocabulary: vocabularyOf(events),
  });
  await insertEvents(trx, entries);
  await notify(trx, runId);
  return run;
}

/**
 * Appends what `decide` says about a run whose row is locked, and everything that follows from it. A run that changed
 * is due at once, however long it was to wait after a failure. The times of a ledger never go back, although whoever
 * appends looked at the clock before it waited for the row, and the clock of a database may be set back.
 *
 * @param limits - Of what people may queue; nothing limits what a worker does.
 * @throws TooManyError, ConflictError; AlteredLedgerError where the events do not end in the head
 */
export async function appendDecided(
  trx: Knex.Transaction,
  macs: HeadMac,
  { runId, head }: LockedRun,
  now: Date,
  decide: (run: Run) => RunEvent[],
  limits?: Limits,
): Promise<Run> {
  const ledger = await lockedLedger(trx, runId, head);
  const before = foldRun(ledger);
  const events = await withRecords(trx, runId, decide(before));
  if (events.length === 0) return before;
  const last = new Date(ledger[ledger.length - 1].at);
  const at = latestOf([now, last, await lastSealed(trx, runId)]);
  const entries = chainEvents(runId, head, events, at.toISOString());
  const run = appended(before, runId, events, at);
  if (limits) {
    await refuseTooManySteps(trx, before, run, limits);
    await refuseTooManyRequests(trx, events, limits);
    await refuseTooLong(trx, runId, entries);
  }
  const person = queuedFor(run);
  await insertEvents(trx, entries);
  await trx<RunRow>('runs')
    .where({ id: runId })
    .update({
      ...rowOf(run, headAfter(head, entries), macs),
      ...(person === undefined ? {} : { queued_for: person }),
      event_vocabulary: trx.raw('greatest(event_vocabulary, ?)', [
        vocabularyOf(events),
      ]),
      due_at: needsWorker(run) ? trx.fn.now() : null,
      retry_at: null,
      retries: 0,
      retry_because: null,
      // Nobody claims a finished run, so that what its worker could not let go of would be held for ever.
      ...(run.status.kind === 'finished'
        ? { lease_owner: null, lease_expires_at: null }
        : {}),
    });
  await followAttempts(trx, runId, events, at);
  await holdLocks(trx, run);
  await listWaiting(trx, run);
  await listApprovers(trx, run, events);
  await fillOutbox(trx, entries);
  if (run.status.kind === 'finished') {
    await trx('run_secrets').where({ run_id: runId }).delete();
  }
  await notify(trx, runId);
  return run;
}

/**
 * A run with its row locked; undefined where there is no such row.
 *
 * @throws AlteredLedgerError where its head is none that this portal wrote.
 */
export async function lockRun(
  trx: Knex.Transaction,
  macs: HeadMac,
  where: Partial<RunRow>,
): Promise<LockedRun | undefined> {
  const row = await trx<RunRow>('runs')
    .where(where)
    .forUpdate()
    .first<RunRow | undefined>(HEAD_COLUMNS);
  return row && { runId: row.id, head: vouchedHead(macs, row) };
}

/** When a run was sealed last, and nothing later than now: anybody with the database could add a checkpoint of later. */
async function lastSealed(
  trx: Knex.Transaction,
  runId: string,
): Promise<Date | undefined> {
  const sealed = await sealedHead(trx, runId);
  if (!sealed) return undefined;
  const now = await new DatabaseClock(trx).now();
  const at = new Date(sealed.at);
  return at < now ? at : now;
}

function latestOf(times: Array<Date | undefined>): Date {
  return new Date(Math.max(...times.map(one => one?.getTime() ?? 0)));
}

function appended(
  before: Run | undefined,
  runId: string,
  events: RunEvent[],
  at: Date,
): Run {
  return events.reduce<Run | undefined>(
    (run, event) => applyRunEvent(run, event, at.toISOString(), runId),
    before,
  )!;
}

function headAfter(head: LedgerHead, entries: LedgerEntry[]): LedgerHead {
  const last = entries[entries.length - 1];
  return last ? { eventCount: last.seq + 1, hash: last.hash } : head;
}

async function insertEvents(
  trx: Knex.Transaction,
  entries: LedgerEntry[],
): Promise<void> {
  await trx<RunEventRow>('run_events').insert(
    entries.map(entry => ({
      run_id: entry.runId,
      seq: entry.seq,
      at: new Date(entry.at),
      kind: entry.event.kind,
      canonical_text: entry.text,
      previous_hash: entry.previousHash,
      hash: entry.hash,
    })),
  );
}

/** The entry of the ledger that a row holds. */
export function entryOf(row: RunEventRow): LedgerEntry {
  const { event } = JSON.parse(row.canonical_text) as { event: RunEvent };
  return {
    runId: row.run_id,
    seq: row.seq,
    at: row.at.toISOString(),
    event,
    previousHash: row.previous_hash,
    hash: row.hash,
    text: row.canonical_text,
  };
}

function rowOf(run: Run, head: LedgerHead, macs: HeadMac) {
  const summary = summarizeRun(run);
  return {
    entity_ref: summary.entityRef,
    runbook_title: summary.runbookTitle,
    runbook_path: summary.runbookPath,
    revision: summary.revision,
    procedure_id: summary.procedureId,
    procedure_title: summary.procedureTitle,
    cluster: summary.cluster ?? null,
    effect: summary.effect,
    requested_by: summary.requestedBy,
    approved_by: summary.approvedBy,
    started_at: new Date(summary.startedAt),
    finished_at: summary.finishedAt ? new Date(summary.finishedAt) : null,
    state: summary.state,
    shortfall: summary.shortfall,
    shortfall_event_count: head.eventCount,
    writes: summary.writes ?? null,
    rolled_back: summary.rolledBack,
    event_count: head.eventCount,
    head_hash: head.hash,
    head_mac: macs.of(run.id, head),
    needs_worker: needsWorker(run),
    wake_at: dateOrNull(nextWakeAt(run)),
  };
}

function dateOrNull(instant: string | undefined): Date | null {
  return instant === undefined ? null : new Date(instant);
}

async function notify(trx: Knex.Transaction, runId: string): Promise<void> {
  await trx.raw('select pg_notify(?, ?)', [
    RUN_CHANNEL,
    runPayload(runId, 'events'),
  ]);
}
