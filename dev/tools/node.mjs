import { spawn, spawnSync } from 'node:child_process';
import {
  existsSync,
  mkdirSync,
  renameSync,
  rmSync,
  writeFileSync,
} from 'node:fs';
import { constants } from 'node:os';
import { dirname, join } from 'node:path';
import {
  isOpenToEverybody,
  isRoot,
  sharedProgramsDirectory,
} from '../places.mjs';
import { watchNpm } from '../processes/orphan.mjs';
import { Refusal, say, showError } from '../say.mjs';

/** The Node that is fetched where the one found cannot be used. */
const FETCHED_VERSION = '22.23.3';
const FITTING = [
  { major: 22, leastMinor: 12 },
  { major: 24, leastMinor: 0 },
];

/** Set for the second start, so that a wrong version cannot start itself for ever. */
const MARK = 'RUNBOOKS_NODE_CHOSEN';

/**
 * Makes sure that the script runs on a Node that Backstage supports.
 *
 * On another Node (18 is enough to read this file) it fetches a fitting one
 * through npm, once, runs the same script with it, passes signals on, and ends
 * with its exit code; the call does not return then.
 */
export async function useFittingNode() {
  if (process.env[MARK]) {
    followParent();
    return;
  }
  const trouble = troubleWithThisNode();
  if (trouble) await startAgainWith(fetchedNode(trouble));
}

/** Whether Backstage runs on this version. */
export function isFitting(version) {
  const [major, minor] = version.split('.').map(Number);
  return FITTING.some(
    range => range.major === major && minor >= range.leastMinor,
  );
}

/** The npm package that holds Node for a machine. */
export function nodePackage(platform = process.platform, arch = process.arch) {
  const system = platform === 'win32' ? 'win' : platform;
  return `node-${system}-${arch}`;
}

/** Why this Node cannot be used, as a sentence; undefined when it can. */
function troubleWithThisNode() {
  if (!isFitting(process.versions.node)) {
    return `Node ${process.versions.node} is not one that Backstage runs on.`;
  }
  // The sandbox of a step starts it as another user than root.
  if (isRoot && !isOpenToEverybody(dirname(process.execPath))) {
    return `Node at ${process.execPath} can be started by root only.`;
  }
  return undefined;
}

async function startAgainWith(node) {
  const child = spawn(node, process.argv.slice(1), {
    stdio: ['inherit', 'inherit', 'inherit', 'ipc'],
    env: { ...process.env, [MARK]: node },
  });
  for (const signal of /** @type {const} */ (['SIGINT', 'SIGTERM', 'SIGHUP'])) {
    // Ctrl-C reaches the child through the terminal as well; it minds the first only.
    process.on(signal, () => child.kill(signal));
  }
  watchNpm(() => child.kill('SIGTERM'));
  const code = await new Promise(resolve => {
    child.once('exit', (status, signal) =>
      resolve(status ?? 128 + constants.signals[signal]),
    );
  });
  process.exit(code);
}

/** Ends as for a signal when the process that started us is killed without warning. */
function followParent() {
  if (!process.channel) return;
  process.on('disconnect', () => process.kill(process.pid, 'SIGTERM'));
  process.channel.unref();
}

/** There is nobody yet who would show a refusal as the sentence that it is. */
function fetchedNode(trouble) {
  try {
    return fetchNode(trouble);
  } catch (error) {
    showError(error);
    return process.exit(1);
  }
}

function fetchNode(trouble) {
  const name = nodePackage();
  const folder = join(sharedProgramsDirectory(), `node-${FETCHED_VERSION}`);
  const program = join(folder, 'node_modules', name, 'bin', 'node');
  if (existsSync(program)) return program;

  say(
    `${trouble} Fetching Node ${FETCHED_VERSION}, once: some 15 seconds, longer on a slow line ...`,
  );
  const part = `${folder}.part-${process.pid}`;
  rmSync(part, { recursive: true, force: true });
  mkdirSync(part, { recursive: true, mode: 0o755 });
  writeFileSync(join(part, 'package.json'), '{"private":true}');
  const result = installWithNpm(`${name}@${FETCHED_VERSION}`, part);
  if (result.status !== 0) {
    rmSync(part, { recursive: true, force: true });
    throw new Refusal(
      `${trouble} Node 22 (22.12 or newer) or 24 is needed, and fetching it through npm failed:\n${
        result.stderr || result.error?.message
      }\nInstall one and start again.`,
    );
  }
  keepFirst(part, folder);
  return program;
}

/** Two commands may fetch at the same time; the first one's folder stays. */
function keepFirst(part, folder) {
  try {
    renameSync(part, folder);
  } catch (error) {
    rmSync(part, { recursive: true, force: true });
    if (!existsSync(folder)) throw error;
  }
}

function installWithNpm(what, folder) {
  return npm(
    [
      'install',
      '--ignore-scripts',
      '--no-audit',
      '--no-fund',
      '--loglevel=error',
      '--prefix',
      folder,
      what,
    ],
    folder,
  );
}

/** The npm that started us, else the one on PATH; without what that npm told its scripts. */
function npm(args, cwd) {
  const env = Object.fromEntries(
    Object.entries(process.env).filter(
      ([name]) => !/^npm_(config|package|lifecycle)_/.test(name),
    ),
  );
  /** @type {import('node:child_process').SpawnSyncOptionsWithStringEncoding} */
  const options = {
    cwd,
    env,
    encoding: 'utf8',
    stdio: ['ignore', 'ignore', 'pipe'],
  };
  const ours = process.env.npm_execpath;
  return ours && /npm-cli\.js$/.test(ours)
    ? spawnSync(process.execPath, [ours, ...args], options)
    : spawnSync('npm', args, options);
}
