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
    const ids = runs.map(({ id }) => id);
    const ledgers = await eventsOf(knex, ids);
    const adopted = runs.flatMap(
      ({ id, event_count: eventCount, head_hash }) => {
        const head = { eventCount, hash: head_hash };
        return isChained(id, ledgers.get(id) ?? [], head)
          ? [{ id, mac: macs.of(id, head) }]
          : [];
      },
    );
    await knex.raw(
      `update runs set head_mac = adopted.mac
         from unnest(?::uuid[], ?::text[]) as adopted (id, mac)
        where runs.id = adopted.id`,
      [adopted.map(({ id }) => id), adopted.map(({ mac }) => mac)],
    );
    last = ids[ids.length - 1];
  }
}

async function eventsOf(
  knex: Knex,
  runIds: string[],
): Promise<Map<string, RunEventRow[]>> {
  const rows = await knex<RunEventRow>('run_events')
    .whereRaw('run_id = any(?::uuid[])', [runIds])
    .orderBy(['run_id', 'seq']);
  return Map.groupBy(rows, ({ run_id }) => run_id);
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
