import { InputError, ServiceUnavailableError } from '@backstage/errors';
import {
  RecordCheck,
  type EvidenceLine,
  type RunEvent,
} from '@backstage-runbooks/plugin-runbooks-common';
import type { Knex } from 'knex';
import type { RunEventRow } from '../database/tables';
import { instantOf } from './instantOf';
import { readText } from './readText';
import { listCheckpoints } from './storedCheckpoints';
import { storedCalls, storedEvents, storedOutput } from './storedRecords';

/** Each holds a connection to the database, and what it reads cannot be cleaned up there meanwhile. */
const EXPORTS_AT_ONCE = 2;
/** The database ends an export that asks for nothing, should this process not come to do so. */
const LONGEST_IDLE = '5min';
const CHECKPOINTS_AT_ONCE = 100;
const RUNS_AT_ONCE = 500;
/** An export of a time span names its runs in its first line. */
const MAX_NAMED_RUNS = 50_000;

/** Of a time span, by when runs were started; from the one, before the other. */
export interface EvidenceSpan {
  from?: Date;
  to?: Date;
}

/**
 * Exports evidence as lines that `EvidenceCheck` takes, all of one moment, however long it takes to send them. Holds a
 * few events, calls and chunks of output at a time.
 *
 * Each export holds all checkpoints from the first on: each is linked to the one before, so that a chain without its
 * beginning would prove nothing. They name the ids of other runs and their numbers of events, and nothing else of them.
 */
export class EvidenceExport {
  readonly #knex: Knex;
  #underWay = 0;

  constructor(knex: Knex) {
    this.#knex = knex;
  }

  /**
   * Everything of one run.
   *
   * @throws ServiceUnavailableError while too many exports are under way.
   */
  ofRun(runId: string): AsyncGenerator<EvidenceLine> {
    return this.#export(async function* lines(trx) {
      yield { kind: 'export', version: 1, runs: [runId] };
      yield* checkpointLines(trx);
      yield* runLines(trx, runId);
    });
  }

  /**
   * Everything of all runs, or of those that were started in a time span.
   *
   * @throws InputError where the span has too many runs, ServiceUnavailableError while too many exports are under way.
   */
  ofAll(span: EvidenceSpan): AsyncGenerator<EvidenceLine> {
    return this.#export(async function* lines(trx) {
      const isWhole = span.from === undefined && span.to === undefined;
      const named = isWhole ? undefined : await runIdsOf(trx, span);
      yield { kind: 'export', version: 1, runs: named ?? 'all' };
      yield* checkpointLines(trx);
      for await (const runId of named ?? allRunIds(trx)) {
        yield* runLines(trx, runId);
      }
    });
  }

  async *#export(
    linesOf: (trx: Knex.Transaction) => AsyncGenerator<EvidenceLine>,
  ): AsyncGenerator<EvidenceLine> {
    if (this.#underWay >= EXPORTS_AT_ONCE) {
      throw new ServiceUnavailableError(
        `${EXPORTS_AT_ONCE} exports of evidence are under way; try again when one of them has ended`,
      );
    }
    this.#underWay += 1;
    try {
      const trx = await this.#knex.transaction({
        isolationLevel: 'repeatable read',
        readOnly: true,
      });
      try {
        await trx.raw(
          `set local idle_in_transaction_session_timeout = '${LONGEST_IDLE}'`,
        );
        yield* linesOf(trx);
      } finally {
        await trx.rollback();
      }
    } finally {
      this.#underWay -= 1;
    }
  }
}

async function* checkpointLines(
  trx: Knex.Transaction,
): AsyncGenerator<EvidenceLine> {
  for (let from = 0; ; from += CHECKPOINTS_AT_ONCE) {
    const checkpoints = await listCheckpoints(trx, from, CHECKPOINTS_AT_ONCE);
    for (const checkpoint of checkpoints) {
      yield { kind: 'checkpoint', ...checkpoint };
    }
    if (checkpoints.length < CHECKPOINTS_AT_ONCE) return;
  }
}

async function* runLines(
  trx: Knex.Transaction,
  runId: string,
): AsyncGenerator<EvidenceLine> {
  const attempts = new RecordCheck(runId);
  for await (const rows of storedEvents(trx, runId)) {
    for (const row of rows) {
      const event = readableEvent(row);
      if (event) attempts.takeEvent(event, row.seq);
      yield lineOf(row);
    }
  }
  for (const { stepId, attempt } of attempts.ended()) {
    const ref = { runId, stepId, attempt };
    for await (const calls of storedCalls(trx, ref)) {
      yield { kind: 'calls', ...ref, calls };
    }
    for await (const text of storedOutput(trx, ref)) {
      yield { kind: 'output', ...ref, text };
    }
  }
}

function lineOf(row: RunEventRow): EvidenceLine {
  return {
    kind: 'event',
    runId: row.run_id,
    seq: row.seq,
    at: instantOf(row.at),
    previousHash: row.previous_hash,
    hash: row.hash,
    text: row.canonical_text,
  };
}

/**
 * Undefined where somebody changed the text into none, or into one that tells of no attempt that could be looked for: the
 * export shows it all the same, and what else there is.
 */
function readableEvent(row: RunEventRow): RunEvent | undefined {
  const said = readText(row.canonical_text) as { event?: unknown } | undefined;
  const event = said?.event as Partial<StepEvent> | null | undefined;
  const isReadable =
    typeof event?.stepId === 'string' &&
    !event.stepId.includes('\0') &&
    isInt32(event.attempt) &&
    (event.kind !== 'step-finished' || isObject(event.result));
  return isReadable ? (event as RunEvent) : undefined;
}

type StepEvent = Extract<RunEvent, { kind: 'step-finished' }>;

function isInt32(value: unknown): boolean {
  return Number.isInteger(value) && (Number(value) | 0) === value;
}

function isObject(value: unknown): boolean {
  return typeof value === 'object' && value !== null;
}

async function runIdsOf(
  trx: Knex.Transaction,
  { from, to }: EvidenceSpan,
): Promise<string[]> {
  const rows: Array<{ id: string }> = await trx('runs')
    .modify(builder => {
      if (from) builder.where('started_at', '>=', from);
      if (to) builder.where('started_at', '<', to);
    })
    .orderBy('started_at')
    .orderBy('id')
    .limit(MAX_NAMED_RUNS + 1)
    .select('id');
  if (rows.length > MAX_NAMED_RUNS) {
    throw new InputError(
      `More than ${MAX_NAMED_RUNS} runs were started in this time; expected a shorter one, or neither 'from' nor 'to' for everything`,
    );
  }
  return rows.map(({ id }) => id);
}

/** By the events, not by the rows of runs: a run whose row is gone still has its events exported. */
async function* allRunIds(trx: Knex.Transaction): AsyncGenerator<string> {
  let last = '00000000-0000-0000-0000-000000000000';
  for (;;) {
    const rows: Array<{ run_id: string }> = await trx('run_events')
      .where('run_id', '>', last)
      .andWhere('seq', 0)
      .orderBy('run_id')
      .limit(RUNS_AT_ONCE)
      .select('run_id');
    for (const row of rows) yield row.run_id;
    if (rows.length < RUNS_AT_ONCE) return;
    last = rows[rows.length - 1].run_id;
  }
}
