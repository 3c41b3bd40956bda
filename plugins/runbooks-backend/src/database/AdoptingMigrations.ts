import { readdir } from 'node:fs/promises';
import { createRequire } from 'node:module';
import path from 'node:path';
import type { Knex } from 'knex';
import { adoptHeads } from '../ledger/adoptHeads';
import type { HeadMac } from '../ledger/HeadMac';

/** From here on a run without a keyed digest of its head is not believed. */
export const FIRST_VOUCHED = '20261130190000_head_mac.js';

/**
 * The migrations of a folder, under the names that knex gives them. In the transaction of the one from which on heads
 * are vouched for, the runs that are there are adopted: once, and not at all where it is undone. Who applies migrations
 * in another way adopts nothing.
 */
export class AdoptingMigrations implements Knex.MigrationSource<string> {
  readonly #directory: string;
  readonly #macs: HeadMac;

  constructor(directory: string, macs: HeadMac) {
    this.#directory = directory;
    this.#macs = macs;
  }

  async getMigrations(): Promise<string[]> {
    const files = await readdir(this.#directory);
    return files.filter(name => name.endsWith('.js')).sort();
  }

  getMigrationName(name: string): string {
    return name;
  }

  async getMigration(name: string): Promise<Knex.Migration> {
    const file = path.join(this.#directory, name);
    const migration: Knex.Migration = createRequire(file)(file);
    if (name !== FIRST_VOUCHED) return migration;
    return {
      ...migration,
      up: async knex => {
        await migration.up(knex);
        await adoptHeads(knex, this.#macs);
      },
    };
  }
}
