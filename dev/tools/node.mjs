import { spawn, spawnSync } from 'node:child_process';
import { constants } from 'node:os';
import {
  existsSync,
  mkdirSync,
  renameSync,
  rmSync,
  writeFileSync,
} from 'node:fs';
import { join } from 'node:path';
import { cacheDirectory } from '../places.mjs';
import { Refusal, say } from '../say.mjs';

/** The Node that is fetched where the one found is neither 22 nor 24. */
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
 * through npm, once per person, runs the same script with it, passes signals
 * on, and ends with its exit code; the call does not return then.
 */
export async function useFittingNode() {
  if (process.env[MARK]) followParent();
  if (isFitting(process.versions.node) || process.env[MARK]) return;
  const node = fetchNode();
  const child = spawn(node, process.argv.slice(1), {
    stdio: ['inherit', 'inherit', 'inherit', 'ipc'],
    env: { ...process.env, [MARK]: node },
  });
  for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP']) {
    // Ctrl-C reaches the child through the terminal as well; it minds the first only.
    process.on(signal, () => child.kill(signal));
  }
  const code = await new Promise(resolve => {
    child.once('exit', (status, signal) =>
      resolve(status ?? 128 + constants.signals[signal]),
    );
  });
  process.exit(code);
}

/** Whether Backstage runs on this version. */
export function isFitting(version) {
  const [major, minor] = version.split('.').map(Number);
  return FITTING.some(
    range => range.major === major && minor >= range.leastMinor,
  );
}

/** Where the package for this machine comes from and what of it is the program. */
export function nodePackage(platform = process.platform, arch = process.arch) {
  const system = platform === 'win32' ? 'win' : platform;
  return `node-${system}-${arch}`;
}

function fetchNode() {
  const name = nodePackage();
  const folder = join(cacheDirectory(), 'node', FETCHED_VERSION);
  const program = join(folder, 'node_modules', name, 'bin', 'node');
  if (existsSync(program)) return program;

  say(
    `Node ${process.versions.node} is not one that Backstage runs on; fetching Node ${FETCHED_VERSION} (once, about 15 seconds) ...`,
  );
  const part = `${folder}.part-${process.pid}`;
  rmSync(part, { recursive: true, force: true });
  mkdirSync(part, { recursive: true });
  writeFileSync(join(part, 'package.json'), '{"private":true}');
  const result = npm(
    [
      'install',
      '--ignore-scripts',
      '--no-audit',
      '--no-fund',
      '--loglevel=error',
      '--prefix',
      part,
      `${name}@${FETCHED_VERSION}`,
    ],
    part,
  );
  if (result.status !== 0) {
    rmSync(part, { recursive: true, force: true });
    throw new Refusal(
      `Node ${
        process.versions.node
      } was found, and Node 22 (22.12 or newer) or 24 is needed. Fetching it through npm failed:\n${
        result.stderr || result.error?.message
      }\nInstall Node 22 or 24 and start again.`,
    );
  }
  if (!existsSync(program)) keepFirst(part, folder);
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

/** The npm that started us, else the one on PATH; without what that npm told its scripts. */
function npm(args, cwd) {
  const env = Object.fromEntries(
    Object.entries(process.env).filter(
      ([name]) => !/^npm_(config|package|lifecycle)_/.test(name),
    ),
  );
  const ours = process.env.npm_execpath;
  const options = {
    cwd,
    env,
    encoding: 'utf8',
    stdio: ['ignore', 'ignore', 'pipe'],
  };
  return ours && /npm-cli\.js$/.test(ours)
    ? spawnSync(process.execPath, [ours, ...args], options)
    : spawnSync('npm', args, options);
}

/** Ends as for a signal when the process that started us is killed without warning. */
function followParent() {
  if (!process.channel) return;
  process.on('disconnect', () => process.kill(process.pid, 'SIGTERM'));
  process.channel.unref();
}
