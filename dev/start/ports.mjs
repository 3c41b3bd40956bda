import { randomInt } from 'node:crypto';
import { createServer } from 'node:net';
import { clusterPorts } from '../cluster/ports.mjs';
import { Refusal } from '../say.mjs';

const MOST = 65_535;
const FREE_FROM = 12_000;
/** Where Linux begins with outgoing connections; macOS and Windows begin above. */
const FREE_TO = 32_768;
const MOST_TRIED = 1_000;
const SETTINGS = {
  app: {
    variable: 'RUNBOOKS_APP_PORT',
    usual: 3000,
    what: "the portal's pages",
  },
  backend: {
    variable: 'RUNBOOKS_BACKEND_PORT',
    usual: 7007,
    what: "the portal's backend",
  },
  postgres: {
    variable: 'RUNBOOKS_POSTGRES_PORT',
    usual: 25532,
    what: 'Postgres',
  },
  cluster: {
    variable: 'RUNBOOKS_CLUSTER_PORT',
    usual: 26443,
    what: 'the cluster, which takes six from that one on',
  },
};

/** The ports to use, from the environment or as usual: `{ app, backend, postgres, cluster }`. */
export function chosenPorts(env = process.env) {
  return Object.fromEntries(
    Object.entries(SETTINGS).map(([name, setting]) => [
      name,
      readPort(setting, env),
    ]),
  );
}

function readPort({ variable, usual }, env) {
  const text = env[variable];
  if (text === undefined || text === '') return usual;
  const port = Number(text);
  if (!Number.isInteger(port) || port < 1 || port > MOST) {
    throw new Refusal(
      `${variable} is ${JSON.stringify(
        text,
      )}; expected a port from 1 to ${MOST}.`,
    );
  }
  return port;
}

/**
 * Refuses with one sentence for each setting whose port somebody else uses.
 *
 * @param wanted the names of those that are needed, as `chosenPorts` has them
 */
export async function requireFreePorts(ports, wanted) {
  const sentences = [];
  for (const name of wanted) {
    const taken = await firstTaken(portsOf(name, ports));
    if (taken === undefined) continue;
    const { variable, what } = SETTINGS[name];
    sentences.push(
      `Port ${taken}, for ${what}, is in use; set ${variable} to another one.`,
    );
  }
  if (sentences.length > 0) throw new Refusal(sentences.join('\n'));
}

function portsOf(name, ports) {
  return name === 'cluster'
    ? Object.values(clusterPorts(ports.cluster))
    : [ports[name]];
}

async function firstTaken(candidates) {
  for (const port of candidates) {
    if (!(await isFree(port))) return port;
  }
  return undefined;
}

/** True when we could listen there, on both loopback addresses. */
async function isFree(port) {
  for (const host of ['127.0.0.1', '::1']) {
    const trouble = await tryToListen(port, host);
    if (trouble === 'EADDRINUSE' || trouble === 'EACCES') return false;
  }
  return true;
}

/**
 * Ports that nobody uses at this moment, below those that systems give to outgoing connections: one of these may take
 * a port between the moment when it was found free and the moment when a server listens there, and a client that
 * connects to such a port before its server listens may even reach itself.
 */
export async function freePorts(count) {
  const ports = new Set();
  for (let tried = 0; ports.size < count; tried += 1) {
    if (tried === MOST_TRIED) {
      throw new Refusal(
        `No ${count} free ports were found between ${FREE_FROM} and ${FREE_TO}.`,
      );
    }
    const port = randomInt(FREE_FROM, FREE_TO);
    if (!ports.has(port) && (await isFree(port))) ports.add(port);
  }
  return [...ports];
}

async function tryToListen(port, host) {
  try {
    await close(await listen(port, host));
    return undefined;
  } catch (error) {
    return error.code;
  }
}

function listen(port, host) {
  return new Promise((resolve, reject) => {
    const server = createServer();
    server.once('error', reject);
    server.listen(port, host, () => resolve(server));
  });
}

function close(server) {
  return new Promise(resolve => {
    server.close(resolve);
  });
}
