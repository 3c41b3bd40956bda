import {
  sha256Hex,
  type RunHead,
  type Tombstone,
  type TrustedKeys,
} from '@backstage-runbooks/plugin-runbooks-common';
import type { Knex } from 'knex';
import { sealOf } from './storedCheckpoints';

/** So many are looked at each time; the rest waits for the next. */
const RUNS_AT_ONCE = 500;
/** What is removed with a run. */
const TABLES = [
  'run_output',
  'run_calls',
  'run_secrets',
  'run_events',
  'attempts',
  'change_locks',
  'waiting_approvals',
  'run_starts',
];

/**
 * Removes finished runs, whole and only where a checkpoint under a trusted key that is older than an instant sealed
 * their end, and returns what they said last. How long ago a run ended is told by that signature alone: what its row
 * says is only where to look, and its events could tell any time.
 */
export async function removeRuns(
  trx: Knex.Transaction,
  options: { keepFrom: Date; at: Date; keys: TrustedKeys },
): Promise<Tombstone[]> {
  const { keepFrom, at } = options;
  const candidates: Candidate[] = await trx('runs')
    .where('finished_at', '<', keepFrom)
    .whereRaw(
      'sealed_event_count = event_count and ledger_fault is null and (sealed_at is null or sealed_at < ?)',
      [keepFrom],
    )
    .orderBy('finished_at')
    .limit(RUNS_AT_ONCE)
    .forUpdate()
    .select('id', 'sealed_event_count');
  const old: RunHead[] = [];
  for (const candidate of candidates) {
    const last = await oldEnd(trx, candidate, options);
    if (last) old.push(last);
  }
  if (old.length === 0) return [];
  const ids = old.map(({ runId }) => runId);
  await trx.raw(`set local runbooks.retention = 'on'`);
  for (const table of TABLES) {
    await trx(table).whereIn('run_id', ids).delete();
  }
  await trx('runs').whereIn('id', ids).delete();
  await trx.raw(`set local runbooks.retention = 'off'`);
  return old.map(head => ({
    ...head,
    removedAt: at.toISOString(),
    because: `its end was sealed before ${keepFrom.toISOString()}`,
  }));
}

interface Candidate {
  id: string;
  sealed_event_count: number;
}

/** The head of a run whose end was sealed long ago. One whose row tells otherwise than its events is marked. */
async function oldEnd(
  trx: Knex.Transaction,
  { id: runId, sealed_event_count: eventCount }: Candidate,
  { keepFrom, at, keys }: { keepFrom: Date; at: Date; keys: TrustedKeys },
): Promise<RunHead | undefined> {
  const hash = await hashOfEnd(trx, runId, eventCount);
  if (hash === undefined) {
    const fault = 'its row says that it ended, its events do not';
    await trx('runs').where({ id: runId }).update({ ledger_fault: fault });
    return undefined;
  }
  const seal = await sealOf(trx, runId, keys);
  const isSealed =
    seal !== undefined &&
    seal.fault === undefined &&
    seal.eventCount === eventCount &&
    seal.hash === hash;
  if (isSealed && new Date(seal.at) < keepFrom) {
    return { runId, eventCount, hash };
  }
  // It is looked at again when it may have become old enough, and does not stand in the way of others until then.
  await trx('runs')
    .where({ id: runId })
    .update({ sealed_at: isSealed ? seal.at : at });
  return undefined;
}

async function hashOfEnd(
  trx: Knex.Transaction,
  runId: string,
  eventCount: number,
): Promise<string | undefined> {
  const link: { hash: string; canonical_text: string } | undefined = await trx(
    'run_events',
  )
    .where({ run_id: runId, seq: eventCount - 1 })
    .first('hash', 'canonical_text');
  const isEnd =
    link !== undefined &&
    sha256Hex(link.canonical_text) === link.hash &&
    JSON.parse(link.canonical_text).event?.kind === 'run-finished';
  return isEnd ? link.hash : undefined;
}
