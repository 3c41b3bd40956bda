import { createRequire } from 'node:module';
import { join } from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';
import { CHECKOUT } from '../places.mjs';
import { startPostgres } from '../postgres/startPostgres.mjs';
import { ProcessRegister } from '../processes/ProcessRegister.mjs';
import { untilAskedToEnd } from '../processes/untilAskedToEnd.mjs';
import { say, showError } from '../say.mjs';
import { freePorts } from '../start/ports.mjs';
import { TestFolder } from '../testing/TestFolder.mjs';
import { readTrials } from './readTrials.mjs';
import { reportLine, TABLE_HEAD } from './reportLine.mjs';

/*
 * `npm run faults -- --seeds N [--fault NAME] [--first SEED] [--runs N]`: two backends on a Postgres of their own, of
 * which one fails at a seeded moment. Prints a line for each seed, and ends with 1 where something that must hold did
 * not. The times are those of the product; a minute for what stands still, 20 seconds for the database.
 */

const TIMES = {
  presence: { beatMs: 2_500, takeOverMs: 20_000, longestFreezeMs: 600_000 },
  stopMs: 60_000,
  freezeMs: 60_000,
  databaseMs: 20_000,
  stepMs: 3_000,
  patienceMs: 240_000,
};

const folder = await TestFolder.create();
/** Of the Postgres that runs; one that has ended its processes starts no more. */
let register = folder.register;
try {
  const trials = readTrials(process.argv.slice(2));
  process.exitCode = await Promise.race([runAll(trials), interrupted()]);
} catch (error) {
  showError(error);
  process.exitCode = 1;
} finally {
  await register.stopAll();
  await folder.remove();
}
process.exit();

async function runAll(trials) {
  const [port] = await freePorts(1);
  const start = () =>
    startPostgres({
      folder: join(folder.path, 'postgres'),
      port,
      register,
      logFile: join(folder.path, 'postgres.log'),
      durable: true,
    });
  const database = await start();
  const trial = await loadTrials().create({
    connection: { ...database, database: 'postgres' },
    times: TIMES,
    restartDatabase: async awayMs => {
      await register.stopAll();
      await delay(awayMs);
      register = new ProcessRegister(join(folder.path, 'postgres.json'));
      await start();
    },
  });
  say(TABLE_HEAD);
  let broken = 0;
  try {
    for (const one of trials) {
      const report = await trial.run(one);
      say(reportLine(report));
      report.broken.forEach(because => say(`    ${because}`));
      if (report.broken.length > 0) broken += 1;
    }
  } finally {
    await trial.end();
  }
  say(
    broken === 0
      ? `\n${trials.length} trials, and everything held.`
      : `\n${broken} of ${trials.length} trials broke what must hold.`,
  );
  return broken === 0 ? 0 : 1;
}

/** The trials are part of the backend, in TypeScript. */
function loadTrials() {
  const require = createRequire(join(CHECKOUT, 'package.json'));
  require('@backstage/cli/config/nodeTransform.cjs');
  return require(join(
    CHECKOUT,
    'plugins/runbooks-backend/src/testing/faults/FaultTrial.ts',
  )).FaultTrial;
}

function interrupted() {
  return new Promise(resolve => {
    untilAskedToEnd().addEventListener('abort', () => resolve(130));
  });
}
