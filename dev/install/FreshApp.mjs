import {
  copyFileSync,
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

/** The version whose template is Backstage 1.55.0. */
const CREATE_APP = '0.9.2';
/** Nothing that was published later belongs to that release; mixed with it, an app has second copies of Backstage. */
const LAST_DAY = Date.parse('2026-11-10');
const DAY_MS = 86_400_000;

/**
 * An app of somebody who has just run Backstage's create-app.
 *
 * Two things differ from an app of theirs. Versions are those of our lock file, and for all else those that were there
 * when the release was the newest, so that a trial tells of our packages and not of what was published overnight; and
 * what is not on every registry is held where it was, as in our own package.json. Packages of ours come from a server
 * of packages.
 */
export class FreshApp {
  path;
  /** 'new' or 'legacy': the frontend system. */
  system;

  constructor(path, system) {
    this.path = path;
    this.system = system;
  }

  /** Makes the app from the template and installs its packages. */
  static async create({ path, system, packagesUrl }) {
    rmSync(path, { recursive: true, force: true });
    const app = new FreshApp(path, system);
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
    app.#takePackagesFrom(packagesUrl);
    say(`  installing a fresh app of the ${system} frontend system ...`);
    await app.run('yarn', ['install']);
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

  #holdVersions() {
    const own = JSON.parse(
      readFileSync(join(CHECKOUT, 'package.json'), 'utf8'),
    );
    const manifest = JSON.parse(this.read('package.json'));
    manifest.resolutions = { ...manifest.resolutions, ...own.resolutions };
    manifest.dependenciesMeta = own.dependenciesMeta;
    this.write('package.json', `${JSON.stringify(manifest, null, 2)}\n`);
    copyFileSync(join(CHECKOUT, 'yarn.lock'), join(this.path, 'yarn.lock'));
  }

  #takePackagesFrom(url) {
    const days = Math.floor((Date.now() - LAST_DAY) / DAY_MS);
    const settings = this.read('.yarnrc.yml')
      .replace(/^npmMinimalAgeGate: .*$/m, `npmMinimalAgeGate: ${days}d`)
      .replace(/^ {2}- '@backstage\/\*'$/m, `  - '@backstage-runbooks/*'`);
    this.write(
      '.yarnrc.yml',
      `${settings}
npmScopes:
  backstage-runbooks:
    npmRegistryServer: ${url}
unsafeHttpWhitelist:
  - 127.0.0.1
`,
    );
  }
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
  const { resolutions } = JSON.parse(
    readFileSync(join(CHECKOUT, 'package.json'), 'utf8'),
  );
  rmSync(folder, { recursive: true, force: true });
  mkdirSync(folder, { recursive: true });
  writeFileSync(
    join(folder, 'package.json'),
    JSON.stringify({
      private: true,
      dependencies: { '@backstage/create-app': CREATE_APP },
      overrides: {
        '@backstage/cli-common': resolutions['@backstage/cli-common'],
        '@backstage/errors': resolutions['@backstage/errors'],
      },
    }),
  );
  const { code, output } = await finish(
    'npm',
    ['install', '--no-audit', '--no-fund'],
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
