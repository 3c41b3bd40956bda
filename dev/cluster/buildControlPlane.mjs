import { createHash } from 'node:crypto';
import {
  cpSync,
  existsSync,
  mkdirSync,
  readFileSync,
  readdirSync,
  renameSync,
  rmSync,
} from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { cacheDirectory } from '../places.mjs';
import { finish } from '../processes/finish.mjs';
import { Lock } from '../processes/Lock.mjs';
import { findGo } from '../tools/go.mjs';

const SOURCES = join(dirname(fileURLToPath(import.meta.url)), 'control-plane');
const PACKAGES = [
  '.',
  'k8s.io/kubernetes/cmd/kubectl',
  'helm.sh/helm/v3/cmd/helm',
];
const KUBERNETES = {
  gitMajor: '1',
  gitMinor: '33',
  gitVersion: 'v1.33.13',
  gitTreeState: 'clean',
};
const HELM = 'v3.18.6';

/** Says how far the build is before the first package is compiled. */
const ASSUMED_MINUTES = 9;

/**
 * Where the built programs are, or undefined when they have to be built.
 *
 * The folder holds `control-plane`, `kubectl` and `helm`.
 */
export function builtControlPlane() {
  const folder = binFolder();
  return existsSync(folder) ? folder : undefined;
}

/**
 * Builds control plane, kubectl and helm from their Go modules, once per
 * person and version; a second caller waits for the first.
 *
 * Takes about nine minutes on two cores and next to nothing once built.
 *
 * @param {{ onProgress?: (step: any) => void }} [options]
 * @param options.onProgress called with `{ text, percent, minutesLeft }`
 * @returns `{ folder }`, or `{ missing }` with the reason as a sentence part
 */
export async function buildControlPlane({ onProgress = () => {} } = {}) {
  const built = builtControlPlane();
  if (built) return { folder: built };
  const lock = new Lock(join(cacheDirectory(), 'control-plane.lock'));
  return lock.hold(
    () => buildOnce(onProgress),
    holder =>
      onProgress({
        text: `process ${holder.pid} builds it already; waiting for it`,
        percent: 0,
        minutesLeft: ASSUMED_MINUTES,
      }),
  );
}

async function buildOnce(onProgress) {
  const folder = binFolder();
  if (existsSync(folder)) return { folder };
  const go = await findGo();
  if (go.missing) return { missing: go.missing };

  removeUnfinished(folder);
  const part = `${folder}.part-${process.pid}`;
  mkdirSync(part, { recursive: true });
  const env = {
    ...process.env,
    ...go.env,
    CGO_ENABLED: '0',
    GOFLAGS: '-mod=readonly',
    GOWORK: 'off',
  };
  const trouble = await compile({ go: go.program, env, part, onProgress });
  if (trouble) {
    rmSync(part, { recursive: true, force: true });
    return { missing: trouble };
  }
  renameSync(part, folder);
  return { folder };
}

/** Returns undefined when all three programs are in `part`, else what went wrong. */
async function compile({ go, env, part, onProgress }) {
  // The sources are copied so that Go finds no other go.mod or vendor folder above them.
  const sources = `${part}-src`;
  cpSync(SOURCES, sources, { recursive: true });
  const options = { cwd: sources, env, lowPriority: true, keepLines: 20 };
  try {
    onProgress({
      text: 'fetching the sources of Kubernetes',
      percent: 0,
      minutesLeft: ASSUMED_MINUTES,
    });
    let packages = 0;
    const listed = await finish(go, ['list', '-deps', ...PACKAGES], {
      ...options,
      onLine: () => {
        packages += 1;
      },
    });
    if (listed.code !== 0)
      return `the sources of Kubernetes could not be fetched: ${lastLine(
        listed.output,
      )}`;

    const progress = estimate(packages, onProgress);
    const built = await finish(
      go,
      [
        'build',
        '-v',
        '-trimpath',
        '-ldflags',
        linkerFlags(),
        '-o',
        `${part}/`,
        ...PACKAGES,
      ],
      { ...options, onLine: progress },
    );
    return built.code === 0
      ? undefined
      : `the control plane could not be built: ${lastLine(built.output)}`;
  } finally {
    rmSync(sources, { recursive: true, force: true });
  }
}

/** Turns each compiled package that Go names into a share of the whole and the time that is left. */
function estimate(total, onProgress) {
  const startedAt = Date.now();
  let done = 0;
  onProgress({
    text: 'building the API server',
    percent: 0,
    minutesLeft: ASSUMED_MINUTES,
  });
  return () => {
    done += 1;
    const share = Math.min(done / total, 0.99);
    const elapsedMinutes = (Date.now() - startedAt) / 60_000;
    const left =
      share < 0.05 ? ASSUMED_MINUTES : elapsedMinutes * (1 / share - 1);
    onProgress({
      text: 'building the API server',
      percent: Math.floor(share * 100),
      minutesLeft: Math.max(1, Math.ceil(left)),
    });
  };
}

function linkerFlags() {
  const version = Object.entries(KUBERNETES).map(
    ([name, value]) => `-X k8s.io/component-base/version.${name}=${value}`,
  );
  return [
    '-s',
    '-w',
    ...version,
    `-X helm.sh/helm/v3/internal/version.version=${HELM}`,
  ].join(' ');
}

/** Named after everything that goes into the build, so that another version never meets an old program. */
function binFolder() {
  const hash = createHash('sha256').update(linkerFlags());
  for (const file of readdirSync(SOURCES).sort()) {
    hash.update(file).update(readFileSync(join(SOURCES, file)));
  }
  return join(
    cacheDirectory(),
    'control-plane',
    hash.digest('hex').slice(0, 16),
  );
}

/** What builds left behind that were killed; the lock says that none of them lives. */
function removeUnfinished(folder) {
  const parent = dirname(folder);
  if (!existsSync(parent)) return;
  readdirSync(parent)
    .filter(name => name.includes('.part-'))
    .forEach(name =>
      rmSync(join(parent, name), { recursive: true, force: true }),
    );
}

function lastLine(output) {
  return output.trim().split('\n').pop();
}
