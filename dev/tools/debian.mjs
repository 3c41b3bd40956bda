import { isRoot } from '../places.mjs';
import { finish } from '../processes/finish.mjs';
import { findProgram } from './programs.mjs';

/** apt waits for another apt that long before it gives up. */
const LOCK_PATIENCE_SECONDS = 120;

/** True where packages of the system can be installed without asking anybody. */
export function canInstallPackages() {
  return isRoot && findProgram('apt-get') !== undefined;
}

/** Installs packages of Debian or its like; returns undefined, or why it failed in one line. */
export async function installPackages(names) {
  const first = await aptGet([
    'install',
    '-y',
    '--no-install-recommends',
    ...names,
  ]);
  if (first.code === 0) return undefined;
  // An earlier installation may have been killed half-way.
  await finish('dpkg', ['--configure', '-a'], { env: withoutQuestions() });
  // The lists of packages may be old or absent, as in a fresh container.
  await aptGet(['update']);
  const second = await aptGet([
    'install',
    '-y',
    '--no-install-recommends',
    ...names,
  ]);
  return second.code === 0 ? undefined : lastErrorIn(second.output);
}

function aptGet(args) {
  return finish(
    'apt-get',
    ['-q', '-o', `DPkg::Lock::Timeout=${LOCK_PATIENCE_SECONDS}`, ...args],
    {
      env: withoutQuestions(),
      keepLines: 30,
    },
  );
}

function withoutQuestions() {
  return { ...process.env, DEBIAN_FRONTEND: 'noninteractive' };
}

function lastErrorIn(output) {
  const lines = output.trim().split('\n');
  return lines.reverse().find(line => line.startsWith('E:')) ?? lines[0];
}
