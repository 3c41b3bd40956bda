import {
  TOLD_EVENTS,
  type LedgerEntry,
} from '@backstage-runbooks/plugin-runbooks-common';
import type { Knex } from 'knex';

/** A notice that is being delivered is due again after this long, should nobody hear of it any more. */
const DELIVERY_SECONDS = 60;
/** A failed one is due again after 1, 2, 4, ... seconds, and never later than this. */
const LONGEST_RETRY_SECONDS = 600;

/** An event of which somebody may have to be told. */
export interface Notice {
  id: string;
  runId: string;
  /** Of the event: with the run it makes one notice the same one, however often it is delivered. */
  seq: number;
  kind: string;
  stepId?: string;
}

/** Stores what must be told because of new events, in their transaction. */
export async function fillOutbox(
  trx: Knex.Transaction,
  entries: readonly LedgerEntry[],
): Promise<void> {
  const rows = entries
    .filter(({ event }) => TOLD_EVENTS.includes(event.kind))
    .map(({ runId, seq, event }) => ({
      run_id: runId,
      event_seq: seq,
      kind: event.kind,
      step_id: 'stepId' in event ? event.stepId : null,
    }));
  if (rows.length > 0) await trx('outbox').insert(rows);
}

/** What is still to be told. Each notice is delivered at least once, by one replica at a time. */
export class Outbox {
  readonly #knex: Knex;

  constructor(knex: Knex) {
    this.#knex = knex;
  }

  /** The notice that is due longest, for the next minute; undefined where none is due. */
  async take(): Promise<Notice | undefined> {
    const { rows } = await this.#knex.raw<{
      rows: Array<{
        id: string;
        run_id: string;
        event_seq: number;
        kind: string;
        step_id: string | null;
      }>;
    }>(
      `update outbox
          set tries = tries + 1, due_at = now() + :seconds * interval '1 second'
        where id = (select id from outbox where due_at <= now()
                     order by due_at limit 1 for update skip locked)
        returning id, run_id, event_seq, kind, step_id`,
      { seconds: DELIVERY_SECONDS },
    );
    const row = rows[0];
    return (
      row && {
        id: row.id,
        runId: row.run_id,
        seq: row.event_seq,
        kind: row.kind,
        ...(row.step_id === null ? {} : { stepId: row.step_id }),
      }
    );
  }

  async delivered({ id }: Notice): Promise<void> {
    await this.#knex('outbox').where({ id }).delete();
  }

  async failed({ id }: Notice, because: string): Promise<void> {
    await this.#knex.raw(
      `update outbox
          set because = :because,
              due_at = now() + least(power(2, least(tries - 1, 20)), :longest) * interval '1 second'
        where id = :id`,
      { id, because, longest: LONGEST_RETRY_SECONDS },
    );
  }
}
