import {
  checkpointFault,
  contentOf,
  type Checkpoint,
  type TrustedKeys,
} from '@backstage-runbooks/plugin-runbooks-common';
import type { Knex } from 'knex';

/** A checkpoint as it is stored. */
export interface CheckpointRow {
  number: number;
  at: Date;
  canonical_text: string;
  hash: string;
  signature: string;
}

/** The newest checkpoint that holds a run, with the head that it seals. */
export interface Seal {
  number: number;
  at: string;
  eventCount: number;
  hash: string;
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

/** Where a run was sealed last; undefined where no checkpoint holds it. */
export async function sealOf(
  knex: Knex,
  runId: string,
  keys: TrustedKeys,
): Promise<Seal | undefined> {
  const row: CheckpointRow | undefined = await knex<CheckpointRow>(
    'ledger_checkpoints',
  )
    .whereRaw(
      `jsonb_path_query_array(canonical_text::jsonb, '$.heads[*].runId') @> ?::jsonb`,
      [JSON.stringify([runId])],
    )
    .orderBy('number', 'desc')
    .first();
  if (!row) return undefined;
  const before = await knex<CheckpointRow>('ledger_checkpoints')
    .where({ number: row.number - 1 })
    .first();
  const checkpoint = checkpointOf(row);
  const { number, at, heads } = contentOf(checkpoint);
  const head = heads.find(one => one.runId === runId);
  if (!head) return undefined;
  const fault = checkpointFault(
    checkpoint,
    before && checkpointOf(before),
    keys,
  );
  return {
    number,
    at,
    eventCount: head.eventCount,
    hash: head.hash,
    ...(fault === undefined ? {} : { fault }),
  };
}

function checkpointOf(row: CheckpointRow): Checkpoint {
  return {
    text: row.canonical_text,
    hash: row.hash,
    signature: row.signature,
  };
}
