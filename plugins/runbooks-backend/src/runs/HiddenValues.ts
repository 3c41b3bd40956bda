import type { LoggerService } from '@backstage/backend-plugin-api';
import { toError } from '@backstage/errors';
import type { RunEvent } from '@backstage-runbooks/plugin-runbooks-common';
import { hideInEvent, hiding } from './hideIn';
import type { SealedVault } from './SealedVault';
import { secretFormsOf } from './secretFormsOf';
import type { SecretParameters } from './SecretParameters';
import { hiddenValuesOf } from './secretValueVault';
import { isDatabaseAway } from './throughOutage';

/**
 * The secret values that a run knows: its parameters, and what its attempts learned. Whatever is recorded of the run
 * from then on passes through here, whoever wrote it: what people type, what commands are called, why something failed.
 */
export class HiddenValues {
  readonly #parameters: Pick<SecretParameters, 'valuesOf'>;
  readonly #vault: Pick<SealedVault, 'openJson'>;
  readonly #logger: LoggerService;

  constructor(options: {
    parameters: Pick<SecretParameters, 'valuesOf'>;
    vault: Pick<SealedVault, 'openJson'>;
    logger: LoggerService;
  }) {
    this.#parameters = options.parameters;
    this.#vault = options.vault;
    this.#logger = options.logger;
  }

  /** @throws where the encryption key is another one than when the run was started. */
  async of(runId: string): Promise<string[]> {
    const [parameters, learned] = await Promise.all([
      this.#parameters.valuesOf(runId),
      hiddenValuesOf(this.#vault, runId),
    ]);
    return [...Object.values(parameters), ...learned];
  }

  /**
   * What makes events of the run fit to be recorded. Values that cannot be read, because the encryption key is another
   * one, stay unknown: such a run must still be ended, and what looks like a credential is hidden all the same.
   *
   * @throws what the database throws
   */
  async recording(runId: string): Promise<(events: RunEvent[]) => RunEvent[]> {
    const values = await this.of(runId).catch(error => {
      if (isDatabaseAway(error)) throw error;
      this.#logger.error(
        `Secret values of run ${runId} cannot be read`,
        toError(error),
      );
      return [];
    });
    const { hide } = hiding(await secretFormsOf(values));
    return events => events.map(event => hideInEvent(event, hide));
  }
}
