import type { Knex } from 'knex';

/** Tells what time it is. */
export interface Clock {
  now(): Promise<Date>;
}

/**
 * The database's clock, which is the same for all replicas: what expires, and when something was done, is never told by
 * the clock of the machine that was asked.
 */
export class DatabaseClock implements Clock {
  readonly #knex: Knex;

  constructor(knex: Knex) {
    this.#knex = knex;
  }

  async now(): Promise<Date> {
    const { rows } = await this.#knex.raw<{ rows: Array<{ at: Date }> }>(
      'select clock_timestamp() as at',
    );
    return rows[0].at;
  }
}
