import {
  EVENT_VOCABULARY,
  foldRun,
  type Instant,
  type Run,
  type RunEvent,
} from '@backstage-runbooks/plugin-runbooks-common';
import type { Knex } from 'knex';
import type { RunRow } from '../database/tables';
import type { HeadMac } from '../ledger/HeadMac';
import { vouchedLedger } from '../ledger/vouchedLedger';
import { appendDecided, lockRun } from './appendEvents';
import { DEFAULT_PRESENCE, type PresenceSettings } from './presenceSettings';
import { RUN_CHANNEL, runPayload } from './RunSignals';
import type { Claimant, HeldRun, Lease, RunQueue } from './RunStore';

/** A failed run is claimed again after 1, 2, 4, ... seconds, and never later than this. */
const LONGEST_RETRY_SECONDS = 300;

/*
 * Whether a lease still holds is asked in sub-selects: where another worker claims the same row meanwhile, Postgres
 * evaluates them once more for the row as it is then, which it does not do with joined tables.
 * `lease_expires_at` keeps replicas away that know no workers; a lease of theirs holds until then.
 */
const CLAIM = `
  with me as (
    select seen_since <= now() - :takeOverMs * interval '1 millisecond' as is_steady
      from workers
     where id = :owner and ended_at is null
       and last_seen_at > now() - :takeOverMs * interval '1 millisecond' / 2),
  mine as (
    select coalesce(queued_for, requested_by) as person, entity_ref
      from runs where id = any(:active::uuid[])),
  under_way as (
    select coalesce(queued_for, requested_by) as person, count(*) as runs
      from runs where lease_owner is not null and needs_worker group by 1)
  update runs
     set lease_owner = :owner,
         lease_token = lease_token + 1,
         lease_expires_at = now() + interval '1 day'
   where id = (
     select r.id
       from runs r cross join me
      where (r.needs_worker or r.wake_at <= now())
        and (r.retry_at is null or r.retry_at <= now())
        and r.event_vocabulary <= :vocabulary
        and r.id <> all(:active::uuid[])
        and (r.lease_owner is null
          or r.lease_owner = :owner
          or exists (
            select 1 from workers w
             where w.id = r.lease_owner
               and (w.ended_at is not null
                 or me.is_steady and w.last_seen_at <= now() - :takeOverMs * interval '1 millisecond'))
          or r.lease_expires_at < now()
            and not exists (select 1 from workers w where w.id = r.lease_owner))
        and (select count(*) from mine where mine.person = coalesce(r.queued_for, r.requested_by)) < :free
        and (select count(*) from mine where mine.entity_ref = r.entity_ref) < :free
      order by coalesce((select u.runs from under_way u
                          where u.person = coalesce(r.queued_for, r.requested_by)), 0),
               coalesce(r.retry_at, r.due_at, r.wake_at) nulls first,
               r.id
      limit 1
      for update of r skip locked)
  returning id, lease_token`;

/**
 * The queue of runs in PostgreSQL. Only its clock counts: a process whose clock is wrong takes nothing too early and
 * holds nothing too long.
 *
 * A lease is the name of a worker in the run's row, and it holds while that worker is seen, see `WorkerPresence`. It is
 * taken over when its worker was not seen for `takeOverMs`, and only by a worker that was seen itself all the time: after
 * an outage of the database, when nobody was seen, everybody has that long to come back.
 *
 * Whose turn it is: the person with the fewest runs under way, and of theirs the run that is due longest. A run that
 * waits for its person is not under way, even where its worker was killed before it could let go of it. Who has n
 * slots of a worker, a person or an entity, gets a further one only while more than n are free. So nobody ever has more
 * than half of them, and the last ones are for those who have none.
 */
export class DatabaseRunQueue implements RunQueue {
  readonly #knex: Knex;
  readonly #macs: HeadMac;
  readonly #presence: PresenceSettings;
  readonly #vocabulary: number;

  /** @param options - `vocabulary`: the newest one of events that this worker knows; for tests. */
  constructor(
    knex: Knex,
    macs: HeadMac,
    options: { presence?: PresenceSettings; vocabulary?: number } = {},
  ) {
    this.#knex = knex;
    this.#macs = macs;
    this.#presence = options.presence ?? DEFAULT_PRESENCE;
    this.#vocabulary = options.vocabulary ?? EVENT_VOCABULARY;
  }

  async claim({ owner, active, slots }: Claimant): Promise<Lease | undefined> {
    const claimed = await this.#knex.raw<{
      rows: Array<{ id: string; lease_token: string }>;
    }>(CLAIM, {
      owner,
      active: [...active],
      free: slots - active.length,
      takeOverMs: this.#presence.takeOverMs,
      vocabulary: this.#vocabulary,
    });
    const row = claimed.rows[0];
    return row && { runId: row.id, owner, token: row.lease_token };
  }

  async load(lease: Lease): Promise<HeldRun | undefined> {
    const vouched = await vouchedLedger(
      this.#knex,
      this.#macs,
      rowOfLease(lease),
    );
    return (
      vouched && {
        run: foldRun(vouched.entries),
        at: vouched.at.toISOString(),
      }
    );
  }

  async leaseState(lease: Lease): Promise<'held' | 'cancelling' | 'lost'> {
    const { rows } = await this.#knex.raw<{
      rows: Array<{ is_cancelling: boolean }>;
    }>(
      `select exists (select 1 from run_events
                       where run_id = runs.id and kind = 'cancel-requested') as is_cancelling
         from runs
        where id = :runId and lease_token = :token and lease_owner = :owner`,
      { ...lease },
    );
    if (rows.length === 0) return 'lost';
    return rows[0].is_cancelling ? 'cancelling' : 'held';
  }

  async changeAsWorker(
    lease: Lease,
    decide: (run: Run, at: Instant) => RunEvent[],
  ): Promise<HeldRun | undefined> {
    return this.#knex.transaction(async trx => {
      const locked = await lockRun(trx, this.#macs, rowOfLease(lease));
      if (!locked) return undefined;
      const { rows } = await trx.raw<{ rows: Array<{ at: Date }> }>(
        'select clock_timestamp() as at',
      );
      const at = rows[0].at.toISOString();
      const run = await appendDecided(
        trx,
        this.#macs,
        locked,
        rows[0].at,
        current => decide(current, at),
      );
      return { run, at };
    });
  }

  async release(lease: Lease): Promise<void> {
    await this.#knex<RunRow>('runs')
      .where(rowOfLease(lease))
      .update({ lease_owner: null, lease_expires_at: null });
  }

  async postpone(lease: Lease, because: string): Promise<void> {
    await this.#knex.raw(
      `with given_back as (
         update runs
            set lease_owner = null, lease_expires_at = null,
                retries = retries + 1, retry_because = :because,
                retry_at = now() + least(power(2, least(retries, 20)), :longest) * interval '1 second'
          where id = :runId and lease_token = :token and lease_owner = :owner
         returning id)
       select pg_notify(:channel, :payload) from given_back`,
      {
        ...lease,
        because,
        longest: LONGEST_RETRY_SECONDS,
        channel: RUN_CHANNEL,
        payload: runPayload(lease.runId, 'events'),
      },
    );
  }
}

function rowOfLease({ runId, owner, token }: Lease) {
  return { id: runId, lease_owner: owner, lease_token: token };
}
