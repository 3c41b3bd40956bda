import {
  RecordCheck,
  trustedKeys,
  verifyLedger,
  type LedgerEntry,
  type RunEvent,
  type RunLedger,
  type TrustedKeys,
} from '@backstage-runbooks/plugin-runbooks-common';
import { NotFoundError } from '@backstage/errors';
import type { Knex } from 'knex';
import type { RunEventRow, RunRow } from '../database/tables';
import { AlteredLedgerError } from './AlteredLedgerError';
import type { HeadMac } from './HeadMac';
import { sealOf, type Seal } from './storedCheckpoints';
import { storedCalls, storedEvents, storedOutput } from './storedRecords';
import { HEAD_COLUMNS } from './vouchedLedger';

/**
 * The history of a run as its page shows it, all of one moment, with what does not fit: events among themselves and
 * with the head in the run's row, that with what the portal vouches for, with the newest checkpoint that holds the run, and calls and outputs with the digests
 * that the events tell.
 *
 * It is the backend's own word. Who does not trust the backend exports the evidence and checks that elsewhere.
 */
export class LedgerReader {
  readonly #knex: Knex;
  readonly #macs: HeadMac;
  readonly #keys: TrustedKeys;

  /** @param options - `publicKeys`: current and former, in hex. */
  constructor(options: {
    knex: Knex;
    macs: HeadMac;
    publicKeys: readonly string[];
  }) {
    this.#knex = options.knex;
    this.#macs = options.macs;
    this.#keys = trustedKeys(options.publicKeys);
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
      .first([...HEAD_COLUMNS, 'sealed_event_count', 'ledger_fault']);
    const chain = verifyLedger(entries, {
      eventCount: row.event_count,
      hash: row.head_hash,
    });
    if (!chain.intact) return chain;
    const seal = await shownSeal(trx, runId, this.#keys);
    const fault =
      (await recordFault(trx, runId, entries)) ??
      sealFault(entries, seal, row.sealed_event_count) ??
      this.#headFault(row, entries, seal) ??
      markedFault(entries, row.ledger_fault);
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

  /** A run that has ended and is sealed to its end is vouched for by that signature, whatever became of other keys. */
  #headFault(
    row: RunRow,
    entries: LedgerEntry[],
    seal: Seal | undefined,
  ): { seq: number; message: string } | undefined {
    const last = entries.length - 1;
    const isSealedEnd =
      entries[last].event.kind === 'run-finished' &&
      seal?.fault === undefined &&
      seal?.hash === row.head_hash;
    const fault = isSealedEnd
      ? undefined
      : this.#macs.faultOf(
          row.id,
          { eventCount: row.event_count, hash: row.head_hash },
          row.head_mac,
        );
    return fault && { seq: last, message: fault.because };
  }
}

/** Why the sealer passes the run by, whatever else fits. */
function markedFault(
  entries: LedgerEntry[],
  fault: string | null,
): { seq: number; message: string } | undefined {
  return fault === null
    ? undefined
    : {
        seq: entries.length - 1,
        message: `it is not sealed any more: ${fault}`,
      };
}

/** A checkpoint that names the run and cannot be read is shown as that. */
async function shownSeal(
  trx: Knex.Transaction,
  runId: string,
  keys: TrustedKeys,
): Promise<Seal | undefined> {
  try {
    return await sealOf(trx, runId, keys);
  } catch (error) {
    if (!(error instanceof AlteredLedgerError)) throw error;
    const fault = error.because;
    return { number: -1, at: '', eventCount: 0, hash: '', fault };
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
