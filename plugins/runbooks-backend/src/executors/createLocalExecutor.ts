import type { LoggerService } from '@backstage/backend-plugin-api';
import type { StepExecutor } from '@backstage-runbooks/plugin-runbooks-node';
import type { DataDirectory } from './dataDirectory';
import { LocalExecutor } from './LocalExecutor';
import { UnavailableExecutor } from './UnavailableExecutor';
import type { WarmRelays } from './WarmRelays';

/**
 * The executor of this machine, or one that says why there is none: it never rejects, because whatever is wrong with
 * steps must not keep people from reading runbooks. What is set up wrongly but does not matter to every step is logged.
 */
export async function createLocalExecutor(options: {
  data: DataDirectory;
  toolsDirectory?: string;
  relays?: WarmRelays;
  logger: LoggerService;
}): Promise<StepExecutor> {
  const { data, logger } = options;
  if (data.problem !== undefined) return new UnavailableExecutor(data.problem);
  try {
    const executor = await LocalExecutor.create({
      ...options,
      dataDirectory: data.directory,
    });
    const { notice } = await executor.inventory();
    if (notice !== undefined) logger.warn(notice);
    return executor;
  } catch (error) {
    return new UnavailableExecutor((error as Error).message);
  }
}
