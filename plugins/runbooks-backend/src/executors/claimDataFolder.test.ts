import { existsSync } from 'node:fs';
import {
  createMockDirectory,
  mockServices,
} from '@backstage/backend-test-utils';
import { claimDataFolder } from './claimDataFolder';

describe('the part of the data folder that belongs to a backend', () => {
  const disk = createMockDirectory();
  const logger = mockServices.logger.mock();

  it('is there until it is released', async () => {
    const folder = await claimDataFolder({ directory: disk.path }, logger);
    expect(folder.problem).toBeUndefined();
    expect(existsSync(folder.directory)).toBe(true);
    await folder.release();
    expect(existsSync(folder.directory)).toBe(false);
  });

  it('is a problem of the steps and not of the backend where it cannot be made', async () => {
    const directory = disk.resolve('none');
    const folder = await claimDataFolder({ directory }, logger);
    expect(folder.problem).toContain(`the data folder '${directory}'`);
    await folder.release();
  });
});
