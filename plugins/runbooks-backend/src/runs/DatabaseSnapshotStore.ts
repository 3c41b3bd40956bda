import { NotFoundError } from '@backstage/errors';
import type { Knex } from 'knex';
import type { SnapshotStore } from './RunStore';

/** Repositories as they were planned, in PostgreSQL, by content hash. */
export class DatabaseSnapshotStore implements SnapshotStore {
  readonly #knex: Knex;

  constructor(knex: Knex) {
    this.#knex = knex;
  }

  async putSnapshot(revision: string, archive: Buffer): Promise<void> {
    await this.#knex('repository_snapshots')
      .insert({ revision, archive })
      .onConflict('revision')
      .ignore();
  }

  async getSnapshot(revision: string): Promise<Buffer> {
    const row = await this.#knex('repository_snapshots')
      .where({ revision })
      .first();
    if (!row)
      throw new NotFoundError(`There is no repository snapshot '${revision}'`);
    return row.archive;
  }
}
