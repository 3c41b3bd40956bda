import { ConflictError, NotFoundError } from '@backstage/errors';
import {
  chainEvents,
  changingKeyOf,
  EMPTY_LEDGER,
  foldRun,
  isWrite,
  needsWorker,
  nextWakeAt,
  summarizeRun,
  applyRunEvent,
  type ApiCall,
  type LedgerEntry,
  type LedgerHead,
  type ListRunsQuery,
  type Run,
  type RunEvent,
  type RunPage,
  type RunSummary,
} from '@backstage-runbooks/plugin-runbooks-common';
import type { Knex } from 'knex';
import type {
  RunCallRow,
  RunEventRow,
  RunOutputRow,
  RunRow,
} from '../database/tables';
import { decodeCursor, encodeCursor } from './cursor';
import { RUN_CHANNEL, runPayload, type RunChange } from './RunSignals';
import type { AttemptRef, ClaimedRun, Lease, RunStore } from './RunStore';

const DEFAULT_PAGE_SIZE = 25;
const UNIQUE_VIOLATION = '23505';

/**
 * Runs in PostgreSQL.
 *
 * Lock order: the row of the run first, then its events. Every change of a run takes the row's lock, so events of a
 * run are numbered and chained without gaps; different runs never wait for each other, but for
 * `runs_one_change_at_a_time`, which makes the second of two changing runs of one entity and cluster fail.
 * What a run kept encrypted is deleted with the event that ends it. `NOTIFY` is part of the transaction: nobody hears of what was not committed.
 */
export class DatabaseRunStore implements RunStore {
  readonly #knex: Knex;

  constructor(knex: Knex) {
    this.#knex = knex;
  }

  async create(runId: string, events: RunEvent[], at: Date): Promise<Run> {
    return this.#knex.transaction(async trx => {
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
      await notify(trx, runId, 'events');
      return run;
    });
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

  async waiting(limit: number): Promise<Run[]> {
    const rows = await this.#knex<RunRow>('runs')
      .where('state', 'waiting-approval')
      .orderBy('started_at', 'desc')
      .limit(limit)
      .select('id');
    return Promise.all(rows.map(({ id }) => this.get(id)));
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
      .update(rowOf(run, headAfter(head, entries)))
      .catch(error => throwConflict(error, run));
    if (run.status.kind === 'finished') {
      await trx('run_secrets').where({ run_id: runId }).delete();
    }
    await notify(trx, runId, 'events');
    return run;
  }

  async appendOutput(
    ref: AttemptRef,
    offset: number,
    text: string,
  ): Promise<void> {
    await this.#knex<RunOutputRow>('run_output').insert({
      run_id: ref.runId,
      step_id: ref.stepId,
      attempt: ref.attempt,
      byte_offset: String(offset),
      byte_length: Buffer.byteLength(text),
      // Postgres has no NUL in text; the replacement has the same number of bytes as the character it stands for.
      text: text.replaceAll('\0', ' '),
    });
    await notify(this.#knex, ref.runId, 'output');
  }

  async readOutput(ref: AttemptRef, offset: number, maxBytes: number) {
    const rows = await this.#knex.raw<{ rows: RunOutputRow[] }>(
      `select * from (
         select byte_offset, byte_length, text,
                sum(byte_length) over (order by byte_offset) - byte_length as bytes_before
           from run_output
          where run_id = :runId and step_id = :stepId and attempt = :attempt
            and byte_offset + byte_length > :offset
       ) chunks where bytes_before < :maxBytes order by byte_offset`,
      { ...ref, offset, maxBytes },
    );
    const chunks = rows.rows.map(({ text }) => text).join('');
    const first = rows.rows[0];
    const skipped = first ? Math.max(0, offset - Number(first.byte_offset)) : 0;
    const text =
      skipped === 0 ? chunks : Buffer.from(chunks).subarray(skipped).toString();
    return { offset, text, nextOffset: offset + Buffer.byteLength(text) };
  }

  async recordCall(ref: AttemptRef, call: ApiCall): Promise<void> {
    await this.#knex<RunCallRow>('run_calls')
      .insert({
        id: call.id,
        run_id: ref.runId,
        step_id: ref.stepId,
        attempt: ref.attempt,
        at: new Date(call.at),
        call: JSON.stringify(call),
        is_write: !call.dryRun && isWrite(call),
        is_refused: call.decision === 'refused',
        status: call.status ?? null,
        duration_ms: call.durationMs ?? null,
      })
      .onConflict('id')
      .merge(['call', 'status', 'duration_ms']);
  }

  async calls(runId: string) {
    const rows = await this.#knex<RunCallRow>('run_calls')
      .where({ run_id: runId })
      .orderBy('at')
      .orderBy('id');
    return rows.map(row => ({
      ...(row.call as ApiCall),
      stepId: row.step_id,
      attempt: row.attempt,
    }));
  }

  async callCounts(ref: AttemptRef) {
    const [row] = await this.#knex<RunCallRow>('run_calls')
      .where({ run_id: ref.runId, step_id: ref.stepId, attempt: ref.attempt })
      .select(
        this.#knex.raw(`count(*)::int as total,
          (count(*) filter (where is_write and not is_refused))::int as writes,
          (count(*) filter (where is_refused))::int as refused`),
      );
    return row as unknown as { total: number; writes: number; refused: number };
  }

  async putSecret(
    runId: string,
    name: string,
    ciphertext: Buffer,
  ): Promise<void> {
    await this.#knex('run_secrets')
      .insert({ run_id: runId, name, ciphertext })
      .onConflict(['run_id', 'name'])
      .merge();
  }

  async getSecret(runId: string, name: string): Promise<Buffer | undefined> {
    const row = await this.#knex('run_secrets')
      .where({ run_id: runId, name })
      .first();
    return row?.ciphertext;
  }

  async putSnapshot(revision: string, archive: Buffer): Promise<void> {
    await this.#knex('repository_snapshots')
      .insert({ revision, archive })
      .onConflict('revision')
      .ignore();
  }

  async getSnapshot(revision: string): Promise<Buffer> {
    const row = await this.#knex('repository_snapshots')
      .where({ revision })
      .first();
    if (!row)
      throw new NotFoundError(`There is no repository snapshot '${revision}'`);
    return row.archive;
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
    changing_key: changingKeyOf(run) ?? null,
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

function throwConflict(error: unknown, run: Run): never {
  const { code, constraint } = error as { code?: string; constraint?: string };
  if (code === UNIQUE_VIOLATION && constraint === 'runs_one_change_at_a_time') {
    throw new ConflictError(
      `Another run is changing ${run.plan.entityRef} on ${run.plan.cluster} right now; wait until its step has ended`,
      error,
    );
  }
  throw error;
}

async function notify(
  knex: Knex,
  runId: string,
  change: RunChange,
): Promise<void> {
  await knex.raw('select pg_notify(?, ?)', [
    RUN_CHANNEL,
    runPayload(runId, change),
  ]);
}

function isUuid(text: string): boolean {
  return /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/.test(text);
}
