import type {
  LedgerEntry,
  LedgerHead,
} from '@backstage-runbooks/plugin-runbooks-common';
import type { Knex } from 'knex';
import type { RunEventRow, RunRow } from '../database/tables';
import { AlteredLedgerError } from './AlteredLedgerError';
import { chainedEntries } from './chainedEntries';
import { ALTERED, type HeadMac } from './HeadMac';
import { sealedHead } from './storedCheckpoints';

/** What is read of a run's row to know its head. */
export const HEAD_COLUMNS = ['id', 'event_count', 'head_hash', 'head_mac'];

/** The head that a row tells, where it is this portal's. @throws AlteredLedgerError */
export function vouchedHead(
  macs: HeadMac,
  row: Pick<RunRow, 'id' | 'event_count' | 'head_hash' | 'head_mac'>,
): LedgerHead {
  const head = { eventCount: row.event_count, hash: row.head_hash };
  const fault = macs.faultOf(row.id, head, row.head_mac);
  if (fault) throw new AlteredLedgerError(fault.because);
  return head;
}

/**
 * All events of a run whose row is locked, so that its head covers them all.
 *
 * @throws AlteredLedgerError where they do not end in it, or go on behind it.
 */
export async function lockedLedger(
  trx: Knex.Transaction,
  runId: string,
  head: LedgerHead,
): Promise<LedgerEntry[]> {
  const rows = await trx<RunEventRow>('run_events')
    .where({ run_id: runId })
    .orderBy('seq');
  return chainedEntries(runId, rows, head);
}

/**
 * A run that something is to be done with, at a moment of the database's clock: what its head covers, whatever is added
 * meanwhile. Undefined where there is no such row.
 *
 * @throws AlteredLedgerError where its head is none that this portal wrote, the events do not end in it, or are not those
 *   that were sealed: it was put back into an older state.
 */
export async function vouchedLedger(
  knex: Knex,
  macs: HeadMac,
  where: Partial<RunRow> & { id: string },
): Promise<{ entries: LedgerEntry[]; at: Date } | undefined> {
  // Before the row, which may get further events at any moment, and these be sealed.
  const sealed = await sealedHead(knex, where.id);
  const row = await knex<RunRow>('runs')
    .where(where)
    .first<(RunRow & { at: Date }) | undefined>([
      ...HEAD_COLUMNS,
      knex.raw('now() as at'),
    ]);
  if (!row) return undefined;
  const head = vouchedHead(macs, row);
  // Rows of events never change: those before the head are the same at any later moment.
  const rows = await knex<RunEventRow>('run_events')
    .where({ run_id: row.id })
    .andWhere('seq', '<', head.eventCount)
    .orderBy('seq');
  const entries = chainedEntries(row.id, rows, head);
  if (sealed && entries[sealed.eventCount - 1]?.hash !== sealed.hash) {
    throw new AlteredLedgerError(
      `${ALTERED}: it does not hold the ${sealed.eventCount} events that checkpoint ${sealed.number} sealed`,
    );
  }
  return { entries, at: row.at };
}
