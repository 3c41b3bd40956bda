import {
  checkpointFault,
  contentOf,
  type Checkpoint,
  type CheckpointContent,
  type TrustedKeys,
} from '@backstage-runbooks/plugin-runbooks-common';
import type { Knex } from 'knex';
import { AlteredLedgerError } from './AlteredLedgerError';
import { ALTERED } from './HeadMac';

/** A checkpoint as it is stored. */
export interface CheckpointRow {
  number: number;
  at: Date;
  canonical_text: string;
  hash: string;
  signature: string;
}

/** What the newest checkpoint that holds a run says of it. */
export interface SealedHead {
  /** Of the checkpoint. */
  number: number;
  at: string;
  eventCount: number;
  hash: string;
}

/** The same, with whether that is to be believed. */
export interface Seal extends SealedHead {
  /** Why the checkpoint itself proves nothing. */
  fault?: string;
}

/** The newest checkpoint. */
export async function newestCheckpoint(
  knex: Knex,
): Promise<Checkpoint | undefined> {
  const row = await knex<CheckpointRow>('ledger_checkpoints')
    .orderBy('number', 'desc')
    .first();
  return row && checkpointOf(row);
}

/** Checkpoints in order, from a number on. */
export async function listCheckpoints(
  knex: Knex,
  from: number,
  limit: number,
): Promise<Checkpoint[]> {
  const rows = await knex<CheckpointRow>('ledger_checkpoints')
    .where('number', '>=', from)
    .orderBy('number')
    .limit(limit);
  return rows.map(checkpointOf);
}

/** When something was sealed last, under a trusted key; undefined where the newest checkpoint is none of these. */
export async function lastSealing(
  knex: Knex,
  keys: TrustedKeys,
): Promise<Date | undefined> {
  const [newest, before] = await knex<CheckpointRow>('ledger_checkpoints')
    .orderBy('number', 'desc')
    .limit(2);
  if (!newest) return undefined;
  const checkpoint = checkpointOf(newest);
  const fault = faultAfter(before, checkpoint, keys);
  return fault === undefined ? new Date(contentOf(checkpoint).at) : undefined;
}

/**
 * What was sealed of a run last; undefined where no checkpoint holds it. Signatures are not looked at, see `sealOf`.
 *
 * @throws AlteredLedgerError where the newest checkpoint that names the run cannot be read.
 */
export async function sealedHead(
  knex: Knex,
  runId: string,
): Promise<SealedHead | undefined> {
  const checkpoint = await newestWith(knex, runId);
  return checkpoint && headIn(checkpoint, runId);
}

/**
 * Where a run was sealed last, and whether under a trusted key; undefined where no checkpoint holds it.
 *
 * @throws AlteredLedgerError, as `sealedHead`.
 */
export async function sealOf(
  knex: Knex,
  runId: string,
  keys: TrustedKeys,
): Promise<Seal | undefined> {
  const checkpoint = await newestWith(knex, runId);
  const head = checkpoint && headIn(checkpoint, runId);
  if (!head) return undefined;
  const [before] = await knex<CheckpointRow>('ledger_checkpoints').where({
    number: head.number - 1,
  });
  const fault = faultAfter(before, checkpoint, keys);
  return { ...head, ...(fault === undefined ? {} : { fault }) };
}

async function newestWith(
  knex: Knex,
  runId: string,
): Promise<Checkpoint | undefined> {
  const row: CheckpointRow | undefined = await knex<CheckpointRow>(
    'ledger_checkpoints',
  )
    .whereRaw(
      `jsonb_path_query_array(canonical_text::jsonb, '$.heads[*].runId') @> ?::jsonb`,
      [JSON.stringify([runId])],
    )
    .orderBy('number', 'desc')
    .first();
  return row && checkpointOf(row);
}

function faultAfter(
  before: CheckpointRow | undefined,
  checkpoint: Checkpoint,
  keys: TrustedKeys,
): string | undefined {
  try {
    return checkpointFault(checkpoint, before && checkpointOf(before), keys);
  } catch {
    return 'the checkpoint before the one that sealed it cannot be read';
  }
}

function headIn(checkpoint: Checkpoint, runId: string): SealedHead | undefined {
  const { number, at, heads } = readable(checkpoint);
  const head = heads.find(one => one.runId === runId);
  return head && { number, at, eventCount: head.eventCount, hash: head.hash };
}

function readable(checkpoint: Checkpoint): CheckpointContent {
  try {
    return contentOf(checkpoint);
  } catch {
    throw new AlteredLedgerError(
      `${ALTERED}: the checkpoint that names it cannot be read`,
    );
  }
}

function checkpointOf(row: CheckpointRow): Checkpoint {
  return {
    text: row.canonical_text,
    hash: row.hash,
    signature: row.signature,
  };
}
