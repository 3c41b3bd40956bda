import type { LoggerService } from '@backstage/backend-plugin-api';
import { DataFolder } from '../workspaces/DataFolder';
import type { DataDirectory } from './dataDirectory';

/**
 * The part of the data folder that belongs to this process, see DataFolder. It never rejects: where the part cannot be
 * made, no step runs, and the backend goes on.
 */
export async function claimDataFolder(
  data: DataDirectory,
  logger: LoggerService,
): Promise<DataDirectory & { release(): Promise<void> }> {
  try {
    const folder = await DataFolder.claim({ parent: data.directory, logger });
    return {
      ...data,
      directory: folder.path,
      release: () => folder.release(),
    };
  } catch (error) {
    const problem = `the data folder '${data.directory}' cannot be used (${
      (error as Error).message
    })`;
    logger.warn(`No step can be run on this machine: ${problem}`);
    return { problem, ...data, release: async () => {} };
  }
}
