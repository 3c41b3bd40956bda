import {
  sha256Hex,
  type RunHead,
  type Tombstone,
  type TrustedKeys,
} from '@backstage-runbooks/plugin-runbooks-common';
import type { Knex } from 'knex';
import type { RunRow } from '../database/tables';
import { AlteredLedgerError } from './AlteredLedgerError';
import type { BrokenLedger } from './dueHeads';
import type { HeadMac } from './HeadMac';
import { readText } from './readText';
import { sealOf, type Seal } from './storedCheckpoints';
import { HEAD_COLUMNS } from './vouchedLedger';

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

/** What retention did. */
export interface Retention {
  removed: Tombstone[];
  /** Runs whose rows say that they ended and are sealed, which their events or the portal do not. */
  broken: BrokenLedger[];
}

/**
 * Removes finished runs, whole and only where a checkpoint under a trusted key that is older than an instant sealed
 * their end, and returns what they said last. How long ago a run ended is told by that signature alone: what its row
 * says is only where to look, and its events could tell any time. A run whose row or end somebody else wrote is marked,
 * and does not stand in the way of the others.
 */
export async function removeRuns(
  trx: Knex.Transaction,
  options: RetentionOptions,
): Promise<Retention> {
  const { keepFrom, at } = options;
  const candidates: Candidate[] = await trx('runs')
    .where('finished_at', '<', keepFrom)
    .whereRaw(
      'sealed_event_count = event_count and ledger_fault is null and (sealed_at is null or sealed_at < ? or sealed_at > ?)',
      [keepFrom, at],
    )
    .orderBy('finished_at')
    .limit(RUNS_AT_ONCE)
    .forUpdate()
    .select([...HEAD_COLUMNS, 'sealed_event_count']);
  const old: RunHead[] = [];
  const broken: BrokenLedger[] = [];
  for (const candidate of candidates) {
    const end = await endOf(trx, candidate, options);
    if (end.kind === 'old') old.push(end.head);
    if (end.kind === 'broken') {
      broken.push({ runId: candidate.id, message: end.message });
    }
    await mark(trx, candidate.id, end);
  }
  await remove(trx, old);
  const removed = old.map(head => ({
    ...head,
    removedAt: at.toISOString(),
    because: `its end was sealed before ${keepFrom.toISOString()}`,
  }));
  return { removed, broken };
}

async function remove(trx: Knex.Transaction, old: RunHead[]): Promise<void> {
  if (old.length === 0) return;
  const ids = old.map(({ runId }) => runId);
  await trx.raw(`set local runbooks.retention = 'on'`);
  for (const table of TABLES) {
    await trx(table).whereIn('run_id', ids).delete();
  }
  await trx('runs').whereIn('id', ids).delete();
  await trx.raw(`set local runbooks.retention = 'off'`);
}

interface RetentionOptions {
  keepFrom: Date;
  at: Date;
  keys: TrustedKeys;
  macs: HeadMac;
}

type Candidate = Pick<
  RunRow,
  'id' | 'event_count' | 'head_hash' | 'head_mac'
> & { sealed_event_count: number };

/** What a run that says it ended long ago is found to be. */
type End =
  | { kind: 'old'; head: RunHead }
  /** It may be old enough when as much time has gone by since this one. */
  | { kind: 'young'; since: Date | string }
  | { kind: 'broken'; message: string };

async function endOf(
  trx: Knex.Transaction,
  candidate: Candidate,
  { keepFrom, at, keys, macs }: RetentionOptions,
): Promise<End> {
  const { id: runId, sealed_event_count: eventCount } = candidate;
  const hash = await hashOfEnd(trx, runId, eventCount);
  if (hash === undefined) {
    const message = 'its row says that it ended, its events do not';
    return { kind: 'broken', message };
  }
  const seal = await readableSeal(trx, runId, keys);
  if (typeof seal === 'string') return { kind: 'broken', message: seal };
  const isSealed =
    seal !== undefined &&
    seal.fault === undefined &&
    seal.eventCount === eventCount &&
    seal.hash === hash;
  if (isSealed) {
    return new Date(seal.at) < keepFrom
      ? { kind: 'old', head: { runId, eventCount, hash } }
      : { kind: 'young', since: seal.at };
  }
  // What a signature vouches for needs no digest of the portal; everything else does.
  const head = { eventCount: candidate.event_count, hash: candidate.head_hash };
  const fault = macs.faultOf(runId, head, candidate.head_mac);
  return fault?.kind === 'altered'
    ? { kind: 'broken', message: fault.because }
    : { kind: 'young', since: at };
}

/** One that is young is looked at again when it may have become old, and does not stand in the way until then. */
async function mark(
  trx: Knex.Transaction,
  runId: string,
  end: End,
): Promise<void> {
  if (end.kind === 'old') return;
  const row =
    end.kind === 'broken'
      ? { ledger_fault: end.message }
      : { sealed_at: end.since };
  await trx('runs').where({ id: runId }).update(row);
}

/** The seal of a run, or why there is none that can be read. */
async function readableSeal(
  trx: Knex.Transaction,
  runId: string,
  keys: TrustedKeys,
): Promise<Seal | string | undefined> {
  try {
    return await sealOf(trx, runId, keys);
  } catch (error) {
    if (error instanceof AlteredLedgerError) return error.because;
    throw error;
  }
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
  if (!link || sha256Hex(link.canonical_text) !== link.hash) return undefined;
  const said = readText(link.canonical_text) as
    | { event?: { kind?: string } }
    | undefined;
  return said?.event?.kind === 'run-finished' ? link.hash : undefined;
}
