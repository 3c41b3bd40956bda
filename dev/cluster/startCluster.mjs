import { existsSync, readFileSync } from 'node:fs';
import { get } from 'node:https';
import { dirname, join } from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';
import { fileURLToPath } from 'node:url';
import { finish } from '../processes/finish.mjs';
import { Refusal } from '../say.mjs';
import {
  apiServerFlags,
  controllerManagerFlags,
  etcdFlags,
  schedulerFlags,
} from './parts.mjs';

const HERE = dirname(fileURLToPath(import.meta.url));
const NODES = 3;
const PATIENCE_MS = 90_000;
const LOOK_AGAIN_MS = 200;

/**
 * Starts a prepared cluster and waits until pods can be made in it: the nodes
 * are ready and the default service account exists. About five seconds.
 *
 * @param options.cluster what `prepareCluster` returned
 * @param options.programs the folder that `buildControlPlane` returned
 * @param options.simulated folder under which the answers of containers stand (`NAME/simulated/ANY.yaml`)
 * @param options.register the `ProcessRegister` that ends it
 * @returns its processes, in the order of their start
 */
export async function startCluster({ cluster, programs, simulated, register }) {
  const log = name => join(cluster.folder, `${name}.log`);
  const start = (name, flags) =>
    register.start(join(programs, 'control-plane'), flags, {
      name: `the cluster's ${name}`,
      logFile: log(name),
      cwd: cluster.folder,
    });

  const etcd = start('etcd', etcdFlags(cluster));
  const apiServer = start(
    'apiserver',
    apiServerFlags({
      ...cluster,
      auditPolicy: join(HERE, 'audit-policy.yaml'),
      auditLog: log('audit'),
    }),
  );
  await untilTrue(
    () => isReady(cluster),
    [
      { process: etcd, name: 'etcd', logFile: log('etcd') },
      { process: apiServer, name: 'API server', logFile: log('apiserver') },
    ],
  );

  const controllers = start(
    'controller-manager',
    controllerManagerFlags(cluster),
  );
  const scheduler = start('scheduler', schedulerFlags(cluster));
  const nodes = register.start(
    process.execPath,
    [join(HERE, 'nodes', 'main.mjs')],
    {
      name: "the cluster's simulated nodes",
      logFile: log('nodes'),
      env: {
        ...process.env,
        NODES_PORT: String(cluster.ports.nodes),
        NODES_KUBECONFIG: cluster.kubeconfigs.nodes,
        NODES_CERTIFICATES: cluster.certificates,
        NODES_SIMULATED: simulated,
      },
    },
  );
  const kubectl = (args, input) =>
    finish(
      join(programs, 'kubectl'),
      ['--kubeconfig', cluster.kubeconfigs.admin, ...args],
      { input },
    );
  await applyBase(kubectl, cluster);
  await untilTrue(
    () => canRunPods(kubectl),
    [{ process: nodes, name: 'simulated nodes', logFile: log('nodes') }],
  );
  return [etcd, apiServer, controllers, scheduler, nodes];
}

async function applyBase(kubectl, { ports, caFile }) {
  const text = readFileSync(join(HERE, 'base.yaml'), 'utf8')
    .replaceAll('NODES_PORT', String(ports.nodes))
    .replaceAll('CA_BUNDLE', readFileSync(caFile, 'base64'));
  const { code, output } = await kubectl(['apply', '-f', '-'], text);
  if (code !== 0)
    throw new Refusal(`The cluster did not take its own objects:\n${output}`);
}

async function canRunPods(kubectl) {
  const nodes = await kubectl(['get', 'nodes', '--no-headers']);
  const ready = nodes.output
    .split('\n')
    .filter(line => / Ready /.test(line)).length;
  return (
    ready === NODES &&
    (await kubectl(['get', 'serviceaccount', 'default'])).code === 0
  );
}

function isReady({ caFile, url, tokenOf }) {
  return new Promise(resolve => {
    const request = get(
      `${url}/readyz`,
      {
        ca: readFileSync(caFile),
        agent: false,
        timeout: 2000,
        headers: { authorization: `Bearer ${tokenOf('admin')}` },
      },
      response => {
        response.resume();
        resolve(response.statusCode === 200);
      },
    );
    request.on('timeout', () => request.destroy());
    request.on('error', () => resolve(false));
  });
}

/** @param parts what must not end meanwhile; the last of them is the one that is waited for */
async function untilTrue(isSo, parts) {
  const ended = [];
  for (const part of parts) part.process.exited.then(() => ended.push(part));
  const giveUpAt = Date.now() + PATIENCE_MS;
  while (ended.length === 0 && Date.now() < giveUpAt) {
    if (await isSo()) return;
    await delay(LOOK_AGAIN_MS);
  }
  const { name, logFile } = ended[0] ?? parts.at(-1);
  const why =
    ended.length > 0
      ? 'ended'
      : `was not ready after ${PATIENCE_MS / 1000} seconds`;
  throw new Refusal(
    `The ${name} of the cluster ${why}; its last messages (${logFile}):\n${lastLines(
      logFile,
    )}`,
  );
}

function lastLines(file) {
  return existsSync(file)
    ? readFileSync(file, 'utf8').trim().split('\n').slice(-6).join('\n')
    : 'none';
}
