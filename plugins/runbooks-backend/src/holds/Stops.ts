import { ConflictError } from '@backstage/errors';
import type {
  EntityRef,
  Hold,
} from '@backstage-runbooks/plugin-runbooks-common';
import type { Knex } from 'knex';
import type { StopRow } from '../database/tables';

/** Stops of all changes that people made, each with who made and who ended it. At most one holds at a time. */
export class Stops {
  readonly #knex: Knex;

  constructor(knex: Knex) {
    this.#knex = knex;
  }

  /** The one that holds; undefined where none does. */
  async current(): Promise<Hold | undefined> {
    const row = await this.#knex<StopRow>('stops')
      .whereNull('ended_at')
      .first();
    return row && holdOf(row);
  }

  /** @throws ConflictError where all changes are stopped already, with who did it. */
  async begin(by: EntityRef, reason: string): Promise<Hold> {
    const [row] = await this.#knex<StopRow>('stops')
      .insert({ stopped_by: by, reason })
      .onConflict()
      .ignore()
      .returning('*');
    if (row) return holdOf(row);
    const held = await this.current();
    throw new ConflictError(
      `All changes are stopped already${
        held ? ` by ${held.by}, since ${held.since}: ${held.because}` : ''
      }`,
    );
  }

  /** @throws ConflictError where none holds. */
  async end(by: EntityRef): Promise<void> {
    const ended = await this.#knex<StopRow>('stops')
      .whereNull('ended_at')
      .update({ ended_by: by, ended_at: this.#knex.fn.now() as never });
    if (ended === 0) {
      throw new ConflictError('Nobody has stopped the changes');
    }
  }
}

function holdOf({ stopped_by, stopped_at, reason }: StopRow): Hold {
  return {
    kind: 'stop',
    name: 'All changes are stopped',
    because: reason,
    by: stopped_by,
    since: stopped_at.toISOString(),
  };
}
