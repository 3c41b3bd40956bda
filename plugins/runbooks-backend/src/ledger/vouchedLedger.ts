import type {
  LedgerEntry,
  LedgerHead,
} from '@backstage-runbooks/plugin-runbooks-common';
import type { Knex } from 'knex';
import type { RunEventRow, RunRow } from '../database/tables';
import { AlteredLedgerError } from './AlteredLedgerError';
import { chainedEntries } from './chainedEntries';
import type { HeadMac } from './HeadMac';

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
 * The events that a head covers, whatever was added since: rows of events never change, so those before it are the same
 * at any later moment.
 *
 * @throws AlteredLedgerError where they do not end in it.
 */
export async function ledgerUpTo(
  knex: Knex,
  runId: string,
  head: LedgerHead,
): Promise<LedgerEntry[]> {
  const rows = await knex<RunEventRow>('run_events')
    .where({ run_id: runId })
    .andWhere('seq', '<', head.eventCount)
    .orderBy('seq');
  return chainedEntries(runId, rows, head);
}

/** The events of a run that something is to be done with; undefined where there is no such run. @throws AlteredLedgerError */
export async function vouchedLedger(
  knex: Knex,
  macs: HeadMac,
  runId: string,
): Promise<LedgerEntry[] | undefined> {
  const row = await knex<RunRow>('runs')
    .where({ id: runId })
    .first<RunRow | undefined>(HEAD_COLUMNS);
  return row && ledgerUpTo(knex, runId, vouchedHead(macs, row));
}
