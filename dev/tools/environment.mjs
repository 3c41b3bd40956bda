import {
  existsSync,
  mkdirSync,
  readFileSync,
  renameSync,
  writeFileSync,
} from 'node:fs';
import { delimiter, dirname, join } from 'node:path';
import { CHECKOUT } from '../places.mjs';

const YARN = join(CHECKOUT, '.yarn', 'releases', 'yarn-4.13.0.cjs');
const LOOPBACK = 'localhost,127.0.0.1,::1';

/**
 * The environment for everything that is started here: this Node and the
 * vendored yarn come first on PATH, and what npm told its own scripts, or a
 * shell set for other work, is left out.
 *
 * @param {Record<string, string | undefined>} [additions]
 * @returns {Record<string, string | undefined>}
 */
export function toolEnvironment(additions = {}) {
  const env = { ...process.env };
  for (const name of Object.keys(env)) {
    if (
      /^npm_(config|package|lifecycle)_|^npm_(execpath|node_execpath|command)$/.test(
        name,
      )
    )
      delete env[name];
  }
  delete env.NODE_ENV;
  delete env.KUBECONFIG;
  const nodeFolder = dirname(process.execPath);
  env.PATH = [
    shimFolder(),
    nodeFolder,
    join(CHECKOUT, 'node_modules', '.bin'),
    env.PATH,
  ].join(delimiter);
  env.NO_PROXY = [env.NO_PROXY, LOOPBACK].filter(Boolean).join(',');
  env.no_proxy = env.NO_PROXY;
  if (existsSync(join(nodeFolder, '..', 'include', 'node'))) {
    // Whatever still compiles against Node finds its headers here and fetches none.
    env.npm_config_nodedir = dirname(nodeFolder);
  }
  return { ...env, ...additions };
}

/** A folder with a program named `yarn`, which Backstage's command line calls by that name. */
function shimFolder() {
  const folder = join(CHECKOUT, '.data', 'shims');
  const shim = join(folder, 'yarn');
  const text = `#!/bin/sh\nexec "${process.execPath}" "${YARN}" "$@"\n`;
  if (!existsSync(shim) || readFileSync(shim, 'utf8') !== text) {
    mkdirSync(folder, { recursive: true });
    const part = `${shim}.part-${process.pid}`;
    writeFileSync(part, text, { mode: 0o755 });
    renameSync(part, shim);
  }
  return folder;
}
