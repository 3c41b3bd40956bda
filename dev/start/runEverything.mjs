import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { clusterPorts } from '../cluster/ports.mjs';
import { CHECKOUT, runsDirectory } from '../places.mjs';
import { startPostgres } from '../postgres/startPostgres.mjs';
import { setUp } from '../setup/setUp.mjs';
import { Refusal, say, showError, warn } from '../say.mjs';
import { applyExamples } from './applyExamples.mjs';
import { attachRunbooks, ownRunbooks } from './attachRunbooks.mjs';
import { readForeignCluster } from './foreignCluster.mjs';
import { Notice } from './Notice.mjs';
import { OwnCluster } from './OwnCluster.mjs';
import { Portal } from './Portal.mjs';

/**
 * Starts everything, in the order in which it is needed: database, portal, and
 * the cluster beside it.
 *
 * Returns never, unless with an error: the portal runs until somebody stops us.
 */
export async function runEverything({ data, ports, register, options }) {
  await setUp({ forTests: false });
  const database = !process.env.POSTGRES_HOST
    ? await startPostgres({
        folder: join(data, 'postgres'),
        port: ports.postgres,
        register,
        logFile: join(data, 'logs', 'postgres.log'),
        durable: true,
      })
    : undefined;
  const notice = new Notice(join(data, 'cluster-notice.txt'));
  const tools = join(data, 'tools');
  const cluster = await chooseCluster({ data, tools, ports, options, notice });

  say('Starting the portal ...');
  const portal = new Portal({
    ports,
    register,
    verbose: options.verbose,
    logFile: join(data, 'logs', 'portal.log'),
    settings: {
      tools,
      database,
      access: cluster.access,
      noticeFile: join(data, 'cluster-notice.txt'),
      runs: runsDirectory(data),
      attached: attachRunbooks({
        folder: join(data, 'attached'),
        attachments: options.runbooks ? [ownRunbooks(options.runbooks)] : [],
      }),
    },
  });
  const ended = portal.exited.then(() => {
    throw new Refusal(
      `The portal ended by itself. Its last lines:\n${portal.lastLines}`,
    );
  });
  const ready = Promise.all([
    portal
      .untilReady()
      .then(() => say(`  portal: ready on http://localhost:${ports.app}`)),
    cluster.begin(register),
  ]);
  await Promise.race([ready, ended]);
  sayWelcome({ ports, data });
  await ended;
}

/** Decides which cluster the portal looks at; `begin` starts what has to be started, beside the portal. */
async function chooseCluster({ data, tools, ports, options, notice }) {
  if (options.kubeconfig) return foreign({ data, tools, options, notice });

  const cluster = await OwnCluster.prepare({
    folder: join(data, 'cluster'),
    toolsFolder: tools,
    ports: clusterPorts(ports.cluster),
  });
  if (options.withoutCluster) {
    notice.failed('it was left out with --no-cluster');
    return { access: cluster.access, begin: async () => {} };
  }
  notice.progress({ step: 1, steps: 3, text: 'preparing' });
  return {
    access: cluster.access,
    begin: async register => {
      try {
        await cluster.start({ register, notice });
        say(`  cluster: ready; KUBECONFIG=${cluster.kubeconfig}`);
      } catch (error) {
        // The portal is useful without: runbooks can be read and planned.
        notice.failed(error.message.split('\n')[0]);
        if (error.name === 'Refusal')
          warn(`${error.message} The portal runs without a cluster.`);
        else showError(error);
      }
    },
  };
}

async function foreign({ data, tools, options, notice }) {
  const { context, kubectl, access } = await readForeignCluster({
    kubeconfig: options.kubeconfig,
    folder: join(data, 'cluster'),
    toolsFolder: tools,
  });
  say(`Using the cluster of context ${context} at ${access.url}.`);
  notice.clear();
  return {
    access,
    begin: async () => {
      if (!options.applyExamples) return;
      say(`  making the examples in context ${context}`);
      await applyExamples({ kubectl, kubeconfig: options.kubeconfig });
    },
  };
}

function sayWelcome({ ports, data }) {
  const own = join(CHECKOUT, 'examples', 'first-steps.txt');
  const steps = existsSync(own)
    ? readFileSync(own, 'utf8').trim()
    : 'Sign in as maya.lindqvist, open a component, and click its Runbooks tab.';
  say(`
────────────────────────────────────────────────────────────────
  The portal is ready: http://localhost:${ports.app}

${steps.replace(/^(?=.)/gm, '  ')}

  Logs: ${join(data, 'logs')}. Ctrl-C stops everything.
────────────────────────────────────────────────────────────────`);
}
