import {
  mkdirSync,
  mkdtempSync,
  readFileSync,
  rmSync,
  writeFileSync,
} from 'node:fs';
import { createRequire } from 'node:module';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { CHECKOUT } from '../places.mjs';

const BACKEND = join(CHECKOUT, 'plugins/runbooks-backend');
const SERVICE = '/entities/component/default/bench';

/**
 * The backend of the plugin as it is in a portal, in this process: its routes, worker, sandbox and gateway, on a real
 * Postgres and a real cluster. Catalog and permissions are stand-ins that answer at once.
 */
export class BenchPortal {
  #backend;
  #knex;
  #folder;
  #url;

  /**
   * @param options - `database`: where Postgres is; `kubeconfig`, `tools`, `namespace`: the cluster; `document`:
   *   Markdown; `beside`: features of other plugins with the entities and databases that they need.
   */
  static async start(options) {
    const portal = new BenchPortal();
    await portal.#start(options);
    return portal;
  }

  async stop() {
    await this.#backend.stop();
    await this.#knex.destroy();
    rmSync(this.#folder, { recursive: true, force: true });
  }

  /** Asks a route as a person; returns the body. */
  async ask(
    method,
    path,
    /** @type {{ body?: any, as?: string, plugin?: string }} */ {
      body,
      as = 'user:default/bench-0',
      plugin = 'runbooks',
    } = {},
  ) {
    const answer = await fetch(`${this.#url}/${plugin}${path}`, {
      method,
      headers: { ...this.#signedIn(as), 'Content-Type': 'application/json' },
      ...(body === undefined ? {} : { body: JSON.stringify(body) }),
    });
    const text = await answer.text();
    if (!answer.ok)
      throw new Error(`${method} ${path}: ${answer.status} ${text}`);
    return JSON.parse(text);
  }

  /** What planning asks for, for the procedure with this title. */
  async planRequest(title) {
    const { runbooks } = await this.ask('GET', `${SERVICE}/runbooks`);
    const [{ id: runbookId, procedures }] = runbooks;
    const found = procedures.find(one => one.title === title);
    if (!found) {
      const titles = procedures.map(one => one.title).join(', ');
      throw new Error(`There is no procedure '${title}' but ${titles}`);
    }
    const { id: procedureId } = found;
    return {
      entityRef: 'component:default/bench',
      runbookId,
      procedureId,
      parameters: {},
    };
  }

  /** Starts what was planned; returns the run. */
  async startRun(asked, plan, as) {
    const body = { ...asked, planDigest: plan.digest };
    const { run } = await this.ask('POST', '/runs', { body, as });
    return run;
  }

  /** The messages of a run's stream as they arrive. */
  async *follow(runId, signal) {
    const answer = await fetch(`${this.#url}/runbooks/runs/${runId}/events`, {
      headers: this.#signedIn('user:default/bench-0'),
      signal,
    });
    let text = '';
    const decoder = new TextDecoder();
    for await (const chunk of answer.body) {
      text += decoder.decode(chunk, { stream: true });
      const messages = text.split('\n\n');
      text = messages.pop();
      for (const message of messages) {
        const data = message
          .split('\n')
          .filter(line => line.startsWith('data:'))
          .map(line => line.slice(5))
          .join('\n');
        if (data.trim() !== '') yield JSON.parse(data);
      }
    }
  }

  #signedIn(as) {
    return { Authorization: this.headerOf(as) };
  }

  async #start({
    database,
    kubeconfig,
    tools,
    document,
    beside = { features: [], entities: [], databases: {} },
  }) {
    const require = createRequire(join(BACKEND, 'package.json'));
    require('@backstage/cli/config/nodeTransform.cjs');
    const {
      mockCredentials,
      mockServices,
      startTestBackend,
    } = require('@backstage/backend-test-utils');
    const {
      catalogServiceMock,
    } = require('@backstage/plugin-catalog-node/testUtils');
    const {
      coreServices,
      createServiceFactory,
    } = require('@backstage/backend-plugin-api');
    const {
      kubernetesAccessRef,
    } = require('@backstage-runbooks/plugin-runbooks-node');
    const { runbooksPlugin } = require(join(BACKEND, 'src/plugin.ts'));
    const knex = require('knex')({
      client: 'pg',
      connection: database,
      pool: { min: 2, max: 10 },
    });
    this.#knex = knex;
    this.headerOf = userRef => mockCredentials.user.header(userRef);
    this.#folder = mkdtempSync(join(tmpdir(), 'runbooks-bench-'));
    const system = join(this.#folder, 'system');
    mkdirSync(join(system, 'runbooks'), { recursive: true });
    writeFileSync(join(system, 'runbooks/bench.md'), document);
    this.#backend = await startTestBackend({
      features: [
        runbooksPlugin,
        ...beside.features,
        catalogServiceMock.factory({
          entities: [...entitiesIn(system), ...beside.entities],
        }),
        createServiceFactory({
          service: coreServices.database,
          deps: { plugin: coreServices.pluginMetadata },
          // As in a portal, each plugin has one of its own.
          factory: ({ plugin }) => ({
            getClient: async () => beside.databases[plugin.getId()] ?? knex,
          }),
        }),
        mockServices.permissions.factory(),
        mockServices.rootConfig.factory({
          data: {
            runbooks: {
              sources: { localRoots: [this.#folder] },
              scopes: { trustCatalog: true },
              limits: {
                openRunsPerPerson: 100_000,
                queuedStepsPerPerson: 100_000,
              },
              executors: { local: { toolsDirectory: tools } },
            },
          },
        }),
        createServiceFactory({
          service: kubernetesAccessRef,
          deps: {},
          factory: () => {
            const access = accessIn(kubeconfig, require('yaml').parse);
            return /** @type {any} */ ({
              set: () => {},
              fail: () => {},
              get: async () => access,
            });
          },
        }),
      ],
    });
    const { port } = this.#backend.server.address();
    this.#url = `http://127.0.0.1:${port}/api`;
  }
}

/** The first cluster and user of a kubeconfig. */
function accessIn(kubeconfig, parse) {
  const config = parse(readFileSync(kubeconfig, 'utf8'));
  const [{ cluster }] = config.clusters;
  const [{ user }] = config.users;
  const decoded = (text = '') => Buffer.from(text, 'base64').toString('utf8');
  return {
    getClusters: async () => [
      {
        name: 'bench',
        url: cluster.server,
        authMetadata: {},
        caFile: cluster['certificate-authority'],
        caData: cluster['certificate-authority-data'],
      },
    ],
    getCredential: async () =>
      user.token
        ? { type: 'bearer token', token: user.token }
        : {
            type: 'x509 client certificate',
            cert: decoded(user['client-certificate-data']),
            key: decoded(user['client-key-data']),
          },
  };
}

function entitiesIn(folder) {
  return [
    {
      apiVersion: 'backstage.io/v1alpha1',
      kind: 'Component',
      metadata: {
        name: 'bench',
        namespace: 'default',
        annotations: {
          'backstage-runbooks.io/runbooks-ref': 'dir:./runbooks',
          'backstage.io/managed-by-location': `file:${folder}/catalog-info.yaml`,
          'backstage.io/kubernetes-namespace': 'default',
        },
      },
      spec: { owner: 'bench', type: 'service', lifecycle: 'production' },
    },
  ];
}
