import { NotFoundError } from '@backstage/errors';
import {
  chainEvents,
  EMPTY_LEDGER,
  foldRun,
  needsWorker,
  nextWakeAt,
  summarizeRun,
  applyRunEvent,
  type LedgerEntry,
  type LedgerHead,
  type ListRunsQuery,
  type EntityRef,
  type Run,
  type RunEvent,
  type RunPage,
  type RunSummary,
} from '@backstage-runbooks/plugin-runbooks-common';
import type { Knex } from 'knex';
import type { RunEventRow, RunRow } from '../database/tables';
import { followAttempts } from './attemptRows';
import { holdLocks } from './changeLocks';
import { decodeCursor, encodeCursor } from './cursor';
import { RUN_CHANNEL, runPayload } from './RunSignals';
import { runOfStartKey, takeStartKey } from './runStarts';
import type {
  ClaimedRun,
  Lease,
  NewRun,
  RunQueue,
  RunStore,
  StartKey,
  WaitingQuery,
} from './RunStore';
import { findWaiting, listWaiting, waitingEntities } from './waitingApprovals';

const DEFAULT_PAGE_SIZE = 25;

/**
 * Runs in PostgreSQL.
 *
 * Lock order: the row of the run first, then its events. Every change of a run takes the row's lock, so events of a
 * run are numbered and chained without gaps; then what follows from them: attempts, locks on what it changes, missing
 * approvals. Different runs never wait for each other, but for a moment where both take locks on one cluster. What a
 * run kept encrypted is deleted with the event that ends it. `NOTIFY` is part of the transaction: nobody hears of what
 * was not committed.
 */
export class DatabaseRunStore implements RunStore, RunQueue {
  readonly #knex: Knex;

  constructor(knex: Knex) {
    this.#knex = knex;
  }

  async create(newRun: NewRun, at: Date): Promise<Run> {
    const { runId, events, secrets, key } = newRun;
    const created = await this.#knex.transaction(async trx => {
      if (key && !(await takeStartKey(trx, key, runId))) return undefined;
      const run = appended(undefined, runId, events, at);
      const entries = chainEvents(
        runId,
        EMPTY_LEDGER,
        events,
        at.toISOString(),
      );
      await trx<RunRow>('runs').insert({
        ...rowOf(run, headAfter(EMPTY_LEDGER, entries)),
        id: runId,
        runbook_id: run.plan.runbook.id,
        lease_token: '0',
      });
      await insertEvents(trx, entries);
      if (secrets.length > 0) {
        await trx('run_secrets').insert(
          secrets.map(secret => ({ run_id: runId, ...secret })),
        );
      }
      await notify(trx, runId);
      return run;
    });
    return created ?? this.get((await runOfStartKey(this.#knex, key!))!);
  }

  async startedWith(key: StartKey): Promise<Run | undefined> {
    const runId = await runOfStartKey(this.#knex, key);
    return runId === undefined ? undefined : this.get(runId);
  }

  async get(runId: string): Promise<Run> {
    return foldRun(await this.ledger(runId));
  }

  async ledger(runId: string): Promise<LedgerEntry[]> {
    const rows = isUuid(runId)
      ? await this.#knex<RunEventRow>('run_events')
          .where({ run_id: runId })
          .orderBy('seq')
      : [];
    if (rows.length === 0)
      throw new NotFoundError(`There is no run '${runId}'`);
    return rows.map(entryOf);
  }

  async list(query: ListRunsQuery): Promise<RunPage> {
    const limit = query.limit ?? DEFAULT_PAGE_SIZE;
    const rows = await this.#knex<RunRow>('runs')
      .modify(builder => {
        if (query.entityRef) builder.where('entity_ref', query.entityRef);
        if (query.procedureId) builder.where('procedure_id', query.procedureId);
        if (query.requestedBy) builder.where('requested_by', query.requestedBy);
        if (query.state) builder.where('state', query.state);
        if (query.cursor) {
          const { startedAt, id } = decodeCursor(query.cursor);
          builder.whereRaw('(started_at, id) < (?::timestamptz, ?::uuid)', [
            startedAt,
            id,
          ]);
        }
      })
      .orderBy('started_at', 'desc')
      .orderBy('id', 'desc')
      .limit(limit + 1);
    const page = rows.slice(0, limit);
    const last = page[page.length - 1];
    return {
      runs: page.map(summaryOf),
      ...(rows.length > limit && last
        ? { nextCursor: encodeCursor(last.started_at.toISOString(), last.id) }
        : {}),
    };
  }

  async waitingEntities(at: Date): Promise<EntityRef[]> {
    return waitingEntities(this.#knex, at);
  }

  async waiting(
    query: WaitingQuery,
  ): Promise<Array<{ run: Run; stepId: string }>> {
    const found = await findWaiting(this.#knex, query);
    return Promise.all(
      found.map(async ({ runId, stepId }) => ({
        run: await this.get(runId),
        stepId,
      })),
    );
  }

  async change(
    runId: string,
    at: Date,
    decide: (run: Run) => RunEvent[],
  ): Promise<Run> {
    return this.#knex.transaction(async trx => {
      const head = isUuid(runId)
        ? await lockedHead(trx, { id: runId })
        : undefined;
      if (!head) throw new NotFoundError(`There is no run '${runId}'`);
      return this.#append(trx, runId, head, at, decide);
    });
  }

  async claim(owner: string, leaseMs: number): Promise<ClaimedRun | undefined> {
    const claimed = await this.#knex.raw<{
      rows: Array<{ id: string; lease_token: string }>;
    }>(
      `update runs
          set lease_owner = :owner,
              lease_token = lease_token + 1,
              lease_expires_at = now() + :leaseMs * interval '1 millisecond'
        where id = (
          select id from runs
           where (needs_worker or wake_at <= now())
             and (lease_expires_at is null or lease_expires_at < now())
           order by wake_at nulls first
           limit 1
           for update skip locked)
        returning id, lease_token`,
      { owner, leaseMs },
    );
    const row = claimed.rows[0];
    return row
      ? {
          run: await this.get(row.id),
          lease: { runId: row.id, owner, token: row.lease_token },
        }
      : undefined;
  }

  async heartbeat(
    lease: Lease,
    leaseMs: number,
  ): Promise<'held' | 'cancelling' | 'lost'> {
    const extended = await this.#knex.raw<{ rows: Array<{ state: string }> }>(
      `update runs set lease_expires_at = now() + :leaseMs * interval '1 millisecond'
        where id = :runId and lease_token = :token and lease_owner = :owner
        returning state`,
      { ...lease, leaseMs },
    );
    if (extended.rows.length === 0) return 'lost';
    const cancel = await this.#knex<RunEventRow>('run_events')
      .where({ run_id: lease.runId, kind: 'cancel-requested' })
      .first('seq');
    return cancel ? 'cancelling' : 'held';
  }

  async changeAsWorker(
    lease: Lease,
    at: Date,
    decide: (run: Run) => RunEvent[],
  ): Promise<Run | undefined> {
    return this.#knex.transaction(async trx => {
      const head = await lockedHead(trx, {
        id: lease.runId,
        lease_owner: lease.owner,
        lease_token: lease.token,
      });
      return head
        ? this.#append(trx, lease.runId, head, at, decide)
        : undefined;
    });
  }

  async release(lease: Lease): Promise<void> {
    await this.#knex<RunRow>('runs')
      .where({
        id: lease.runId,
        lease_owner: lease.owner,
        lease_token: lease.token,
      })
      .update({ lease_owner: null, lease_expires_at: null });
  }

  async #append(
    trx: Knex.Transaction,
    runId: string,
    head: LedgerHead,
    at: Date,
    decide: (run: Run) => RunEvent[],
  ): Promise<Run> {
    const rows = await trx<RunEventRow>('run_events')
      .where({ run_id: runId })
      .orderBy('seq');
    const before = foldRun(rows.map(entryOf));
    const events = decide(before);
    if (events.length === 0) return before;
    const entries = chainEvents(runId, head, events, at.toISOString());
    const run = appended(before, runId, events, at);
    await insertEvents(trx, entries);
    await trx<RunRow>('runs')
      .where({ id: runId })
      .update(rowOf(run, headAfter(head, entries)));
    await followAttempts(trx, runId, events, at);
    await holdLocks(trx, run);
    await listWaiting(trx, run);
    if (run.status.kind === 'finished') {
      await trx('run_secrets').where({ run_id: runId }).delete();
    }
    await notify(trx, runId);
    return run;
  }
}

async function lockedHead(
  trx: Knex.Transaction,
  where: Partial<RunRow>,
): Promise<LedgerHead | undefined> {
  const row = await trx<RunRow>('runs')
    .where(where)
    .forUpdate()
    .first('event_count', 'head_hash');
  return row && { eventCount: row.event_count, hash: row.head_hash };
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

function entryOf(row: RunEventRow): LedgerEntry {
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

function rowOf(run: Run, head: LedgerHead) {
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
    event_count: head.eventCount,
    head_hash: head.hash,
    needs_worker: needsWorker(run),
    wake_at: dateOrNull(nextWakeAt(run)),
  };
}

function dateOrNull(instant: string | undefined): Date | null {
  return instant === undefined ? null : new Date(instant);
}

function summaryOf(row: RunRow): RunSummary {
  return {
    id: row.id,
    entityRef: row.entity_ref,
    runbookTitle: row.runbook_title,
    runbookPath: row.runbook_path,
    revision: row.revision,
    procedureId: row.procedure_id,
    procedureTitle: row.procedure_title,
    ...(row.cluster === null ? {} : { cluster: row.cluster }),
    requestedBy: row.requested_by,
    approvedBy: row.approved_by,
    startedAt: row.started_at.toISOString(),
    ...(row.finished_at === null
      ? {}
      : { finishedAt: row.finished_at.toISOString() }),
    state: row.state,
    effect: row.effect as RunSummary['effect'],
  };
}

async function notify(trx: Knex.Transaction, runId: string): Promise<void> {
  await trx.raw('select pg_notify(?, ?)', [
    RUN_CHANNEL,
    runPayload(runId, 'events'),
  ]);
}

function isUuid(text: string): boolean {
  return /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/.test(text);
}
