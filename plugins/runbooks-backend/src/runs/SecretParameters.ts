import type { LoggerService } from '@backstage/backend-plugin-api';
import { toError } from '@backstage/errors';
import type { SealedSecret } from './RunStore';
import type { SealedVault } from './SealedVault';

const NAME = 'parameters';

/** Secret parameter values of runs: sealed with the run that needs them, opened for each of its attempts. */
export class SecretParameters {
  readonly #vault: SealedVault;
  readonly #logger: LoggerService;

  constructor(options: { vault: SealedVault; logger: LoggerService }) {
    this.#vault = options.vault;
    this.#logger = options.logger;
  }

  /** What is stored together with a run that has these values. */
  sealed(runId: string, values: Record<string, string>): SealedSecret[] {
    return Object.keys(values).length === 0
      ? []
      : [this.#vault.sealJson(runId, NAME, values)];
  }

  /** By parameter name. @throws where the encryption key is another one than when the run was started. */
  async valuesOf(runId: string): Promise<Record<string, string>> {
    try {
      return await this.#vault.openJson(runId, NAME, {});
    } catch (error) {
      this.#logger.error(
        `Secret parameters of run ${runId} cannot be read`,
        toError(error),
      );
      throw new Error(
        'The secret parameters of this run cannot be read: runbooks.encryptionKey is another one than when it was started',
      );
    }
  }
}
