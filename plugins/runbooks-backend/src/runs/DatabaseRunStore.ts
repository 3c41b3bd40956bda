import { NotFoundError } from '@backstage/errors';
import {
  foldRun,
  summarizeRun,
  UNREADABLE_RUN,
  type LedgerEntry,
  type EntityRef,
  type Run,
  type RunEvent,
  type RunPage,
  type RunRetry,
  type RunSummary,
  type Shortfall,
} from '@backstage-runbooks/plugin-runbooks-common';
import type { Knex } from 'knex';
import type { RunEventRow, RunRow } from '../database/tables';
import type { HeadMac } from '../ledger/HeadMac';
import { vouchedLedger } from '../ledger/vouchedLedger';
import { appendDecided, createRun, entryOf, lockRun } from './appendEvents';
import { DEFAULT_LIMITS, refuseTooManyRuns, type Limits } from './limits';
import { listRuns, runEntities } from './runHistory';
import { runOfStartKey, takeStartKey } from './runStarts';
import type {
  NewRun,
  RunFilters,
  RunListQuery,
  RunStore,
  StartKey,
  WaitingQuery,
} from './RunStore';
import {
  findWaiting,
  waitingEntities,
  waitingRunEntities,
} from './waitingApprovals';

/** Nobody can say what a run is short of whose events cannot be read; its state says that. */
const NOTHING_COUNTED: Shortfall = {
  failed: 0,
  unexpected: 0,
  notDone: 0,
  skipped: 0,
};

/**
 * Runs in PostgreSQL.
 *
 * Lock order: the row of the run first, then its events. Every change of a run takes the row's lock, so events of a
 * run are numbered and chained without gaps; then what follows from them: attempts, locks on what it changes, missing
 * approvals. Different runs never wait for each other, but for a moment where both take locks on one cluster. What a
 * run kept encrypted is deleted with the event that ends it. `NOTIFY` is part of the transaction: nobody hears of what
 * was not committed.
 */
export class DatabaseRunStore implements RunStore {
  readonly #knex: Knex;
  readonly #macs: HeadMac;
  readonly #limits: Limits;

  constructor(knex: Knex, macs: HeadMac, limits: Limits = DEFAULT_LIMITS) {
    this.#knex = knex;
    this.#macs = macs;
    this.#limits = limits;
  }

  async create(newRun: NewRun, at: Date): Promise<Run> {
    const { runId, events, secrets, key } = newRun;
    const created = await this.#knex.transaction(async trx => {
      if (key && !(await takeStartKey(trx, key, runId))) return undefined;
      const [started] = events;
      if (started.kind === 'run-started') {
        await refuseTooManyRuns(trx, started.by, this.#limits);
      }
      const run = await createRun(trx, this.#macs, runId, events, at);
      if (secrets.length > 0) {
        await trx('run_secrets').insert(
          secrets.map(secret => ({ run_id: runId, ...secret })),
        );
      }
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

  async vouched(runId: string): Promise<Run> {
    return foldRun(await this.vouchedLedger(runId));
  }

  async vouchedLedger(runId: string): Promise<LedgerEntry[]> {
    const vouched = isUuid(runId)
      ? await vouchedLedger(this.#knex, this.#macs, { id: runId })
      : undefined;
    if (!vouched) throw new NotFoundError(`There is no run '${runId}'`);
    return vouched.entries;
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

  async retryOf(runId: string): Promise<RunRetry | undefined> {
    const row = isUuid(runId)
      ? await this.#knex<RunRow>('runs')
          .where({ id: runId, needs_worker: true })
          .first('retry_because', 'retries', 'retry_at')
      : undefined;
    if (!row?.retry_because || !row.retry_at) return undefined;
    return {
      because: row.retry_because,
      failures: row.retries,
      at: row.retry_at.toISOString(),
    };
  }

  async runEntities(filters: RunFilters): Promise<EntityRef[]> {
    return runEntities(this.#knex, filters);
  }

  async list(query: RunListQuery): Promise<RunPage> {
    const { rows, nextCursor } = await listRuns(this.#knex, query);
    return {
      runs: await this.#summariesOf(rows),
      ...(nextCursor === undefined ? {} : { nextCursor }),
    };
  }

  async waitingEntities(at: Date): Promise<EntityRef[]> {
    return waitingEntities(this.#knex, at);
  }

  async waitingRunEntities(
    entityRefs: EntityRef[],
    at: Date,
  ): Promise<EntityRef[]> {
    return waitingRunEntities(this.#knex, entityRefs, at);
  }

  async waiting(
    query: WaitingQuery,
  ): Promise<Array<{ run: Run; stepId: string }>> {
    const found = await findWaiting(this.#knex, query);
    const runs = await this.#getAll(found.map(({ runId }) => runId));
    return found.flatMap(({ runId, stepId }) => {
      const run = runs.get(runId);
      return run ? [{ run, stepId }] : [];
    });
  }

  async change(
    runId: string,
    at: Date,
    decide: (run: Run) => RunEvent[],
  ): Promise<Run> {
    return this.#knex.transaction(async trx => {
      const run = isUuid(runId)
        ? await lockRun(trx, this.#macs, { id: runId })
        : undefined;
      if (!run) throw new NotFoundError(`There is no run '${runId}'`);
      return appendDecided(trx, this.#macs, run, at, decide, this.#limits);
    });
  }

  /**
   * An older version counted nothing, and a replica of it may still add events: what such runs are short of is counted
   * here, of one page. One whose events cannot be read is told as that, and does not hide the others.
   */
  async #summariesOf(rows: readonly RunRow[]): Promise<RunSummary[]> {
    const isCounted = (row: RunRow) =>
      row.shortfall_event_count === row.event_count;
    const uncounted = rows.filter(row => !row.shortfall || !isCounted(row));
    const runs =
      uncounted.length > 0
        ? await this.#getAll(uncounted.map(({ id }) => id))
        : new Map<string, Run>();
    return rows.map(row => {
      const run = runs.get(row.id);
      if (run) return summarizeRun(run);
      return row.shortfall && isCounted(row)
        ? { ...summaryOf(row), shortfall: row.shortfall }
        : {
            ...summaryOf(row),
            state: UNREADABLE_RUN,
            shortfall: NOTHING_COUNTED,
          };
    });
  }

  /** Those that exist and can be read. */
  async #getAll(runIds: readonly string[]): Promise<Map<string, Run>> {
    const rows = await this.#knex<RunEventRow>('run_events')
      .whereRaw('run_id = any(?::uuid[])', [[...new Set(runIds)]])
      .orderBy(['run_id', 'seq']);
    return new Map(
      [...Map.groupBy(rows, row => row.run_id)].flatMap(([runId, ledger]) => {
        const run = readableRun(ledger);
        return run ? [[runId, run] as const] : [];
      }),
    );
  }
}

/** Events of a version that nobody reads any more, or that somebody altered, make no run. */
function readableRun(rows: readonly RunEventRow[]): Run | undefined {
  try {
    return foldRun(rows.map(entryOf));
  } catch {
    return undefined;
  }
}

function summaryOf(row: RunRow): Omit<RunSummary, 'shortfall'> {
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
    rolledBack: row.rolled_back,
    effect: row.effect as RunSummary['effect'],
    ...(row.writes === null ? {} : { writes: row.writes }),
  };
}

function isUuid(text: string): boolean {
  return /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/.test(text);
}
