import { spawnSync } from 'node:child_process';
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
import { mountSmallDisk } from './smallDisk.mjs';

/*
 * `npm run faults -- --seeds N [--fault NAME] [--first SEED] [--runs N] [--kills N]`: two backends on a Postgres of
 * their own, of which one fails at a seeded moment. Prints a line for each seed, checks all ledgers with `runbooks
 * verify`, and ends with 1 where something that must hold did not. A fault that cannot be made here is not run, and not
 * counted among those that held. The times are those of the product; a minute for what stands still, 20 seconds for the
 * database.
 */

const TIMES = {
  presence: { beatMs: 2_500, takeOverMs: 20_000, longestFreezeMs: 600_000 },
  stopMs: 60_000,
  freezeMs: 60_000,
  databaseMs: 20_000,
  catalogMs: 60_000,
  diskMs: 30_000,
  clockMs: 15_000,
  stepMs: 3_000,
  patienceMs: 900_000,
};

const folder = await TestFolder.create();
/** Of the Postgres that runs; one that has ended its processes starts no more. */
let register = folder.register;
const disk = mountSmallDisk();
try {
  const trials = readTrials(process.argv.slice(2));
  process.exitCode = await Promise.race([runAll(trials), interrupted()]);
} catch (error) {
  showError(error);
  process.exitCode = 1;
} finally {
  disk.remove?.();
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
    ...(disk.path ? { smallDisk: disk.path } : {}),
    restartDatabase: async awayMs => {
      await register.stopAll();
      await delay(awayMs);
      register = new ProcessRegister(join(folder.path, 'postgres.json'));
      await start();
    },
  });
  say(TABLE_HEAD);
  const counts = { held: 0, broken: 0, 'not run': 0 };
  try {
    for (const one of trials) {
      if (one.fault === 'disk' && !disk.path) {
        say(`${one.seed} disk: not run, no small disk: ${disk.because}`);
        counts['not run'] += 1;
        continue;
      }
      const report = await trial.run(one);
      say(reportLine(report));
      report.broken.forEach(because => say(`    ${because}`));
      counts[report.broken.length > 0 ? 'broken' : 'held'] += 1;
    }
    if (!(await verify(trial))) counts.broken += 1;
  } finally {
    await trial.end();
  }
  say(
    `\n${Object.entries(counts)
      .map(([what, count]) => `${count} ${what}`)
      .join(', ')}`,
  );
  return counts.broken === 0 ? 0 : 1;
}

/** Whether all that is recorded verifies as an auditor would do it. */
async function verify(trial) {
  const file = join(folder.path, 'evidence.jsonl');
  const key = await trial.exportEvidence(file);
  const { status, stdout, stderr } = spawnSync(
    process.execPath,
    [
      join(CHECKOUT, 'plugins', 'runbooks-cli', 'bin', 'runbooks'),
      'verify',
      file,
      '--key',
      key,
    ],
    { encoding: 'utf8' },
  );
  say(`\nrunbooks verify: ${(stdout + stderr).trim()}`);
  return status === 0;
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
