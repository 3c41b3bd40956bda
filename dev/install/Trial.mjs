import { join } from 'node:path';
import { stringify } from 'yaml';
import { say } from '../say.mjs';
import { driveRun, findProcedure } from './driveRun.mjs';
import { follow, readmeBlocks } from './followReadme.mjs';
import { FreshApp } from './FreshApp.mjs';
import { lookAtPages } from './lookAtPages.mjs';
import { RunningApp } from './RunningApp.mjs';

const TITLE = 'Scale the payments API';

/** What a backend can do without: the packages that its index.ts adds, and what its configuration says then. */
const OPTIONAL = {
  kubernetes: { packages: /plugin-kubernetes-backend'/ },
  notifications: { packages: /notifications/ },
  signals: { packages: /plugin-signals-backend'/ },
  search: { packages: /plugin-search-backend/ },
  permissions: {
    packages: /plugin-permission-backend/,
    env: { APP_CONFIG_permission_enabled: 'false' },
  },
};

/** A fresh app in which the README is followed, part by part. */
export class Trial {
  #app;
  #context;
  #release;
  #system;
  #runs = 0;
  /** What the README's commands left in the environment, beside what was there. */
  #environment;

  /**
   * @param options.release one of RELEASES
   * @param options.system the frontend system: 'new' or 'legacy'
   * @param context `{ folder, register, packagesUrl, environment, kubeconfig, browser, replicas }`; `environment` is what
   *   the README takes for granted of a database and tools, `kubeconfig` may do everything in the cluster
   */
  constructor({ release, system }, context) {
    this.#release = release;
    this.#system = system;
    this.#context = context;
    this.#environment = context.environment;
  }

  get #name() {
    return `${this.#release.version}-${this.#system}`;
  }

  /** What the README says of installing, of the service, and of the old frontend system where it is one. */
  async install() {
    const { folder, packagesUrl } = this.#context;
    this.#app = await FreshApp.create({
      path: join(folder, this.#name),
      system: this.#system,
      release: this.#release,
      packagesUrl,
    });
    const doubledBefore = this.#app.doubledPackages();
    await this.#follow('Install it into your Backstage');
    if (this.#app.system === 'legacy') {
      await this.#follow('In an app of the old frontend system');
    }
    this.#expectNoSecondCopies(doubledBefore);
    await this.#follow('Give a service its runbooks');
    await this.#app.run('yarn', ['tsc']);
  }

  /** What an app has once, it has once with our packages. */
  #expectNoSecondCopies(before) {
    const ours = this.#app
      .doubledPackages()
      .filter(name => !before.includes(name));
    if (ours.length > 0) {
      throw new Error(`our packages brought second copies of ${ours}`);
    }
  }

  /** The backend's configuration is right, and a wrong key in it is named. */
  async checkConfiguration() {
    const check = (...files) =>
      this.#app.tryToRun(
        'yarn',
        [
          'backstage-cli',
          'config:check',
          '--strict',
          ...files.flatMap(file => ['--config', file]),
        ],
        { env: this.#environment },
      );
    this.#app.write(
      'readme.yaml',
      readmeBlocks('Configuration').find(one => one.language === 'yaml').text,
    );
    const right = await check('app-config.yaml', 'readme.yaml');
    if (right.code !== 0) throw new Error(right.output);
    this.#app.write(
      'wrong.yaml',
      stringify({ runbooks: { scopes: { trustCatalogue: true } } }),
    );
    const wrong = await check('app-config.yaml', 'wrong.yaml');
    if (wrong.code === 0 || !wrong.output.includes('trustCatalogue')) {
      throw new Error(
        `config:check did not name trustCatalogue: ${wrong.output}`,
      );
    }
  }

  /** On SQLite and without a cluster: runbooks are read, and the page says what it takes to run them. */
  async readOnSqlite() {
    await this.#whileRunning({ pages: true }, async app => {
      await this.#untilRead(app);
      await lookAtPages({
        browser: this.#context.browser,
        url: app.url,
        name: `install-${this.#name}-sqlite`,
        says: /PostgreSQL/,
      });
    });
  }

  /** With the README's cluster and PostgreSQL: a step that reads, and a change that a colleague approves. */
  async runOnPostgres() {
    await this.#follow('Let runs reach the cluster');
    await this.#follow('Keep runs in PostgreSQL');
    const [asks, approves] = guestsOf('Run it');
    await this.#whileRunning({ user: asks, pages: true }, requester =>
      this.#whileRunning({ user: approves }, async approver => {
        await this.#untilRead(requester);
        await this.#untilRead(approver);
        await driveRun({
          requester,
          approver,
          entity: 'payments-api',
          title: TITLE,
          parameters: { REPLICAS: this.#context.replicas },
        });
        await lookAtPages({
          browser: this.#context.browser,
          url: requester.url,
          name: `install-${this.#name}-postgres`,
          says: 'Start run',
        });
      }),
    );
  }

  /** The names of the plugins that a backend can do without. */
  static get optional() {
    return Object.keys(OPTIONAL);
  }

  /** The catalog answers, and runbooks are read, in a backend without one of these. */
  async workWithout(name) {
    const file = 'packages/backend/src/index.ts';
    const whole = this.#app.read(file);
    const statements = whole.split(/(?=^backend\.)/m);
    const without = statements
      .filter(statement => !OPTIONAL[name].packages.test(statement))
      .join('');
    if (without === whole) throw new Error(`${file} has nothing of ${name}`);
    this.#app.write(file, without);
    try {
      await this.#whileRunning({ env: OPTIONAL[name].env }, async app => {
        await this.#untilRead(app);
        await app.told(
          'catalog/entities/by-name/component/default/payments-api',
        );
      });
    } finally {
      this.#app.write(file, whole);
    }
  }

  async #follow(heading) {
    const { kubeconfig } = this.#context;
    for (const block of readmeBlocks(heading)) {
      say(`  README.md:${block.line} ${block.file ?? block.language}`);
      const exported = await follow(this.#app, block, {
        ...this.#environment,
        KUBECONFIG: kubeconfig,
      });
      this.#environment = { ...this.#environment, ...exported };
    }
  }

  /** The catalog needs a moment to read what is registered. */
  async #untilRead(app) {
    const giveUpAt = Date.now() + 60_000;
    for (;;) {
      try {
        await findProcedure(app, 'payments-api', TITLE);
        return;
      } catch (error) {
        if (Date.now() > giveUpAt) throw error;
        await new Promise(resolve => {
          setTimeout(resolve, 1000);
        });
      }
    }
  }

  async #whileRunning(options, act) {
    this.#runs += 1;
    const running = await RunningApp.start({
      user: guestsOf('Give a service its runbooks')[0],
      ...options,
      app: this.#app,
      env: { ...this.#environment, ...options.env },
      register: this.#context.register,
      logFile: join(this.#context.folder, `${this.#name}-${this.#runs}.log`),
    });
    try {
      return await act(running);
    } catch (error) {
      error.message += `\nThe app wrote last:\n${running.lastLines()}`;
      throw error;
    } finally {
      await running.stop();
    }
  }
}

/** Whom the guest of an app is, one after another, where the README says how to start it. */
function guestsOf(heading) {
  return readmeBlocks(heading)
    .filter(({ language }) => language === 'sh')
    .map(({ text }) => /^GUEST=(\S+) yarn start$/m.exec(text)[1]);
}
