import type { Knex } from 'knex';
import { fencedWrite } from './fencedWrite';
import type { HeldAttempt, RunVault, SealedSecret } from './RunStore';

/** What runs keep encrypted, in PostgreSQL. It is deleted with the event that ends the run. */
export class DatabaseRunVault implements RunVault {
  readonly #knex: Knex;

  constructor(knex: Knex) {
    this.#knex = knex;
  }

  async putSecrets(
    attempt: HeldAttempt,
    secrets: readonly SealedSecret[],
  ): Promise<void> {
    await this.#knex.transaction(async trx => {
      for (const { name, ciphertext } of secrets) {
        await fencedWrite(
          trx,
          attempt,
          `insert into run_secrets (run_id, name, ciphertext)
           select run_id, :name, :ciphertext from held
           on conflict (run_id, name) do update set ciphertext = excluded.ciphertext
           returning run_id`,
          { name, ciphertext },
        );
      }
    });
  }

  async getSecret(runId: string, name: string): Promise<Buffer | undefined> {
    const row = await this.#knex('run_secrets')
      .where({ run_id: runId, name })
      .first();
    return row?.ciphertext;
  }
}
