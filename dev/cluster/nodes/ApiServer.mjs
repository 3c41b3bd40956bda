import { readFileSync } from 'node:fs';
import { Agent, request } from 'node:https';
import { setTimeout as delay } from 'node:timers/promises';

const RETRY_MS = 1000;
const WATCH_SECONDS = 600;

/** Speaks to the API server of the cluster as the simulated nodes. */
export class ApiServer {
  #url;
  #token;
  #agent;
  #ca;

  /** @param kubeconfig path of a kubeconfig written as JSON, with a token and the authority inside */
  static fromKubeconfig(kubeconfig) {
    const { clusters, users } = JSON.parse(readFileSync(kubeconfig, 'utf8'));
    return new ApiServer({
      url: new URL(clusters[0].cluster.server),
      ca: Buffer.from(
        clusters[0].cluster['certificate-authority-data'],
        'base64',
      ),
      token: users[0].user.token,
    });
  }

  constructor({ url, ca, token }) {
    this.#url = url;
    this.#ca = ca;
    this.#token = token;
    this.#agent = new Agent({ keepAlive: true, maxSockets: 16, ca });
  }

  get(path) {
    return this.#call('GET', path);
  }

  create(path, body) {
    return this.#call('POST', path, body);
  }

  delete(path, body) {
    return this.#call('DELETE', path, body);
  }

  /** Merges `body` into the object: what is null is removed, lists are replaced. */
  merge(path, body) {
    return this.#call('PATCH', path, body, 'application/merge-patch+json');
  }

  /**
   * Calls `onChange(type, object)` for every object that there is, as ADDED, and
   * then for every change, for ever; after a break it lists again.
   */
  async watch(path, onChange) {
    for (;;) {
      try {
        const { body } = await this.get(path);
        for (const object of body.items) onChange('ADDED', object);
        await this.#watchFrom(path, body.metadata.resourceVersion, onChange);
      } catch (error) {
        console.error(`watching ${path}: ${error.message}`);
        await delay(RETRY_MS);
      }
    }
  }

  #watchFrom(path, resourceVersion, onChange) {
    return new Promise((resolve, reject) => {
      const query = `watch=1&timeoutSeconds=${WATCH_SECONDS}&resourceVersion=${resourceVersion}`;
      const call = request(
        {
          ...this.#target(`${path}?${query}`),
          agent: false,
          ca: this.#ca,
          headers: this.#headers(),
        },
        response => {
          let rest = '';
          response.setEncoding('utf8');
          response.on('data', chunk => {
            const lines = (rest + chunk).split('\n');
            rest = lines.pop();
            for (const { type, object } of lines.map(line =>
              JSON.parse(line),
            )) {
              if (type === 'ERROR') response.destroy();
              else onChange(type, object);
            }
          });
          response.on('close', resolve);
        },
      );
      call.on('error', reject);
      call.end();
    });
  }

  #call(method, path, body, type = 'application/json') {
    // The length is given because Node sends no body with a DELETE otherwise.
    const data =
      body === undefined ? undefined : Buffer.from(JSON.stringify(body));
    const content = data
      ? { 'content-type': type, 'content-length': data.length }
      : {};
    return new Promise((resolve, reject) => {
      const call = request(
        {
          ...this.#target(path),
          method,
          agent: this.#agent,
          headers: { ...this.#headers(), ...content },
        },
        response => {
          const chunks = [];
          response.on('data', chunk => chunks.push(chunk));
          response.on('error', reject);
          response.on('end', () => {
            const text = Buffer.concat(chunks).toString('utf8');
            resolve({
              status: response.statusCode,
              body: text ? JSON.parse(text) : {},
            });
          });
        },
      );
      call.on('error', reject);
      call.end(data);
    });
  }

  #target(path) {
    return { host: this.#url.hostname, port: this.#url.port, path };
  }

  #headers() {
    return {
      authorization: `Bearer ${this.#token}`,
      accept: 'application/json',
    };
  }
}
