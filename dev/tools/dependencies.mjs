import { createHash } from 'node:crypto';
import {
  existsSync,
  readFileSync,
  readdirSync,
  renameSync,
  rmSync,
  writeFileSync,
} from 'node:fs';
import { join } from 'node:path';
import { CHECKOUT } from '../places.mjs';
import { finish } from '../processes/finish.mjs';
import { Lock } from '../processes/Lock.mjs';
import { ProcessRegister } from '../processes/ProcessRegister.mjs';
import { Refusal, say } from '../say.mjs';
import { toolEnvironment } from './environment.mjs';

const STAMP = join(CHECKOUT, 'node_modules', '.runbooks-installed');
const WORKSPACE_FOLDERS = ['packages', 'plugins'];

/**
 * Installs the npm packages exactly as yarn.lock says, unless the last install
 * was completed with the same lock, the same package.json files and a Node of
 * the same major version.
 */
export async function installDependencies() {
  const lock = new Lock(join(CHECKOUT, '.data', 'install.lock'));
  await lock.hold(
    async () => {
      const wanted = fingerprint();
      if (existsSync(STAMP) && readFileSync(STAMP, 'utf8') === wanted) return;
      rmSync(STAMP, { force: true });
      await install();
      writeFileSync(`${STAMP}.part`, fingerprint());
      renameSync(`${STAMP}.part`, STAMP);
    },
    holder =>
      say(
        `Another command (process ${holder.pid}) installs the packages; waiting for it ...`,
      ),
  );
}

async function install() {
  say('Installing the npm packages, about two minutes the first time ...');
  const startedAt = Date.now();
  // Two installs in one folder would spoil it: one that lost its parent is ended first.
  const register = new ProcessRegister(
    join(CHECKOUT, '.data', 'install-processes.json'),
  );
  await register.stopLeftovers();
  const { code, output } = await finish('yarn', ['install', '--immutable'], {
    cwd: CHECKOUT,
    env: toolEnvironment({ CI: '1', YARN_ENABLE_PROGRESS_BARS: '0' }),
    keepLines: 40,
    register,
    onLine: tellStep,
  });
  if (code !== 0) {
    throw new Refusal(
      `The npm packages could not be installed (yarn install ended with ${code}):\n${output}\nMend what it says and start again; what was fetched so far is kept.`,
    );
  }
  say(`  installed in ${Math.round((Date.now() - startedAt) / 1000)} seconds`);
}

function tellStep(line) {
  const step = /┌ (Resolution|Post-resolution|Fetch|Link) step/.exec(line);
  const sentences = {
    Resolution: '  reading the lock file',
    Fetch: '  fetching packages',
    Link: '  laying the packages out',
  };
  if (step && sentences[step[1]]) say(sentences[step[1]]);
}

/** What decides whether an install is needed. */
function fingerprint() {
  const hash = createHash('sha256');
  for (const file of [
    'yarn.lock',
    '.yarnrc.yml',
    'package.json',
    ...workspaceManifests(),
  ]) {
    hash
      .update(file)
      .update('\0')
      .update(readFileSync(join(CHECKOUT, file)))
      .update('\0');
  }
  return `${hash.digest('hex')} node ${process.versions.modules}\n`;
}

function workspaceManifests() {
  return WORKSPACE_FOLDERS.flatMap(folder =>
    readdirSync(join(CHECKOUT, folder))
      .map(name => join(folder, name, 'package.json'))
      .filter(file => existsSync(join(CHECKOUT, file))),
  ).sort();
}
