import type { Knex } from 'knex';

/** Makes workers that were seen just now, and without a gap since long ago. */
export async function seeWorkers(knex: Knex, ...ids: string[]): Promise<void> {
  for (const id of ids) await seeWorker(knex, id, {});
}

/** Makes a worker that was seen so long ago, and without a gap since so long. */
export async function seeWorker(
  knex: Knex,
  id: string,
  {
    agoMs = 0,
    sinceMs = 3_600_000,
  }: {
    agoMs?: number;
    sinceMs?: number;
  },
): Promise<void> {
  await knex.raw(
    `insert into workers (id, seen_since, last_seen_at)
     values (:id, now() - :sinceMs * interval '1 millisecond', now() - :agoMs * interval '1 millisecond')
     on conflict (id) do update
       set seen_since = excluded.seen_since, last_seen_at = excluded.last_seen_at, ended_at = null`,
    { id, agoMs, sinceMs },
  );
}
