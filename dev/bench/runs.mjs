import { execFile } from 'node:child_process';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { startPostgres } from '../postgres/startPostgres.mjs';
import { say, showError } from '../say.mjs';
import { freePorts } from '../start/ports.mjs';
import { TestFolder } from '../testing/TestFolder.mjs';
import { TestWorld } from '../testing/TestWorld.mjs';
import { BenchPortal } from './BenchPortal.mjs';
import { measureOutput } from './measureOutput.mjs';
import { measureRelay } from './measureRelay.mjs';
import { measureStep } from './measureStep.mjs';
import { measureThroughput } from './measureThroughput.mjs';
import { spreadOf } from './spreadOf.mjs';
import { numberOptions } from './numberOptions.mjs';

/*
 * `npm run -s bench:runs -- [--times 20] [--runs 60]`: what a run takes from the click on, beside the same kubectl
 * without anything around it in the same minutes; how many runs end in a second; and what 100 MB of output cost.
 *
 * Needs a cluster as the cluster tests do: RUNBOOKS_TEST_KUBECONFIG, or it starts its own.
 */

const COMMAND = ['get', 'configmaps', '-n', 'default'];

const DOCUMENT = `# Bench operations

## Checking the settings

**Steps**:

\`\`\`bash
kubectl ${COMMAND.join(' ')}
\`\`\`

## Doing nothing

**Steps**:

\`\`\`bash
true
\`\`\`

## Printing much

**Steps**:

\`\`\`bash
head -c 100000000 /dev/zero | tr '\\0' x | fold -w 127; echo the end
\`\`\`
`;

process.on('unhandledRejection', error => {
  showError(error);
  process.exit(1);
});

const folder = await TestFolder.create();
/** @type {any} */
let portal;
try {
  await measure(numberOptions(process.argv.slice(2), { times: 20, runs: 60 }));
} catch (error) {
  showError(error);
  process.exitCode = 1;
} finally {
  await portal?.stop();
  await folder.register.stopAll();
  await folder.remove();
}
process.exit();

async function measure({ times, runs }) {
  const world = new TestWorld({
    folder: folder.path,
    register: folder.register,
  });
  const cluster = await world.clusterEnvironment();
  const kubeconfig = cluster.RUNBOOKS_TEST_KUBECONFIG;
  const tools = cluster.RUNBOOKS_TEST_TOOLS;
  const [port] = await freePorts(1);
  const database = await startPostgres({
    folder: join(folder.path, 'postgres'),
    port,
    register: folder.register,
    logFile: join(folder.path, 'postgres.log'),
    durable: false,
  });
  portal = await BenchPortal.start({
    database: { ...database, database: 'postgres' },
    kubeconfig,
    tools,
    document: DOCUMENT,
  });
  const alone = () =>
    promisify(execFile)(join(tools, 'kubectl'), [
      '--kubeconfig',
      kubeconfig,
      ...COMMAND,
    ]);
  sayTable(await measureStep(portal, { times, alone }));
  sayRelay(await measureRelay({ times }));
  say(await measureThroughput(portal, { runs }));
  say(await measureOutput(portal));
}

function sayRelay({ inside, ahead }) {
  const [within, before] = [spreadOf(inside), spreadOf(ahead)];
  const told = ({ p50, p95 }) => `${p50.toFixed(0)} and ${p95.toFixed(0)} ms`;
  say(
    `\nA step that asks its gateway one thing, until the answer, p50 and p95: ${told(
      within,
    )} with a relay that starts inside its sandbox, ${told(
      before,
    )} with one that waited: ${(before.p50 / within.p50).toFixed(2)} and ${(
      before.p95 / within.p95
    ).toFixed(2)} times`,
  );
}

/** Each measure beside kubectl alone. */
function sayTable(measures) {
  const alone = spreadOf(measures['kubectl alone']);
  say('                          p50 ms  p95 ms   beside kubectl alone');
  for (const [name, values] of Object.entries(measures)) {
    const { p50, p95 } = spreadOf(values);
    say(
      [
        name.padEnd(24),
        p50.toFixed(0).padStart(7),
        p95.toFixed(0).padStart(7),
        `   ${(p50 / alone.p50).toFixed(1)} and ${(p95 / alone.p95).toFixed(
          1,
        )} times`,
      ].join(' '),
    );
  }
}
