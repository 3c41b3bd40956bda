import { existsSync, readFileSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { together } from './Outcome.mjs';
import { readJestReport, readTapReport } from './readReports.mjs';
import { runTool } from './runTool.mjs';

/** Tests that need a database, a cluster or more time say so in their names. */
const NEEDS_MORE = '\\.(postgres|cluster|fuzz)\\.test\\.';

/** The options of jest that leave exactly the unit tests. */
export const UNIT_TESTS = [
  '--watchAll=false',
  `--testPathIgnorePatterns=/node_modules/`,
  `--testPathIgnorePatterns=${NEEDS_MORE}`,
];

/** Tests that need nothing: those of the packages by jest, those of the commands by node. */
export async function runUnit({ register, folder }) {
  const packages = await runJest({
    register,
    folder,
    name: 'unit',
    args: UNIT_TESTS,
  });
  const commands = await runNode({
    register,
    folder,
    files: 'dev/**/*.test.mjs',
  });
  return together([packages, commands]);
}

/** Random input in full size, and the time of reading judged against a calibration loop. */
export async function runFuzz({ register, folder }) {
  return runJest({
    register,
    folder,
    name: 'fuzz',
    args: ['--watchAll=false', '--runInBand', '\\.fuzz\\.test\\.'],
    env: { RUNBOOKS_FUZZ: 'full' },
  });
}

/** Tests of the stores, on a real Postgres. */
export async function runPostgres({ register, folder, world }) {
  const env = await world.databaseEnvironment();
  return runJest({
    register,
    folder,
    name: 'postgres',
    args: ['--watchAll=false', '\\.postgres\\.test\\.'],
    env,
  });
}

/** Tests in front of a real API server, one file after another: they share it. */
export async function runCluster({ register, folder, world }) {
  const env = {
    ...(await world.databaseEnvironment()),
    ...(await world.clusterEnvironment()),
  };
  const packages = await runJest({
    register,
    folder,
    name: 'cluster',
    args: ['--watchAll=false', '--runInBand', '\\.cluster\\.test\\.'],
    env,
  });
  // What the simulated nodes do cannot be asked of a cluster of somebody else.
  if (process.env.RUNBOOKS_TEST_KUBECONFIG) return packages;
  const nodes = await runNode({
    register,
    folder,
    files: 'dev/**/*.cluster-test.mjs',
    env,
  });
  return together([packages, nodes]);
}

/** @param {Record<string, any>} options */
async function runNode({ register, folder, files, env }) {
  const report = join(folder, 'node.tap');
  rmSync(report, { force: true });
  const code = await runTool(
    register,
    process.execPath,
    [
      '--test',
      '--test-reporter=dot',
      '--test-reporter-destination=stdout',
      '--test-reporter=tap',
      `--test-reporter-destination=${report}`,
      files,
    ],
    env,
  );
  return readTapReport(readIfThere(report), code);
}

/** @param {Record<string, any>} options */
async function runJest({ register, folder, name, args, env }) {
  const report = join(folder, `${name}.json`);
  const code = await runTool(
    register,
    'backstage-cli',
    ['repo', 'test', '--ci', '--json', `--outputFile=${report}`, ...args],
    {
      ...env,
      BACKSTAGE_TEST_DISABLE_DOCKER: '1',
    },
  );
  return readJestReport(readIfThere(report), code);
}

function readIfThere(file) {
  return existsSync(file) ? readFileSync(file, 'utf8') : '';
}
