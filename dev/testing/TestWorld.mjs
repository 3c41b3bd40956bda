import { delimiter, join } from 'node:path';
import { buildControlPlane } from '../cluster/buildControlPlane.mjs';
import { prepareCluster } from '../cluster/layout.mjs';
import { builtTools, provideTools } from '../cluster/provideTools.mjs';
import { startCluster } from '../cluster/startCluster.mjs';
import { makePassableDirectory, runsDirectory } from '../places.mjs';
import { startPostgres } from '../postgres/startPostgres.mjs';
import { say } from '../say.mjs';
import { attachRunbooks } from '../start/attachRunbooks.mjs';
import { EXAMPLES } from '../start/applyExamples.mjs';
import { Notice } from '../start/Notice.mjs';
import { OwnCluster } from '../start/OwnCluster.mjs';
import { Portal } from '../start/Portal.mjs';
import { freePorts } from '../start/ports.mjs';
import { toolEnvironment } from '../tools/environment.mjs';
import { realRunbooks } from './realRunbooks.mjs';

const CLUSTER_PORTS = [
  'apiServer',
  'etcd',
  'etcdPeer',
  'nodes',
  'controllerManager',
  'scheduler',
];

/**
 * What tests need besides code: a Postgres, clusters, a portal. Each is started
 * when the first lane asks for it, on ports that nobody uses, with data that is
 * thrown away; nothing is shared with `npm start`.
 */
export class TestWorld {
  #folder;
  #register;
  #database;
  /** The processes of the cluster of the cluster lane. */
  #cluster = [];

  constructor({ folder, register }) {
    this.#folder = folder;
    this.#register = register;
  }

  /** The environment in which tests find their Postgres. */
  async databaseEnvironment() {
    const { host, port, user, password } = await this.#startDatabase();
    return {
      BACKSTAGE_TEST_DATABASE_POSTGRES18_CONNECTION_STRING: `postgresql://${user}:${password}@${host}:${port}/postgres`,
    };
  }

  /**
   * The environment in which tests find a cluster of their own, empty but for
   * what Kubernetes puts there; or the cluster that the person who started the
   * tests named in RUNBOOKS_TEST_KUBECONFIG.
   */
  async clusterEnvironment() {
    const { folder: programs } = await buildControlPlane();
    const tools = makePassableDirectory(join(this.#folder, 'tools'));
    provideTools(tools, builtTools(programs));
    const given = process.env.RUNBOOKS_TEST_KUBECONFIG;
    if (given)
      return { RUNBOOKS_TEST_KUBECONFIG: given, RUNBOOKS_TEST_TOOLS: tools };
    const cluster = await prepareCluster({
      folder: join(this.#folder, 'cluster'),
      ports: await freeClusterPorts(),
    });
    this.#cluster = await startCluster({
      cluster,
      programs,
      simulated: EXAMPLES,
      register: this.#register,
    });
    return {
      RUNBOOKS_TEST_KUBECONFIG: cluster.kubeconfigs.admin,
      RUNBOOKS_TEST_TOOLS: tools,
      RUNBOOKS_TEST_AUDIT_LOG: join(cluster.folder, 'audit.log'),
    };
  }

  /** Starts a portal as `npm start` does, with a cluster of its own, and returns the environment in which tests find both. */
  async portalEnvironment() {
    say('Starting a portal for the browser tests ...');
    await this.#stopCluster();
    const folder = makePassableDirectory(join(this.#folder, 'portal'));
    const tools = join(folder, 'tools');
    const noticeFile = join(folder, 'notice.txt');
    const [app, backend] = await freePorts(2);
    const database = await this.#startDatabase();
    const cluster = await this.#startOwnCluster(folder, { tools, noticeFile });
    const portal = new Portal({
      ports: { app, backend },
      register: this.#register,
      logFile: join(folder, 'portal.log'),
      settings: {
        tools,
        database,
        access: cluster.access,
        noticeFile,
        runs: this.runsFolder,
        attached: attachRunbooks({
          folder: join(folder, 'attached'),
          attachments: realRunbooks(),
        }),
      },
    });
    await portal.untilReady();
    return {
      RUNBOOKS_TEST_APP_URL: `http://localhost:${app}`,
      RUNBOOKS_TEST_BACKEND_URL: `http://localhost:${backend}`,
      RUNBOOKS_TEST_KUBECONFIG: cluster.kubeconfig,
      RUNBOOKS_TEST_TOOLS: tools,
      RUNBOOKS_TEST_AUDIT_LOG: cluster.auditLog,
    };
  }

  /**
   * What somebody has who installs the plugin: a cluster in which they may do everything, by `kubeconfig`, tools, and a
   * server of databases; `environment` says where the last two are.
   */
  async installEnvironment() {
    await this.#stopCluster();
    const folder = makePassableDirectory(join(this.#folder, 'install'));
    const tools = join(folder, 'tools');
    const database = await this.#startDatabase();
    const cluster = await this.#startOwnCluster(folder, {
      tools,
      noticeFile: join(folder, 'notice.txt'),
    });
    return {
      tools,
      kubeconfig: cluster.kubeconfig,
      makeDatabase: name => makeDatabase(database, name),
      environment: {
        PATH: `${tools}${delimiter}${toolEnvironment().PATH}`,
        POSTGRES_HOST: database.host,
        POSTGRES_PORT: String(database.port),
        POSTGRES_USER: database.user,
        POSTGRES_PASSWORD: database.password,
      },
    };
  }

  /** A cluster as `npm start` has one, with the examples. */
  async #startOwnCluster(folder, { tools, noticeFile }) {
    const cluster = await OwnCluster.prepare({
      folder: join(folder, 'cluster'),
      toolsFolder: tools,
      ports: await freeClusterPorts(),
    });
    await cluster.start({
      register: this.#register,
      notice: new Notice(noticeFile),
    });
    return cluster;
  }

  /** Where the portal of the tests keeps the workspaces of its runs. */
  get runsFolder() {
    return runsDirectory(this.#folder);
  }

  /** Two clusters at once are more than a small machine needs to carry. */
  async #stopCluster() {
    for (const child of this.#cluster.reverse()) {
      await this.#register.stop(child);
    }
    this.#cluster = [];
  }

  async #startDatabase() {
    this.#database ??= startPostgres({
      folder: join(this.#folder, 'postgres'),
      port: (await freePorts(1))[0],
      register: this.#register,
      logFile: join(this.#folder, 'postgres.log'),
      durable: false,
    });
    return this.#database;
  }
}

async function makeDatabase({ host, port, user, password }, name) {
  const { default: pg } = await import('pg');
  const client = new pg.Client({
    host,
    port,
    user,
    password,
    database: 'postgres',
  });
  await client.connect();
  try {
    const quoted = client.escapeIdentifier(name);
    await client.query(`drop database if exists ${quoted} with (force)`);
    await client.query(`create database ${quoted}`);
  } finally {
    await client.end();
  }
}

async function freeClusterPorts() {
  const ports = await freePorts(CLUSTER_PORTS.length);
  return Object.fromEntries(
    CLUSTER_PORTS.map((name, index) => [name, ports[index]]),
  );
}
