import { execFile } from 'node:child_process';
import { existsSync, mkdirSync, writeFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { join } from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';
import { promisify } from 'node:util';
import { CHECKOUT, dataDirectory } from '../places.mjs';
import { startPostgres } from '../postgres/startPostgres.mjs';
import { say, showError } from '../say.mjs';
import { freePorts } from '../start/ports.mjs';
import { TestFolder } from '../testing/TestFolder.mjs';
import { TestWorld } from '../testing/TestWorld.mjs';
import { BenchPortal } from './BenchPortal.mjs';
import { measureThroughput } from './measureThroughput.mjs';
import { numberOptions } from './numberOptions.mjs';

/*
 * `npm run -s bench:scaffolder -- [--runs 60] [--rounds 3]`: how many runs of one step of `true` end in a second, and
 * how many tasks of Backstage's Scaffolder with one action that executes `true`: in one process, on one Postgres, in
 * turns.
 *
 * The Scaffolder is no package of this checkout: the first time it is installed into the data directory, with npm.
 */

/** Of the release of Backstage in backstage.json. */
const SCAFFOLDER = '@backstage/plugin-scaffolder-backend@4.3.0';

const DOCUMENT = `# Bench operations

## Doing nothing

**Steps**:

\`\`\`bash
true
\`\`\`
`;

const TEMPLATE = {
  apiVersion: 'scaffolder.backstage.io/v1beta3',
  kind: 'Template',
  metadata: { name: 'nothing', namespace: 'default' },
  spec: {
    owner: 'bench',
    type: 'service',
    steps: [{ id: 'nothing', name: 'Nothing', action: 'bench:true' }],
  },
};

const folder = await TestFolder.create();
/** @type {any} */
let portal;
/** The Scaffolder's database. @type {any} */
let tasks;
try {
  await measure(numberOptions(process.argv.slice(2), { runs: 60, rounds: 3 }));
} catch (error) {
  showError(error);
  process.exitCode = 1;
} finally {
  // The Scaffolder asks its database for tasks until the process ends.
  process.on('unhandledRejection', () => {});
  await portal?.stop();
  await tasks?.destroy();
  await folder.register.stopAll();
  await folder.remove();
}
process.exit();

async function measure({ runs, rounds }) {
  const scaffolder = await installed();
  const world = new TestWorld({
    folder: folder.path,
    register: folder.register,
  });
  const cluster = await world.clusterEnvironment();
  const [port] = await freePorts(1);
  const database = await startPostgres({
    folder: join(folder.path, 'postgres'),
    port,
    register: folder.register,
    logFile: join(folder.path, 'postgres.log'),
    durable: false,
  });
  tasks = await databaseFor('scaffolder', database);
  portal = await BenchPortal.start({
    database: { ...database, database: 'postgres' },
    kubeconfig: cluster.RUNBOOKS_TEST_KUBECONFIG,
    tools: cluster.RUNBOOKS_TEST_TOOLS,
    document: DOCUMENT,
    beside: {
      features: featuresOf(scaffolder),
      entities: [TEMPLATE],
      databases: { scaffolder: tasks },
    },
  });
  for (let round = 0; round < rounds; round += 1) {
    say((await measureThroughput(portal, { runs })).trim());
    say(await measureTasks(portal, { count: runs }));
  }
}

/** Where the Scaffolder's packages are. */
async function installed() {
  const place = join(dataDirectory(), 'bench-scaffolder');
  const require = createRequire(join(place, 'package.json'));
  if (!existsSync(join(place, 'node_modules', ...namedFolders()))) {
    say(`Installing ${SCAFFOLDER}, which takes some minutes.`);
    mkdirSync(place, { recursive: true });
    writeFileSync(join(place, 'package.json'), '{ "private": true }\n');
    await promisify(execFile)(
      'npm',
      ['install', '--no-audit', '--no-fund', '--no-package-lock', SCAFFOLDER],
      { cwd: place },
    );
  }
  return require;
}

function namedFolders() {
  return SCAFFOLDER.slice(0, SCAFFOLDER.lastIndexOf('@')).split('/');
}

/** The Scaffolder with one more action, which executes `true` as its own actions execute programs. */
function featuresOf(load) {
  const { createBackendModule } = load('@backstage/backend-plugin-api');
  const {
    createTemplateAction,
    executeShellCommand,
    scaffolderActionsExtensionPoint,
  } = load('@backstage/plugin-scaffolder-node');
  const action = createTemplateAction({
    id: 'bench:true',
    handler: ({ logStream }) =>
      executeShellCommand({ command: 'true', args: [], logStream }),
  });
  const module = createBackendModule({
    pluginId: 'scaffolder',
    moduleId: 'bench',
    register(env) {
      env.registerInit({
        deps: { actions: scaffolderActionsExtensionPoint },
        init: async ({ actions }) => actions.addActions(action),
      });
    },
  });
  return [load('@backstage/plugin-scaffolder-backend').default, module];
}

async function databaseFor(name, database) {
  const require = createRequire(
    join(CHECKOUT, 'plugins/runbooks-backend/package.json'),
  );
  const client = databaseName =>
    require('knex')({
      client: 'pg',
      connection: { ...database, database: databaseName },
      pool: { min: 2, max: 10 },
    });
  const first = client('postgres');
  await first.raw('create database ??', [name]);
  await first.destroy();
  return client(name);
}

/** How many tasks end in a second, all of them due at once. */
async function measureTasks(portal, { count }) {
  const began = performance.now();
  const ids = await Promise.all(
    Array.from({ length: count }, async () => {
      const body = { templateRef: 'template:default/nothing', values: {} };
      const { id } = await portal.ask('POST', '/v2/tasks', {
        body,
        plugin: 'scaffolder',
      });
      return id;
    }),
  );
  for (const id of ids) {
    for (;;) {
      const { status } = await portal.ask('GET', `/v2/tasks/${id}`, {
        plugin: 'scaffolder',
      });
      if (status === 'completed') break;
      if (status === 'failed') throw new Error(`The task ${id} has failed`);
      await delay(20);
    }
  }
  const seconds = (performance.now() - began) / 1000;
  return `${count} tasks of the Scaffolder with one action of \`true\`: ${(
    count / seconds
  ).toFixed(1)} a second`;
}
