import { readFile } from 'node:fs/promises';
import http, {
  type ClientRequest,
  type IncomingMessage,
  type OutgoingHttpHeaders,
} from 'node:http';
import https from 'node:https';
import type {
  ClusterDetails,
  KubernetesCredential,
} from '@backstage/plugin-kubernetes-node';
import { trimmedEnd } from '@backstage-runbooks/plugin-runbooks-common';

/** Below the 60 s after which many load balancers drop an idle connection, and the 90 s of the API server. */
const IDLE_CONNECTION_MS = 30_000;
/** To one API server, for ordinary calls; further calls wait. More than all steps may have calls under way. */
const MAX_CONNECTIONS = 640;
const MAX_IDLE_CONNECTIONS = 32;

/** Finds clusters by name, and a fresh credential for each; both reject with the reason where there is none. */
export interface ClusterCredentials {
  find(clusterName: string): Promise<ClusterDetails>;
  credentialFor(cluster: ClusterDetails): Promise<KubernetesCredential>;
}

/** One request to an API server. */
export interface ClusterRequest {
  method: string;
  /** Path and query as the API server knows them, beginning with `/`. */
  path: string;
  headers: OutgoingHttpHeaders;
  signal?: AbortSignal;
  /** A connection of its own: for upgrades and watches, which keep it. */
  ownConnection?: boolean;
}

/**
 * Opens HTTP requests straight to API servers, each with a credential fetched anew.
 *
 * Honours a path in the cluster's url, http urls, `caFile` before `caData`, client certificates and `skipTLSVerify`.
 * Connections are shared between requests that use the same certificates.
 */
export class ClusterTransport {
  readonly #clusters: ClusterCredentials;
  readonly #httpAgent = new http.Agent({
    keepAlive: true,
    timeout: IDLE_CONNECTION_MS,
    maxSockets: MAX_CONNECTIONS,
    maxFreeSockets: MAX_IDLE_CONNECTIONS,
  });
  readonly #httpsAgent = new https.Agent({
    keepAlive: true,
    timeout: IDLE_CONNECTION_MS,
    maxSockets: MAX_CONNECTIONS,
    maxFreeSockets: MAX_IDLE_CONNECTIONS,
  });

  constructor(options: { clusters: ClusterCredentials }) {
    this.#clusters = options.clusters;
  }

  /**
   * Sends a request and resolves with its answer, whatever its status, once the headers are there.
   *
   * A 401 is tried once more with a fresh credential, because nothing says when a credential ends: a request that was
   * not authenticated has done nothing. A read is also sent again when a kept connection was closed in that moment.
   * Rejects with the network's error, and when the signal aborts.
   */
  async send(
    clusterName: string,
    request: ClusterRequest,
    body?: Uint8Array,
  ): Promise<IncomingMessage> {
    const answer = await this.#sendOnce(clusterName, request, body);
    if (answer.statusCode !== 401) return answer;
    answer.resume();
    return this.#sendOnce(clusterName, request, body);
  }

  /**
   * A request that was not sent yet: attach listeners, then write and `end()` it.
   * Rejects where the cluster is not known or gives no credential.
   */
  async open(
    clusterName: string,
    request: ClusterRequest,
  ): Promise<ClientRequest> {
    const cluster = await this.#clusters.find(clusterName);
    const credential = await this.#clusters.credentialFor(cluster);
    const url = new URL(cluster.url);
    const isPlain = url.protocol === 'http:';
    const sharedAgent = isPlain ? this.#httpAgent : this.#httpsAgent;
    return (isPlain ? http : https).request({
      ...addressOf(url),
      ...(isPlain ? {} : await certificatesOf(cluster, credential)),
      method: request.method,
      path: `${trimmedEnd(url.pathname, /\//)}${request.path}`,
      headers: { ...request.headers, ...authorizationOf(credential) },
      agent: request.ownConnection ? false : sharedAgent,
      signal: request.signal,
    });
  }

  async #sendOnce(
    clusterName: string,
    request: ClusterRequest,
    body?: Uint8Array,
  ): Promise<IncomingMessage> {
    for (;;) {
      const opened = await this.open(clusterName, request);
      try {
        return await new Promise<IncomingMessage>((resolve, reject) => {
          opened.on('response', resolve).on('error', reject);
          opened.end(body);
        });
      } catch (error) {
        const isUnread =
          request.method === 'GET' &&
          opened.reusedSocket &&
          hasCode(error, 'ECONNRESET');
        if (!isUnread || request.signal?.aborted) throw error;
      }
    }
  }

  /** Closes connections that nobody uses any more. */
  close(): void {
    this.#httpAgent.destroy();
    this.#httpsAgent.destroy();
  }
}

function addressOf(url: URL): { host: string; port: string | undefined } {
  // An IPv6 address has brackets in a url and none in a connection.
  return {
    host: url.hostname.replace(/^\[(.*)\]$/, '$1'),
    port: url.port || undefined,
  };
}

async function certificatesOf(
  cluster: ClusterDetails,
  credential: KubernetesCredential,
): Promise<https.RequestOptions> {
  const options: https.RequestOptions = {
    rejectUnauthorized: !cluster.skipTLSVerify,
  };
  if (cluster.caFile) {
    options.ca = await readFile(cluster.caFile);
  } else if (cluster.caData) {
    options.ca = Buffer.from(cluster.caData, 'base64');
  }
  if (credential.type === 'x509 client certificate') {
    options.cert = credential.cert;
    options.key = credential.key;
  }
  return options;
}

function authorizationOf(
  credential: KubernetesCredential,
): OutgoingHttpHeaders {
  return credential.type === 'bearer token'
    ? { authorization: `Bearer ${credential.token}` }
    : {};
}

function hasCode(error: unknown, code: string): boolean {
  return (error as { code?: unknown } | undefined)?.code === code;
}
