import {
  checkpointFault,
  contentOf,
  RecordCheck,
  trustedKeys,
  verifyLedger,
  type Checkpoint,
  type LedgerEntry,
  type RunEvent,
  type RunLedger,
} from '@backstage-runbooks/plugin-runbooks-common';
import { NotFoundError } from '@backstage/errors';
import type { Knex } from 'knex';
import type { RunEventRow } from '../database/tables';
import { storedCalls, storedEvents, storedOutput } from './storedRecords';

/** The newest checkpoint that holds a run, with the head that it seals. */
interface Seal {
  number: number;
  at: string;
  eventCount: number;
  hash: string;
  /** Why the checkpoint itself proves nothing. */
  fault?: string;
}

/**
 * The history of a run as its page shows it, all of one moment, with what does not fit: events among themselves and
 * with the head in the run's row, with the newest checkpoint that holds the run, and calls and outputs with the digests
 * that the events tell.
 *
 * It is the backend's own word. Who does not trust the backend exports the evidence and checks that elsewhere.
 */
export class LedgerReader {
  readonly #knex: Knex;
  readonly #publicKeys: readonly string[];

  /** @param options - `publicKeys`: current and former, in hex. */
  constructor(options: { knex: Knex; publicKeys: readonly string[] }) {
    this.#knex = options.knex;
    this.#publicKeys = options.publicKeys;
  }

  /** @throws NotFoundError */
  async read(runId: string): Promise<RunLedger> {
    return this.#knex.transaction(
      async trx => {
        const entries = await entriesOf(trx, runId);
        return {
          events: entries.map(({ text: _text, ...event }) => event),
          verification: await this.#verify(trx, runId, entries),
        };
      },
      { isolationLevel: 'repeatable read', readOnly: true },
    );
  }

  async #verify(
    trx: Knex.Transaction,
    runId: string,
    entries: LedgerEntry[],
  ): Promise<RunLedger['verification']> {
    const row = await trx('runs')
      .where({ id: runId })
      .first('event_count', 'head_hash', 'sealed_event_count');
    const chain = verifyLedger(entries, {
      eventCount: row.event_count,
      hash: row.head_hash,
    });
    if (!chain.intact) return chain;
    const seal = await this.#sealOf(trx, runId);
    const fault =
      (await recordFault(trx, runId, entries)) ??
      sealFault(entries, seal, row.sealed_event_count);
    if (fault) {
      return { intact: false, brokenAt: fault.seq, message: fault.message };
    }
    return {
      ...chain,
      ...(seal
        ? {
            sealed: {
              checkpoint: seal.number,
              eventCount: seal.eventCount,
              at: seal.at,
            },
          }
        : {}),
    };
  }

  async #sealOf(
    trx: Knex.Transaction,
    runId: string,
  ): Promise<Seal | undefined> {
    const row = await trx('ledger_checkpoints')
      .whereRaw(
        `jsonb_path_query_array(canonical_text::jsonb, '$.heads[*].runId') @> ?::jsonb`,
        [JSON.stringify([runId])],
      )
      .orderBy('number', 'desc')
      .first();
    if (!row) return undefined;
    const before = await trx('ledger_checkpoints')
      .where({ number: row.number - 1 })
      .first();
    const checkpoint = checkpointOf(row);
    const { number, at, heads } = contentOf(checkpoint);
    const head = heads.find(one => one.runId === runId);
    if (!head) return undefined;
    const fault = checkpointFault(
      checkpoint,
      before && checkpointOf(before),
      trustedKeys(this.#publicKeys),
    );
    return {
      number,
      at,
      eventCount: head.eventCount,
      hash: head.hash,
      ...(fault === undefined ? {} : { fault }),
    };
  }
}

async function entriesOf(
  trx: Knex.Transaction,
  runId: string,
): Promise<LedgerEntry[]> {
  const entries: LedgerEntry[] = [];
  for await (const rows of storedEvents(trx, runId)) {
    entries.push(...rows.map(entryOf));
  }
  if (entries.length === 0)
    throw new NotFoundError(`There is no run '${runId}'`);
  return entries;
}

async function recordFault(
  trx: Knex.Transaction,
  runId: string,
  entries: LedgerEntry[],
): Promise<{ seq: number; message: string } | undefined> {
  const check = new RecordCheck(runId);
  for (const { event, seq } of entries) check.takeEvent(event, seq);
  const stray = await strayAttempt(trx, runId, check);
  if (stray) return { seq: entries.length - 1, message: stray };
  for (const { stepId, attempt } of check.ended()) {
    const ref = { runId, stepId, attempt };
    for await (const calls of storedCalls(trx, ref)) {
      check.takeCalls(stepId, attempt, calls);
    }
    for await (const text of storedOutput(trx, ref)) {
      check.takeOutput(stepId, attempt, text);
    }
  }
  return check.end();
}

/** Why something is stored of an attempt that no event tells of. */
async function strayAttempt(
  trx: Knex.Transaction,
  runId: string,
  check: RecordCheck,
): Promise<string | undefined> {
  for (const table of ['run_calls', 'run_output']) {
    const rows: Array<{ step_id: string; attempt: number }> = await trx(table)
      .where({ run_id: runId })
      .distinct('step_id', 'attempt');
    for (const { step_id: stepId, attempt } of rows) {
      const stray =
        table === 'run_calls'
          ? check.takeCalls(stepId, attempt, [])
          : check.takeOutput(stepId, attempt, '');
      if (stray) return stray;
    }
  }
  return undefined;
}

function sealFault(
  entries: LedgerEntry[],
  seal: Seal | undefined,
  sealedCount: number,
): { seq: number; message: string } | undefined {
  const last = entries.length - 1;
  if (!seal) {
    return sealedCount > 0
      ? {
          seq: last,
          message: `${sealedCount} events were sealed, but no checkpoint holds this run`,
        }
      : undefined;
  }
  if (seal.fault) return { seq: last, message: seal.fault };
  if (seal.eventCount > entries.length) {
    return {
      seq: last,
      message: `the ledger ends after ${entries.length} events; ${seal.eventCount} were sealed in checkpoint ${seal.number}`,
    };
  }
  return entries[seal.eventCount - 1]?.hash === seal.hash
    ? undefined
    : {
        seq: seal.eventCount - 1,
        message: `event ${
          seal.eventCount - 1
        } is not the one that was sealed in checkpoint ${seal.number}`,
      };
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

function checkpointOf(row: {
  canonical_text: string;
  hash: string;
  signature: string;
}): Checkpoint {
  return {
    text: row.canonical_text,
    hash: row.hash,
    signature: row.signature,
  };
}
