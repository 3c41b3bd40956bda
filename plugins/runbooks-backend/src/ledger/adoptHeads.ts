import type { Knex } from 'knex';
import type { RunEventRow, RunRow } from '../database/tables';
import { AlteredLedgerError } from './AlteredLedgerError';
import { chainedEntries } from './chainedEntries';
import type { HeadMac } from './HeadMac';

const RUNS_AT_ONCE = 100;
const BEFORE_ALL = '00000000-0000-0000-0000-000000000000';

/**
 * Vouches for the runs that a database holds from before heads were vouched for, as they are: who wrote their events
 * cannot be told any more. A run whose events do not end in its head gets nothing, and is not believed afterwards.
 */
export async function adoptHeads(knex: Knex, macs: HeadMac): Promise<void> {
  for (let last = BEFORE_ALL; ; ) {
    const runs = await knex<RunRow>('runs')
      .where('id', '>', last)
      .orderBy('id')
      .limit(RUNS_AT_ONCE)
      .select('id', 'event_count', 'head_hash');
    if (runs.length === 0) return;
    const adopted: Array<{ id: string; mac: string }> = [];
    for (const { id, event_count: eventCount, head_hash: hash } of runs) {
      const head = { eventCount, hash };
      // One history at a time: each may be long, and the rows of runs are locked meanwhile.
      const isWhole = isChained(id, await eventsOf(knex, id), head);
      if (isWhole) adopted.push({ id, mac: macs.of(id, head) });
    }
    await knex.raw(
      `update runs set head_mac = adopted.mac
         from unnest(?::uuid[], ?::text[]) as adopted (id, mac)
        where runs.id = adopted.id`,
      [adopted.map(({ id }) => id), adopted.map(({ mac }) => mac)],
    );
    last = runs[runs.length - 1].id;
  }
}

async function eventsOf(knex: Knex, runId: string): Promise<RunEventRow[]> {
  return knex<RunEventRow>('run_events')
    .where({ run_id: runId })
    .orderBy('seq');
}

function isChained(...ledger: Parameters<typeof chainedEntries>): boolean {
  try {
    chainedEntries(...ledger);
    return true;
  } catch (error) {
    if (error instanceof AlteredLedgerError) return false;
    throw error;
  }
}
