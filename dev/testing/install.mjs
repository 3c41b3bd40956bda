import { execFileSync } from 'node:child_process';
import { rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { RELEASES } from '../install/releases.mjs';
import { Refusal, say, showError } from '../say.mjs';
import { oneCheck, together } from './Outcome.mjs';

/** Outside of the checkout: yarn adds the settings of all folders above to those of the app. */
const APPS = join(tmpdir(), `runbooks-install-${process.getuid()}`);
const SYSTEMS = ['new', 'legacy'];
/** Each trial scales to another number, so that it sees its own change. */
const FIRST_REPLICAS = 3;

/**
 * Follows the README in a fresh app of each release and frontend system, with our packages as they would be published,
 * in front of a real control plane: the lane `install`.
 *
 * `RUNBOOKS_INSTALL` chooses among them by words, such as `1.55.0 legacy`.
 */
export async function runInstall({ register, folder, world, browser }) {
  const trials = chosenTrials(process.env.RUNBOOKS_INSTALL);
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
    for (const trial of trials) {
      outcomes.push(await tryIn(trial, { place, context }));
    }
    return together(outcomes);
  } finally {
    await server.stop();
    rmSync(APPS, { recursive: true, force: true });
  }
}

/** All trials whose release and system every word names. @throws Refusal when none is left */
function chosenTrials(words = '') {
  const wanted = words.split(/\s+/).filter(Boolean);
  const trials = RELEASES.flatMap(release =>
    SYSTEMS.map(system => ({ release, system })),
  ).map((trial, index) => ({
    ...trial,
    name: `${trial.release.version} ${trial.system}`,
    replicas: String(FIRST_REPLICAS + index),
  }));
  const chosen = trials.filter(({ name }) =>
    wanted.every(word => name.split(' ').includes(word)),
  );
  if (chosen.length > 0) return chosen;
  throw new Refusal(
    `RUNBOOKS_INSTALL is '${words}'; expected words of one of ${trials
      .map(({ name }) => `'${name}'`)
      .join(', ')}.`,
  );
}

/** All that is tried in one app; what neither release nor pages have a part in, only in the newest new one. */
async function tryIn({ release, system, name, replicas }, { place, context }) {
  const { Trial } = await import('../install/Trial.mjs');
  const trial = new Trial({ release, system }, { ...context, replicas });
  const outcomes = [];
  const check = async (title, act) => {
    outcomes.push(await oneTrial(title, act));
  };
  await check(
    `${name}: the README's commands and code install it without a second copy of Backstage, and it compiles`,
    () => trial.install(),
  );
  if (outcomes[0].failed > 0) return together(outcomes);
  await check(
    `${name}: on SQLite without a cluster, card, tab and page show the runbooks and what it takes to run them`,
    () => trial.readOnSqlite(),
  );
  await check(
    `${name}: with the README's PostgreSQL and cluster, a step reads and an approved change is made`,
    async () => {
      await place.makeDatabase('runbooks');
      emptyCluster(place);
      await trial.runOnPostgres();
      expectReplicas(place, replicas);
    },
  );
  if (system !== 'new' || release !== RELEASES[0]) return together(outcomes);
  await check(
    'the configuration of the README is right, and config:check --strict names a wrong key',
    () => trial.checkConfiguration(),
  );
  for (const plugin of Trial.optional) {
    await check(`the catalog and reading work without ${plugin}`, () =>
      trial.workWithout(plugin),
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
