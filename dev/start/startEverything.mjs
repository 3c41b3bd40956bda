import { rmSync } from 'node:fs';
import { join } from 'node:path';
import {
  dataDirectory,
  makePassableDirectory,
  runsDirectory,
} from '../places.mjs';
import { Lock } from '../processes/Lock.mjs';
import { ProcessRegister } from '../processes/ProcessRegister.mjs';
import { Refusal, say } from '../say.mjs';
import { installDependencies } from '../tools/dependencies.mjs';
import { chosenPorts, requireFreePorts } from './ports.mjs';

/**
 * Starts database, portal and cluster and stays until it is asked to end.
 *
 * @param options what `readOptions` returned
 * @param signal aborted when everything is to be stopped
 */
export async function startEverything(options, signal) {
  const data = makePassableDirectory(dataDirectory());
  const lock = new Lock(join(data, 'start.lock'));
  if (!lock.tryTake()) {
    throw new Refusal(
      `npm start runs already in this checkout (process ${
        lock.holder()?.pid
      }); end that one with Ctrl-C first.`,
    );
  }
  const register = new ProcessRegister(join(data, 'processes.json'));
  const work = run({ data, register, options });
  try {
    await Promise.race([work, aborted(signal)]);
    say('\nStopping ...');
  } finally {
    // What is still under way fails now, because nothing can be started any more.
    work.catch(() => {});
    await register.stopAll();
    lock.release();
  }
}

async function run({ data, register, options }) {
  const left = await register.stopLeftovers();
  if (left.length > 0) {
    say(`Ended what an earlier start left behind: ${left.join(', ')}.`);
  }
  if (options.reset) forget(data);
  const ports = chosenPorts();
  await requireFreePorts(ports, neededPorts(options));
  await installDependencies();
  // The packages that it needs are there only now.
  const { runEverything } = await import('./runEverything.mjs');
  await runEverything({ data, ports, register, options });
}

function neededPorts(options) {
  const ownDatabase = !process.env.POSTGRES_HOST;
  const ownCluster = !options.kubeconfig && !options.withoutCluster;
  return [
    'app',
    'backend',
    ...(ownDatabase ? ['postgres'] : []),
    ...(ownCluster ? ['cluster'] : []),
  ];
}

function forget(data) {
  const folders = [
    join(data, 'postgres'),
    join(data, 'cluster'),
    runsDirectory(data),
  ];
  folders.forEach(folder => rmSync(folder, { recursive: true, force: true }));
  say(
    'Beginning afresh: database, cluster and workspaces of runs are made anew.',
  );
}

function aborted(signal) {
  return new Promise(resolve => {
    if (signal.aborted) resolve();
    signal.addEventListener('abort', resolve);
  });
}
