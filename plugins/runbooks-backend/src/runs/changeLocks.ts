import {
  EVERYTHING,
  locksConflict,
  locksOf,
  lockText,
  type ChangeLock,
  type Run,
} from '@backstage-runbooks/plugin-runbooks-common';
import type { Knex } from 'knex';
import type { ChangeLockRow } from '../database/tables';
import { LockedError } from './LockedError';

type HeldLock = ReturnType<typeof locksOf>[number];

/**
 * Makes a run hold exactly the locks that it should by now.
 *
 * Whoever takes a lock on a cluster waits for everybody else who is just taking one there, so of two runs exactly one
 * gets it, also where one wants a whole namespace and the other an object in it.
 *
 * @throws LockedError where another run is in the way.
 */
export async function holdLocks(
  trx: Knex.Transaction,
  run: Run,
): Promise<void> {
  const wanted = locksOf(run);
  const held = (
    await trx<ChangeLockRow>('change_locks').where({ run_id: run.id })
  ).map(lockOf);
  for (const lock of held.filter(one => !holds(wanted, one))) {
    await trx<ChangeLockRow>('change_locks')
      .where(rowOf(run.id, lock))
      .delete();
  }
  const missing = wanted.filter(one => !holds(held, one));
  if (missing.length === 0) return;
  await refuseTaken(trx, run.id, missing);
  await trx<ChangeLockRow>('change_locks').insert(
    missing.map(lock => rowOf(run.id, lock)),
  );
}

async function refuseTaken(
  trx: Knex.Transaction,
  runId: string,
  wanted: HeldLock[],
): Promise<void> {
  const [{ cluster }] = wanted;
  await trx.raw('select pg_advisory_xact_lock(hashtextextended(?, 0))', [
    `runbooks change_locks ${cluster}`,
  ]);
  const namespaces = wanted.map(({ namespace }) => namespace);
  const others = await trx<ChangeLockRow>('change_locks')
    .join('runs', 'runs.id', 'change_locks.run_id')
    .where('change_locks.cluster', cluster)
    .whereNot('change_locks.run_id', runId)
    .modify(builder => {
      if (namespaces.includes(EVERYTHING)) return;
      builder.whereIn('change_locks.namespace', [...namespaces, EVERYTHING]);
    })
    .orderBy('runs.started_at')
    .select('change_locks.*', 'runs.procedure_title as procedure_title');
  for (const row of others) {
    const other = lockOf(row);
    const taken = wanted.find(lock => locksConflict(lock, other));
    if (!taken) continue;
    throw new LockedError(lockText(other), {
      runId: row.run_id,
      procedureTitle: row.procedure_title,
    });
  }
}

function holds(locks: readonly HeldLock[], lock: HeldLock): boolean {
  return locks.some(
    one =>
      one.stepId === lock.stepId &&
      one.cluster === lock.cluster &&
      one.namespace === lock.namespace &&
      one.object === lock.object,
  );
}

function lockOf(row: ChangeLockRow): ChangeLock & { stepId: string } {
  const { step_id: stepId, cluster, namespace, object } = row;
  return { stepId, cluster, namespace, object };
}

function rowOf(runId: string, lock: HeldLock): ChangeLockRow {
  const { stepId, cluster, namespace, object } = lock;
  return { run_id: runId, step_id: stepId, cluster, namespace, object };
}
