import type { LoggerService } from '@backstage/backend-plugin-api';
import type { StepExecutor } from '@backstage-runbooks/plugin-runbooks-node';
import { UnavailableExecutor } from './UnavailableExecutor';

/** The executors that modules add, and the choice between them: the first that is available. */
export class ExecutorChoice {
  readonly #added: StepExecutor[] = [];

  add(executor: StepExecutor): void {
    this.#added.push(executor);
  }

  /**
   * The first added executor that is available, else `standard`. Where none is, an executor that refuses every step
   * with the reasons: runbooks can still be read, planned and done by hand.
   */
  async choose(
    standard: StepExecutor,
    logger: LoggerService,
  ): Promise<StepExecutor> {
    const reasons: string[] = [];
    for (const executor of [...this.#added, standard]) {
      const probed = await probe(executor);
      if (probed.available) {
        logger.info(`Steps are run by the executor '${executor.id}'`);
        return executor;
      }
      reasons.push(`${executor.id}: ${probed.because}`);
    }
    logger.warn(`No step can be run here: ${reasons.join('; ')}`);
    return new UnavailableExecutor(reasons.join('; '));
  }
}

/** One that cannot even say what is wrong is not available either. */
async function probe(
  executor: StepExecutor,
): ReturnType<StepExecutor['probe']> {
  try {
    return await executor.probe();
  } catch (error) {
    return { available: false, because: (error as Error).message };
  }
}
