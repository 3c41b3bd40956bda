import { readFileSync } from 'node:fs';
import { setTimeout as delay } from 'node:timers/promises';
import { Refusal } from '../say.mjs';
import { freePorts } from '../start/ports.mjs';

const PATIENCE_MS = 240_000;
const LOOK_AGAIN_MS = 500;
const SHOWN_LINES = 20;
// eslint-disable-next-line no-control-regex
const COLOURS = /\u001b\[[\d;]*m/g;

/** A backend of a fresh app, with or without its pages, that runs until `stop`. */
export class RunningApp {
  #child;
  #register;
  #ports;
  #token;
  #logFile;

  /**
   * Starts it as its owner would, and waits until it answers.
   *
   * @param options.pages starts the pages too
   * @param options.env what its configuration names with ${...}
   * @param options.user whom the guest provider makes of whoever signs in
   * @throws Refusal with its last words when it ends before it answers
   */
  static async start({ app, pages, env, user, register, logFile }) {
    const [appPort, backendPort] = await freePorts(2);
    const running = new RunningApp();
    running.#register = register;
    running.#ports = { app: appPort, backend: backendPort };
    running.#logFile = logFile;
    const words = pages ? ['start'] : ['workspace', 'backend', 'start'];
    running.#child = register.start('yarn', words, {
      name: 'the fresh app',
      cwd: app.path,
      logFile,
      env: app.environment({
        ...env,
        ...addresses(running.#ports),
        GUEST: user,
      }),
    });
    try {
      await running.#untilReady(pages);
    } catch (error) {
      await running.stop();
      throw error;
    }
    return running;
  }

  get url() {
    return `http://localhost:${this.#ports.app}`;
  }

  /** What it wrote last, but for the requests that it answered. */
  lastLines() {
    return readFileSync(this.#logFile, 'utf8')
      .replace(COLOURS, '')
      .split('\n')
      .filter(line => line.trim() && !line.includes('incomingRequest'))
      .slice(-SHOWN_LINES)
      .join('\n');
  }

  async stop() {
    await this.#register.stop(this.#child);
  }

  /** Asks a plugin of the backend as the person who is signed in: `{ status, body }`. */
  async ask(route, body) {
    this.#token ??= await this.#signIn();
    const response = await fetch(`${this.#backend}/api/${route}`, {
      method: body ? 'POST' : 'GET',
      headers: {
        authorization: `Bearer ${this.#token}`,
        'content-type': 'application/json',
      },
      body: body && JSON.stringify(body),
    });
    const text = await response.text();
    return {
      status: response.status,
      body: text ? JSON.parse(text) : undefined,
    };
  }

  /** The body of an answer. @throws when it is a refusal */
  async told(route, body) {
    const answer = await this.ask(route, body);
    if (answer.status >= 300) {
      throw new Error(
        `${route} answered ${answer.status}: ${JSON.stringify(answer.body)}`,
      );
    }
    return answer.body;
  }

  get #backend() {
    return `http://127.0.0.1:${this.#ports.backend}`;
  }

  async #signIn() {
    const response = await fetch(`${this.#backend}/api/auth/guest/refresh`, {
      method: 'POST',
    });
    return (await response.json()).backstageIdentity.token;
  }

  async #untilReady(pages) {
    let ended = false;
    this.#child.exited.then(() => {
      ended = true;
    });
    const wanted = [`${this.#backend}/.backstage/health/v1/readiness`];
    if (pages) wanted.push(this.url);
    const giveUpAt = Date.now() + PATIENCE_MS;
    for (const address of wanted) {
      while (!(await answers(address))) {
        if (ended || Date.now() > giveUpAt) {
          throw new Refusal(
            `The fresh app ${
              ended ? 'ended before it answered' : 'did not answer'
            } at ${address}; it wrote last:\n${this.lastLines()}`,
          );
        }
        await delay(LOOK_AGAIN_MS);
      }
    }
  }
}

function addresses({ app, backend }) {
  return {
    APP_CONFIG_app_baseUrl: JSON.stringify(`http://localhost:${app}`),
    APP_CONFIG_app_listen_port: String(app),
    APP_CONFIG_backend_baseUrl: JSON.stringify(`http://localhost:${backend}`),
    APP_CONFIG_backend_listen_port: String(backend),
    APP_CONFIG_backend_cors_origin: JSON.stringify(`http://localhost:${app}`),
  };
}

async function answers(address) {
  try {
    const response = await fetch(address, {
      signal: AbortSignal.timeout(5000),
    });
    return response.status === 200;
  } catch {
    return false;
  }
}
