import { ConflictError, NotFoundError } from '@backstage/errors';
import type { Knex } from 'knex';
import { revisionOf } from '../runbooks/revisionOf';
import { allContentsIn } from '../workspaces/archives';
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

  /**
   * Exactly the files of that revision: they are hashed anew, because what was approved names them by it.
   *
   * @throws NotFoundError; ConflictError where the database holds other files by now.
   */
  async getSnapshot(revision: string): Promise<Buffer> {
    const row = await this.#knex('repository_snapshots')
      .where({ revision })
      .first();
    if (!row)
      throw new NotFoundError(`There is no repository snapshot '${revision}'`);
    if ((await revisionIn(row.archive)) !== revision) {
      throw new ConflictError(
        `The files that the database holds for this run are not those that were planned (revision ${revision}); somebody changed them there`,
      );
    }
    return row.archive;
  }
}

async function revisionIn(archive: Buffer): Promise<string | undefined> {
  const contents = await allContentsIn(archive).catch(() => undefined);
  return (
    contents &&
    revisionOf(
      [...contents].map(([path, { kind, content }]) => ({
        path,
        content,
        executable: kind === 'executable',
      })),
    )
  );
}
