import { TestDatabases } from '@backstage/backend-test-utils';
import { FaultTrial, type Fault } from './FaultTrial';

const databases = TestDatabases.create({ ids: ['POSTGRES_18'] });

describe('two backends of which one fails', () => {
  let trial: FaultTrial;

  beforeAll(async () => {
    const knex = await databases.init('POSTGRES_18');
    const settings = knex.client.connectionSettings;
    trial = await FaultTrial.create({
      connection: { ...settings, password: settings.password },
      times: {
        presence: { beatMs: 250, takeOverMs: 3_000, longestFreezeMs: 60_000 },
        stopMs: 7_000,
        freezeMs: 7_000,
        databaseMs: 0,
        catalogMs: 4_000,
        diskMs: 0,
        clockMs: 2_000,
        stepMs: 900,
        patienceMs: 40_000,
      },
    });
  }, 180_000);

  afterAll(() => trial?.end(), 60_000);

  it.each<[Fault, string]>([
    ['kill', 'is killed'],
    ['stop', 'is stopped for so long that the other takes over, and goes on'],
    ['freeze', 'has an event loop that stands still'],
    ['catalog', 'gets no answer of the catalog, nor does the other'],
    ['clock', 'has a clock that is an hour ahead, and then an hour behind'],
  ])(
    'lose and double nothing where it %s: %s',
    async fault => {
      const report = await trial.run({ seed: 7, fault, runs: 6 });
      expect(report.broken).toEqual([]);
      expect(report.attempts).toBeGreaterThanOrEqual(18);
      // Only a backend that is gone loses what it works on.
      const loses = fault === 'kill' || fault === 'stop';
      expect(loses ? 0 : report.interrupted).toBe(0);
    },
    120_000,
  );
});
