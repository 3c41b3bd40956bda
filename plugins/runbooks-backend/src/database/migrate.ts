import {
  resolvePackagePath,
  type DatabaseService,
} from '@backstage/backend-plugin-api';
import type { Knex } from 'knex';

/**
 * The plugin's database with all migrations applied.
 *
 * @throws where the database is not PostgreSQL: the queue and the ledger need row locks, triggers and NOTIFY.
 */
export async function openDatabase(database: DatabaseService): Promise<Knex> {
  const knex = await database.getClient();
  const client = knex.client.config.client;
  if (client !== 'pg') {
    throw new Error(
      `The runbooks plugin needs PostgreSQL; backend.database.client is '${client}', expected 'pg'`,
    );
  }
  if (!database.migrations?.skip) {
    await knex.migrate.latest({ directory: migrationsDirectory() });
  }
  return knex;
}

/** Where the migrations are, in the source tree and in the published package. */
export function migrationsDirectory(): string {
  return resolvePackagePath(
    '@backstage-runbooks/plugin-runbooks-backend',
    'migrations',
  );
}
