import type { RootConfigService } from '@backstage/backend-plugin-api';
import {
  queuedFor,
  type EntityRef,
  type LedgerEntry,
  type Run,
  type RunEvent,
} from '@backstage-runbooks/plugin-runbooks-common';
import type { Knex } from 'knex';
import { TooManyError } from '../http/TooManyError';

/** How much one person may have at once, so that nobody fills the portal for the others. */
export interface Limits {
  openRunsPerPerson: number;
  queuedStepsPerPerson: number;
  streamsPerPerson: number;
  /** Each tells other people. */
  approvalRequestsPerHour: number;
}

/** Of the events of a run, when one more approval is asked for. */
const MAX_HISTORY_BYTES = 32 * 1024 ** 2;

/** What holds where the configuration says nothing. */
export const DEFAULT_LIMITS: Limits = {
  openRunsPerPerson: 50,
  queuedStepsPerPerson: 20,
  streamsPerPerson: 20,
  approvalRequestsPerHour: 100,
};

/** @throws with the key, the value and what is expected. */
export function readLimits(config: RootConfigService): Limits {
  const limit = (name: keyof Limits) => {
    const key = `runbooks.limits.${name}`;
    const value = config.getOptionalNumber(key) ?? DEFAULT_LIMITS[name];
    if (Number.isInteger(value) && value > 0) return value;
    throw new Error(
      `The configuration has ${value} as '${key}'; expected a whole number above 0`,
    );
  };
  return {
    openRunsPerPerson: limit('openRunsPerPerson'),
    queuedStepsPerPerson: limit('queuedStepsPerPerson'),
    streamsPerPerson: limit('streamsPerPerson'),
    approvalRequestsPerHour: limit('approvalRequestsPerHour'),
  };
}

/** In the transaction that starts a run, before it does. @throws TooManyError */
export async function refuseTooManyRuns(
  trx: Knex.Transaction,
  person: EntityRef,
  { openRunsPerPerson: limit }: Limits,
): Promise<void> {
  await oneAtATime(trx, person);
  const open = await countOf(
    trx('runs').where({ requested_by: person }).whereNull('finished_at'),
  );
  if (open < limit) return;
  throw new TooManyError(
    `${person} has ${open} open runs, and may have ${limit} (runbooks.limits.openRunsPerPerson); finish or cancel some first`,
  );
}

/** In the transaction that changes a run, where that queues a step. @throws TooManyError */
export async function refuseTooManySteps(
  trx: Knex.Transaction,
  before: Run,
  after: Run,
  { queuedStepsPerPerson: limit }: Limits,
): Promise<void> {
  const person = queuedFor(after);
  if (person === undefined || queuedFor(before) !== undefined) return;
  await oneAtATime(trx, person);
  const queued = await countOf(
    trx('runs')
      .where({ needs_worker: true })
      .whereRaw('coalesce(queued_for, requested_by) = ?', [person])
      .whereNot({ id: after.id }),
  );
  if (queued < limit) return;
  throw new TooManyError(
    `${person} has ${queued} steps queued or running, and may have ${limit} (runbooks.limits.queuedStepsPerPerson); wait until some have ended`,
  );
}

/**
 * In the transaction that changes a run, where that asks for approvals: ending a run must not free what it used up, or
 * somebody could ask without end. Counted by hours of the database's clock. @throws TooManyError
 */
export async function refuseTooManyRequests(
  trx: Knex.Transaction,
  events: readonly RunEvent[],
  { approvalRequestsPerHour: limit }: Limits,
): Promise<void> {
  const requests = events.flatMap(event =>
    event.kind === 'approval-requested' ? [event] : [],
  );
  if (requests.length === 0) return;
  const person = requests[0].by;
  const hour = trx.raw("date_trunc('hour', now())");
  await trx('approval_requests')
    .where({ person })
    .where('hour', '<', hour)
    .delete();
  const [{ count }] = await trx('approval_requests')
    .insert({ person, hour, count: requests.length })
    .onConflict(['person', 'hour'])
    .merge({
      count: trx.raw('approval_requests.count + excluded.count'),
    })
    .returning<Array<{ count: number }>>('count');
  if (count <= limit) return;
  throw new TooManyError(
    `${person} has asked for ${limit} approvals within this hour, which is what one person may (runbooks.limits.approvalRequestsPerHour); go on in the next`,
  );
}

/**
 * In the transaction that changes a run, where that asks for an approval: what an approver sees stays in the history for
 * ever, and whoever looks at the run reads all of it.
 *
 * @throws TooManyError
 */
export async function refuseTooLong(
  trx: Knex.Transaction,
  runId: string,
  entries: readonly LedgerEntry[],
): Promise<void> {
  const asks = entries.some(({ event }) => event.kind === 'approval-requested');
  if (!asks) return;
  const { rows } = await trx.raw<{ rows: Array<{ length: string }> }>(
    'select coalesce(sum(octet_length(canonical_text)), 0) as length from run_events where run_id = ?',
    [runId],
  );
  const added = entries.reduce((sum, { text }) => sum + text.length, 0);
  if (Number(rows[0].length) + added <= MAX_HISTORY_BYTES) return;
  throw new TooManyError(
    `The history of this run would be longer than ${
      MAX_HISTORY_BYTES / 1024 ** 2
    } MiB; finish or cancel it, and start another`,
  );
}

/** Two that are counted at once would both be the last. Held until the transaction ends. */
async function oneAtATime(
  trx: Knex.Transaction,
  person: EntityRef,
): Promise<void> {
  await trx.raw('select pg_advisory_xact_lock(hashtextextended(?, 0))', [
    `runbooks limits of ${person}`,
  ]);
}

async function countOf(query: Knex.QueryBuilder): Promise<number> {
  const [{ count }] = await query.count();
  return Number(count);
}
