import { createLocalExecutor } from '../executors/createLocalExecutor';
import { claimDataFolder } from '../executors/claimDataFolder';
import { prepareDataDirectory } from '../executors/dataDirectory';
import type { ExecutorChoice } from '../executors/ExecutorChoice';
import { WarmRelays } from '../executors/WarmRelays';
import type { Configuration } from './configuration';
import type { Services } from './services';

/** Where and with what steps run. */
export type Execution = Awaited<ReturnType<typeof createExecution>>;

/** The data folder and the executor. Never rejects: where steps cannot run, the executor says why. */
export async function createExecution(
  { logger }: Pick<Services, 'logger'>,
  { settings }: Configuration,
  added: ExecutorChoice,
) {
  const data = await prepareDataDirectory({
    configured: settings.dataDirectory,
    logger,
  });
  const folder = await claimDataFolder(data, logger);
  const relays = new WarmRelays({ dataDirectory: folder.directory, logger });
  const executor = await added.choose(
    await createLocalExecutor({ ...settings, data: folder, relays, logger }),
    logger,
  );
  return {
    /** For keys that development makes; survives the process. */
    dataDirectory: data.directory,
    /** This process's own part of it, for workspaces and sockets. */
    folder,
    executor,
    inventory: () => executor.inventory(),
    /** Once no step runs any more. */
    async stop(): Promise<void> {
      await relays.stop();
      await folder.release();
    },
  };
}
