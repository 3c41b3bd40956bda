import { execFileSync } from 'node:child_process';
import { rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { say, showError } from '../say.mjs';
import { oneCheck, together } from './Outcome.mjs';

/** Outside of the checkout: yarn adds the settings of all folders above to those of the app. */
const APPS = join(tmpdir(), `runbooks-install-${process.getuid()}`);
const REPLICAS = { new: '3', legacy: '4' };

/**
 * Follows the README in a fresh app of each frontend system, with our packages as they would be published, in front of
 * a real control plane: the lane `install`.
 */
export async function runInstall({ register, folder, world, browser }) {
  const { packPackages } = await import('../release/packPackages.mjs');
  const { PackageServer } = await import('../install/PackageServer.mjs');
  const server = new PackageServer(await packPackages(join(folder, 'packed')));
  await server.start();
  const place = await world.installEnvironment();
  rmSync(APPS, { recursive: true, force: true });
  const context = {
    folder: APPS,
    register,
    packagesUrl: server.url,
    browser: browser.program,
    environment: place.environment,
    kubeconfig: place.kubeconfig,
  };
  try {
    const outcomes = [];
    for (const system of Object.keys(REPLICAS)) {
      outcomes.push(await tryIn(system, { place, context }));
    }
    return together(outcomes);
  } finally {
    await server.stop();
    rmSync(APPS, { recursive: true, force: true });
  }
}

/** All that is tried in an app of one frontend system; what the pages have no part in, only in the new one. */
async function tryIn(system, { place, context }) {
  const { Trial } = await import('../install/Trial.mjs');
  const trial = new Trial(system, { ...context, replicas: REPLICAS[system] });
  const outcomes = [];
  const check = async (title, act) => {
    outcomes.push(await oneTrial(title, act));
  };
  await check(
    `${system}: the README's commands and code install it, and it compiles`,
    () => trial.install(),
  );
  if (outcomes[0].failed > 0) return together(outcomes);
  await check(
    `${system}: on SQLite without a cluster, card, tab and page show the runbooks and what it takes to run them`,
    () => trial.readOnSqlite(),
  );
  await check(
    `${system}: with the README's PostgreSQL and cluster, a step reads and an approved change is made`,
    async () => {
      await place.makeDatabase('runbooks');
      emptyCluster(place);
      await trial.runOnPostgres();
      expectReplicas(place, REPLICAS[system]);
    },
  );
  if (system !== 'new') return together(outcomes);
  await check(
    'the configuration of the README is right, and config:check --strict names a wrong key',
    () => trial.checkConfiguration(),
  );
  for (const name of Trial.optional) {
    await check(`the catalog and reading work without ${name}`, () =>
      trial.workWithout(name),
    );
  }
  return together(outcomes);
}

async function oneTrial(title, act) {
  const startedAt = Date.now();
  let trouble;
  try {
    await act();
  } catch (error) {
    trouble = error;
  }
  const seconds = Math.round((Date.now() - startedAt) / 1000);
  say(`  ${trouble ? '✗' : '✓'} ${title} (${seconds} s)`);
  if (trouble) showError(trouble);
  return oneCheck(!trouble, title);
}

function runKubectl({ tools, kubeconfig }, words) {
  return execFileSync(join(tools, 'kubectl'), words, {
    env: { ...process.env, KUBECONFIG: kubeconfig },
    encoding: 'utf8',
  });
}

/** Takes away what the README's commands made for the trial before. */
function emptyCluster(place) {
  const remove = (...words) =>
    runKubectl(place, ['delete', '--ignore-not-found', ...words]);
  remove('namespace', 'payments', 'backstage');
  remove('clusterrolebinding', 'runbooks-read');
}

function expectReplicas(place, wanted) {
  const found = runKubectl(place, [
    'get',
    'deployment',
    'payments-api',
    '-n',
    'payments',
    '-o',
    'jsonpath={.spec.replicas}',
  ]);
  if (found !== wanted) {
    throw new Error(`payments-api has ${found} replicas; expected ${wanted}`);
  }
}
