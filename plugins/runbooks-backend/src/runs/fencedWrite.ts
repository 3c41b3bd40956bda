import type { Knex } from 'knex';
import { LeaseLostError } from './LeaseLostError';
import type { HeldAttempt } from './RunStore';

/**
 * Writes something of an attempt in one statement, and only while the attempt is under way under the current lease of
 * its run. The rows of the run and of the attempt are locked until the statement is committed, so nothing of a worker
 * that lost its lease comes after the claim of the next, and nothing of an attempt after the digest at its end.
 *
 * @param insert - An `insert ... select ... from held` that ends in `returning`.
 * @throws LeaseLostError
 */
export async function fencedWrite(
  knex: Knex,
  attempt: HeldAttempt,
  insert: string,
  bindings: Record<string, Knex.RawBinding>,
): Promise<void> {
  const { lease } = attempt;
  const written = await knex.raw<{ rows: unknown[] }>(
    `with held as (
       select runs.id as run_id, attempts.step_id, attempts.number
         from runs
         join attempts on attempts.run_id = runs.id
                      and attempts.lease_token = runs.lease_token
        where runs.id = :heldRun and runs.lease_owner = :heldOwner
          and runs.lease_token = :heldToken
          and attempts.step_id = :heldStep and attempts.number = :heldNumber
          and attempts.purpose = 'run' and attempts.ended_at is null
          for share of runs, attempts)
     ${insert}`,
    {
      ...bindings,
      heldRun: attempt.runId,
      heldOwner: lease.owner,
      heldToken: lease.token,
      heldStep: attempt.stepId,
      heldNumber: attempt.attempt,
    },
  );
  if (written.rows.length > 0) return;
  throw new LeaseLostError(
    `Attempt ${attempt.attempt} of step '${attempt.stepId}' of run ${attempt.runId} is not under way at ${lease.owner} any more; nothing of it is stored`,
  );
}
