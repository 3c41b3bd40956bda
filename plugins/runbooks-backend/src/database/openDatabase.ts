import {
  resolvePackagePath,
  type DatabaseService,
} from '@backstage/backend-plugin-api';
import type { Knex } from 'knex';
import type { HeadMac } from '../ledger/HeadMac';
import { RunsClosedError } from '../runs/RunsClosedError';
import { AdoptingMigrations } from './AdoptingMigrations';

/** What gives the plugin a PostgreSQL of its own and leaves the rest of the backend where it is. */
const OWN_POSTGRES = `backend:
  database:
    plugin:
      runbooks:
        client: pg
        ensureExists: false # the database exists already
        connection:
          host: \${POSTGRES_HOST}
          port: \${POSTGRES_PORT}
          user: \${POSTGRES_USER}
          password: \${POSTGRES_PASSWORD}
          database: runbooks
`;

/**
 * The plugin's database with all migrations applied. Whoever applies the one from which on heads of ledgers are vouched
 * for, vouches for the runs that are there then, see `AdoptingMigrations`.
 *
 * @throws RunsClosedError where it is no PostgreSQL, whose row locks, triggers and NOTIFY runs need, or where the backend
 *   could not connect to it when it started, because it keeps that failure for as long as it runs; else what the
 *   database throws where it does not answer or cannot be migrated.
 */
export async function openDatabase(
  database: DatabaseService,
  macs: HeadMac,
): Promise<Knex> {
  const knex = await database.getClient().catch(error => {
    throw new RunsClosedError(
      {
        because:
          'The database of the plugin could not be reached when this backend was started; its log says why. Restart it once that is mended',
      },
      error,
    );
  });
  const client = knex.client.config.client;
  if (client !== 'pg') {
    throw new RunsClosedError({
      because: `Runs are kept in PostgreSQL, and this backend's database is '${client}'. The plugin can have a PostgreSQL of its own; the rest of the backend stays where it is`,
      snippet: OWN_POSTGRES,
    });
  }
  if (!database.migrations?.skip) {
    await knex.migrate.latest({
      migrationSource: new AdoptingMigrations(migrationsDirectory(), macs),
    });
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
