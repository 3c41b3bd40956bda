import {
  existsSync,
  mkdirSync,
  readFileSync,
  rmSync,
  writeFileSync,
} from 'node:fs';
import { join } from 'node:path';
import { CHECKOUT, cacheDirectory } from '../places.mjs';
import { finish } from '../processes/finish.mjs';
import { Refusal, say } from '../say.mjs';
import { toolEnvironment } from '../tools/environment.mjs';

/** The newest version; its template is Backstage 1.55.0. */
const CREATE_APP = '0.9.2';
/** What create-app itself needs is older than this day. */
const CREATE_APP_DAY = '2026-10-19';
const DAY_MS = 86_400_000;
/** A package in yarn.lock: the first of the ranges that lead to it. */
const LOCKED_BACKSTAGE = /^"(@backstage\/[^@"]+)@/gm;

/**
 * An app of somebody who has just run Backstage's create-app.
 *
 * Two things differ from an app of theirs. Versions are those that were there when the release was the newest, as in
 * an app that was made then, so that a trial tells of our packages and not of what was published overnight; and what is
 * not on every registry is held where it was, as in our own package.json. Packages of ours come from a server of packages,
 * and what they ask for is looked up today.
 */
export class FreshApp {
  path;
  /** 'new' or 'legacy': the frontend system. */
  system;
  #release;

  constructor({ path, system, release }) {
    this.path = path;
    this.system = system;
    this.#release = release;
  }

  /**
   * Makes the app from the template and installs its packages.
   *
   * @param options.release one of RELEASES
   */
  static async create({ path, system, release, packagesUrl }) {
    rmSync(path, { recursive: true, force: true });
    const app = new FreshApp({ path, system, release });
    const program = await createAppProgram();
    await app.run(
      process.execPath,
      [
        program,
        '--skip-install',
        ...(system === 'legacy' ? ['--legacy'] : []),
        '--path',
        path,
      ],
      { cwd: cacheDirectory(), env: { BACKSTAGE_APP_NAME: 'fresh-app' } },
    );
    app.#holdVersions();
    const settings = app.read('.yarnrc.yml');
    app.write('.yarnrc.yml', app.#settingsOfItsTime(settings));
    say(
      `  installing a fresh app of Backstage ${release.version}, ${system} frontend system ...`,
    );
    await app.run('yarn', ['install']);
    app.write('.yarnrc.yml', settingsOfToday(settings, packagesUrl));
    return app;
  }

  /** Runs a command in the app and returns what it wrote. @throws Refusal when it fails */
  async run(command, args, /** @type {Record<string, any>} */ options = {}) {
    const { code, output } = await this.tryToRun(command, args, options);
    if (code === 0) return output;
    throw new Refusal(
      `'${command} ${args.join(' ')}' ended with ${code}:\n${output}`,
    );
  }

  /** Runs a command in the app; returns `{ code, output }` however it ends. */
  tryToRun(command, args, { env = {}, cwd = this.path } = {}) {
    return finish(command, args, {
      cwd,
      env: this.environment(env),
      keepLines: 80,
    });
  }

  environment(additions = {}) {
    return toolEnvironment({
      YARN_ENABLE_PROGRESS_BARS: '0',
      YARN_ENABLE_TELEMETRY: '0',
      YARN_ENABLE_IMMUTABLE_INSTALLS: '0',
      // The template's configuration names it.
      GITHUB_TOKEN: 'none',
      ...additions,
    });
  }

  read(file) {
    const path = join(this.path, file);
    return existsSync(path) ? readFileSync(path, 'utf8') : '';
  }

  write(file, text) {
    const path = join(this.path, file);
    mkdirSync(join(path, '..'), { recursive: true });
    writeFileSync(path, text);
  }

  /** The packages of Backstage of which the app has more than one version. */
  doubledPackages() {
    const names = [...this.read('yarn.lock').matchAll(LOCKED_BACKSTAGE)].map(
      match => match[1],
    );
    return [...new Set(names.filter((name, at) => names.indexOf(name) !== at))];
  }

  #holdVersions() {
    const own = ownManifest();
    this.#change('package.json', manifest => {
      manifest.resolutions = { ...manifest.resolutions, ...own.resolutions };
      manifest.dependenciesMeta = own.dependenciesMeta;
    });
    if (!this.#release.isBumped) return;
    // As `backstage-cli versions:bump` does, which asks a host for the versions.
    for (const file of [
      'package.json',
      'packages/app/package.json',
      'packages/backend/package.json',
    ]) {
      this.#change(file, ({ dependencies = {}, devDependencies = {} }) => {
        for (const list of [dependencies, devDependencies]) {
          for (const name of Object.keys(list)) {
            if (name.startsWith('@backstage/')) list[name] = '*';
          }
        }
      });
    }
  }

  #change(file, change) {
    const manifest = JSON.parse(this.read(file));
    change(manifest);
    this.write(file, `${JSON.stringify(manifest, null, 2)}\n`);
  }

  /** No version that is younger than the release, but for those that we hold ourselves. */
  #settingsOfItsTime(settings) {
    const age = Date.now() - Date.parse(this.#release.lastDay);
    const held = Object.keys(ownManifest().resolutions);
    return settings
      .replace(
        /^npmMinimalAgeGate: .*$/m,
        `npmMinimalAgeGate: ${Math.floor(age / DAY_MS)}d`,
      )
      .replace(
        /^ {2}- '@backstage\/\*'$/m,
        held.map(name => `  - '${name}'`).join('\n'),
      );
  }
}

/** The template's, for whoever adds a package to the app today, with a registry for ours. */
function settingsOfToday(settings, packagesUrl) {
  return `${settings}
npmScopes:
  backstage-runbooks:
    npmRegistryServer: ${packagesUrl}
unsafeHttpWhitelist:
  - 127.0.0.1
`;
}

function ownManifest() {
  return JSON.parse(readFileSync(join(CHECKOUT, 'package.json'), 'utf8'));
}

/** Backstage's create-app, fetched once per person. */
async function createAppProgram() {
  const folder = join(cacheDirectory(), `create-app-${CREATE_APP}`);
  const program = join(
    folder,
    'node_modules',
    '@backstage',
    'create-app',
    'bin',
    'backstage-create-app',
  );
  if (existsSync(program)) return program;
  rmSync(folder, { recursive: true, force: true });
  mkdirSync(folder, { recursive: true });
  writeFileSync(
    join(folder, 'package.json'),
    JSON.stringify({
      private: true,
      dependencies: { '@backstage/create-app': CREATE_APP },
    }),
  );
  const { code, output } = await finish(
    'npm',
    ['install', '--no-audit', '--no-fund', '--before', CREATE_APP_DAY],
    { cwd: folder, env: toolEnvironment(), keepLines: 40 },
  );
  if (code !== 0) {
    rmSync(folder, { recursive: true, force: true });
    throw new Refusal(
      `Backstage's create-app could not be fetched (npm ended with ${code}):\n${output}`,
    );
  }
  return program;
}
