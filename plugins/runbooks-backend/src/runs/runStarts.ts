import { ConflictError } from '@backstage/errors';
import type { Knex } from 'knex';
import type { RunStartRow } from '../database/tables';
import type { StartKey } from './RunStore';

/** Keeps a key for a run; false where the person used it before. Waits for a start with it that is under way. */
export async function takeStartKey(
  trx: Knex.Transaction,
  { userRef, key, requestDigest }: StartKey,
  runId: string,
): Promise<boolean> {
  const taken = await trx<RunStartRow>('run_starts')
    .insert({
      user_ref: userRef,
      key,
      request_digest: requestDigest,
      run_id: runId,
    })
    .onConflict(['user_ref', 'key'])
    .ignore()
    .returning('run_id');
  return taken.length > 0;
}

/**
 * The run that a key started; undefined where the person did not use it.
 *
 * @throws ConflictError where it started something else.
 */
export async function runOfStartKey(
  knex: Knex,
  { userRef, key, requestDigest }: StartKey,
): Promise<string | undefined> {
  const row = await knex<RunStartRow>('run_starts')
    .where({ user_ref: userRef, key })
    .first();
  if (row && row.request_digest !== requestDigest) {
    throw new ConflictError(
      `The idempotency key '${key}' started another run with other values: /runbooks/runs/${row.run_id}; use a new key for a new start`,
    );
  }
  return row?.run_id;
}
