import { createWriteStream, mkdirSync } from 'node:fs';
import { get } from 'node:http';
import { dirname } from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';
import { CHECKOUT, makePassableDirectory } from '../places.mjs';
import { readLines } from '../processes/finish.mjs';
import { Refusal } from '../say.mjs';
import { toolEnvironment } from '../tools/environment.mjs';
import { attachedSettings } from './attachRunbooks.mjs';

const PATIENCE_MS = 300_000;
const LOOK_AGAIN_MS = 500;
/** Errors of the backend's log, and what the compiler of the pages cannot do. */
const WORTH_SHOWING =
  /^\S+Z \S+ error |^\s*(ERROR|Error:|×)|Module not found|Failed to compile/;
/** Colours and the like. */
// eslint-disable-next-line no-control-regex
const ESCAPES = /\u001b\[[\d;]*m/g;
const KEPT_LINES = 30;

/** The portal: app and backend as `backstage-cli repo start` runs them. */
export class Portal {
  #child;
  #ports;
  #lastLines = [];

  /**
   * Starts it; `untilReady` tells when it answers.
   *
   * @param options.settings what `portalEnvironment` takes
   * @param options.verbose shows all that it writes; else errors only, the rest is in the log file
   */
  constructor({ ports, settings, register, logFile, verbose = false }) {
    this.#ports = ports;
    this.#child = register.start('backstage-cli', ['repo', 'start'], {
      name: 'the portal',
      cwd: CHECKOUT,
      stdio: ['ignore', 'pipe', 'pipe'],
      env: toolEnvironment({
        ...portalEnvironment(settings),
        ...portSettings(ports),
        FORCE_COLOR: process.stdout.isTTY ? '1' : '0',
      }),
    });
    this.#copyOutput(logFile, verbose);
  }

  /** Resolves with the exit code and signal when the portal ends, for whatever reason. */
  get exited() {
    return this.#child.exited;
  }

  /** The last lines that it wrote. */
  get lastLines() {
    return this.#lastLines.join('\n');
  }

  /**
   * Waits until backend and pages answer and people can sign in, which takes a catalog that has read them; throws a
   * Refusal when the portal ends before.
   */
  async untilReady() {
    let ended = false;
    this.exited.then(() => {
      ended = true;
    });
    const backend = `http://127.0.0.1:${this.#ports.backend}`;
    /** @type {[string, (address: string) => Promise<boolean>][]} */
    const needs = [
      [`${backend}/.backstage/health/v1/readiness`, answers],
      [`http://localhost:${this.#ports.app}/`, answers],
      [`${backend}/api/auth/demo/start`, listsEverybody()],
    ];
    const giveUpAt = Date.now() + PATIENCE_MS;
    for (const [address, isReady] of needs) {
      while (!(await isReady(address))) {
        if (ended)
          throw new Refusal(
            `The portal ended before it was ready. Its last lines:\n${this.lastLines}`,
          );
        if (Date.now() > giveUpAt)
          throw new Refusal(
            `The portal was not ready at ${address} within ${
              PATIENCE_MS / 1000
            } seconds. Its last lines:\n${this.lastLines}`,
          );
        await delay(LOOK_AGAIN_MS);
      }
    }
  }

  #copyOutput(logFile, verbose) {
    mkdirSync(dirname(logFile), { recursive: true });
    const log = createWriteStream(logFile, { mode: 0o600 });
    const take = line => {
      log.write(`${line}\n`);
      this.#lastLines.push(line);
      if (this.#lastLines.length > KEPT_LINES) this.#lastLines.shift();
      if (verbose || isWorthShowing(line)) process.stdout.write(`  ${line}\n`);
    };
    readLines(this.#child.stdout, take);
    readLines(this.#child.stderr, take);
  }
}

function isWorthShowing(line) {
  return WORTH_SHOWING.test(line.replace(ESCAPES, ''));
}

/** What app-config.yaml names with ${...}. */
function portalEnvironment(settings) {
  const { tools, database, access, noticeFile, runs, attached } = settings;
  const postgres = database && {
    POSTGRES_HOST: database.host,
    POSTGRES_PORT: String(database.port),
    POSTGRES_USER: database.user,
    POSTGRES_PASSWORD: database.password,
  };
  return {
    ...postgres,
    ...attachedSettings(attached),
    RUNBOOKS_CLUSTER_URL: access.url,
    RUNBOOKS_CLUSTER_TOKEN: access.token,
    RUNBOOKS_RUNS_TOKEN: access.runsToken,
    RUNBOOKS_CLUSTER_CA_FILE: access.caFile,
    RUNBOOKS_CLUSTER_NOTICE_FILE: noticeFile,
    RUNBOOKS_TOOLS_DIRECTORY: tools,
    RUNBOOKS_DATA_DIRECTORY: makePassableDirectory(runs),
  };
}

/** Settings that follow from the ports; Backstage reads them as configuration. */
function portSettings(ports) {
  const app = `http://localhost:${ports.app}`;
  const backend = `http://localhost:${ports.backend}`;
  return {
    APP_CONFIG_app_baseUrl: JSON.stringify(app),
    APP_CONFIG_app_listen_port: String(ports.app),
    APP_CONFIG_backend_baseUrl: JSON.stringify(backend),
    APP_CONFIG_backend_listen_port: String(ports.backend),
    APP_CONFIG_backend_cors_origin: JSON.stringify(app),
  };
}

/** Whether the sign-in page lists people, and as many as when it was looked at before: the catalog reads one by one. */
function listsEverybody() {
  let before;
  return async address => {
    const listed = await read(address);
    const isSame = listed === before && /"userRef"/.test(listed ?? '');
    before = listed;
    return isSame;
  };
}

async function answers(address) {
  return (await read(address)) !== undefined;
}

/** The text at an address; undefined where it does not answer with 200. */
function read(address) {
  return new Promise(resolve => {
    const request = get(
      address,
      { agent: false, timeout: 5000, headers: { accept: 'text/html' } },
      async response => {
        const chunks = await response.toArray().catch(() => undefined);
        const isGood = response.statusCode === 200 && chunks !== undefined;
        resolve(isGood ? Buffer.concat(chunks).toString() : undefined);
      },
    );
    request.on('timeout', () => request.destroy());
    request.on('error', () => resolve(undefined));
  });
}
