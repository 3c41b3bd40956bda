import type { IncomingMessage } from 'node:http';
import type { ClusterTransport } from './ClusterTransport';
import { KubernetesApiError } from './KubernetesApiError';

const REQUEST_TIMEOUT_MS = 30_000;
const MAX_RESPONSE_BYTES = 256 * 1024 * 1024;
const MAX_WATCH_LINE_BYTES = 16 * 1024 * 1024;
/** How much later than it promised a watch may end before its connection counts as dead. */
const WATCH_GRACE_MS = 15_000;
const KEEP_ALIVE_PROBE_MS = 15_000;
/** Without another form behind it: an API server that has no such answer refuses. */
const METADATA_LIST =
  'application/json;as=PartialObjectMetadataList;v=v1;g=meta.k8s.io';

/** One line of a watch. */
export interface WatchEvent {
  type: 'ADDED' | 'MODIFIED' | 'DELETED' | 'BOOKMARK';
  object: KubernetesObject;
}

/** What every Kubernetes object has. The rest is for the reader to check. */
export interface KubernetesObject {
  apiVersion?: string;
  kind?: string;
  metadata: {
    name?: string;
    namespace?: string;
    resourceVersion?: string;
    [key: string]: unknown;
  };
  [key: string]: unknown;
}

/** What is asked with `mayI`: `*` for everything; without a namespace, in the whole cluster. */
export interface Right {
  verb: string;
  group: string;
  resource: string;
  subresource?: string;
  namespace?: string;
  /** Of one object; without it, of every one. */
  name?: string;
}

/**
 * Reads from API servers with the server's own credentials.
 *
 * It only reads, and asks what it may do. Paths are those of the API server (`/api/v1/namespaces/demo/pods?labelSelector=...`), and the caller
 * has encoded what it put into them.
 */
export class KubernetesClient {
  readonly #transport: ClusterTransport;
  readonly #userAgent: string;

  constructor(options: { transport: ClusterTransport; userAgent?: string }) {
    this.#transport = options.transport;
    this.#userAgent = options.userAgent ?? 'backstage-runbooks';
  }

  /**
   * The JSON that a GET answers. Rejects with KubernetesApiError for any status but 2xx, and with the network's own
   * error where there is no answer; at the latest after 30 seconds.
   */
  async getJson<T = unknown>(
    clusterName: string,
    path: string,
    options: {
      signal?: AbortSignal;
      /** `metadata`: of a list only the metadata of its objects, whatever else they hold never leaves the API server. */
      only?: 'metadata';
    } = {},
  ): Promise<T> {
    const signal = AbortSignal.any([
      AbortSignal.timeout(REQUEST_TIMEOUT_MS),
      ...(options.signal ? [options.signal] : []),
    ]);
    const response = await this.#get(clusterName, path, {
      signal,
      ...(options.only ? { accept: METADATA_LIST } : {}),
    });
    return JSON.parse(await textOf(response, MAX_RESPONSE_BYTES));
  }

  /**
   * Whether the credential has a right, as the API server's own authorization says (`SelfSubjectAccessReview`, which
   * stores nothing). Rejects like `getJson`.
   */
  async mayI(
    clusterName: string,
    right: Right,
    { signal }: { signal: AbortSignal },
  ): Promise<boolean> {
    const path = '/apis/authorization.k8s.io/v1/selfsubjectaccessreviews';
    const review = {
      apiVersion: 'authorization.k8s.io/v1',
      kind: 'SelfSubjectAccessReview',
      spec: { resourceAttributes: right },
    };
    const response = await this.#transport.send(
      clusterName,
      {
        method: 'POST',
        path,
        headers: {
          accept: 'application/json',
          'content-type': 'application/json',
          'user-agent': this.#userAgent,
        },
        signal,
      },
      new TextEncoder().encode(JSON.stringify(review)),
    );
    await refuseFailure(response, clusterName, path);
    const answer = JSON.parse(await textOf(response, 64 * 1024));
    return answer.status?.allowed === true;
  }

  /**
   * The events of a watch, until the API server ends it after `timeoutSeconds`, the signal aborts it (both end the
   * loop quietly) or the connection fails (rejects). Bookmarks are asked for. An ERROR event rejects with
   * KubernetesApiError; status 410 says that the resource version is too old: list again.
   *
   * @param path - Of the list, with `resourceVersion` where the caller has one; `watch=1` is added.
   */
  async *watch(
    clusterName: string,
    path: string,
    options: {
      signal: AbortSignal;
      timeoutSeconds: number;
      /** Called once the API server has accepted the watch. */
      onOpen?: () => void;
    },
  ): AsyncGenerator<WatchEvent, void, undefined> {
    const { signal, timeoutSeconds } = options;
    const url = new URL(path, 'http://api.invalid');
    url.searchParams.set('watch', '1');
    url.searchParams.set('allowWatchBookmarks', 'true');
    url.searchParams.set('timeoutSeconds', String(timeoutSeconds));
    try {
      const response = await this.#get(
        clusterName,
        `${url.pathname}${url.search}`,
        { signal, ownConnection: true },
      );
      guardAgainstSilence(response, timeoutSeconds * 1000 + WATCH_GRACE_MS);
      options.onOpen?.();
      for await (const line of linesOf(response)) yield eventOf(line);
    } catch (error) {
      if (signal.aborted) return;
      throw error;
    }
  }

  async #get(
    clusterName: string,
    path: string,
    {
      accept = 'application/json',
      ...options
    }: { signal: AbortSignal; ownConnection?: boolean; accept?: string },
  ): Promise<IncomingMessage> {
    const response = await this.#transport.send(clusterName, {
      method: 'GET',
      path,
      headers: { accept, 'user-agent': this.#userAgent },
      ...options,
    });
    await refuseFailure(response, clusterName, path);
    return response;
  }
}

async function refuseFailure(
  response: IncomingMessage,
  clusterName: string,
  path: string,
): Promise<void> {
  const status = response.statusCode ?? 0;
  if (status >= 200 && status < 300) return;
  throw KubernetesApiError.fromBody(status, await textOf(response, 64 * 1024), {
    clusterName,
    path,
  });
}

/** A half-open connection never ends by itself: the watch fails instead of looking alive for ever. */
function guardAgainstSilence(response: IncomingMessage, timeoutMs: number) {
  response.socket.setKeepAlive(true, KEEP_ALIVE_PROBE_MS);
  response.socket.setTimeout(timeoutMs, () =>
    response.destroy(
      new Error(`the watch was silent for ${timeoutMs / 1000} s`),
    ),
  );
}

function eventOf(line: string): WatchEvent {
  const event = JSON.parse(line);
  if (event.type === 'ERROR') {
    throw KubernetesApiError.fromStatus(event.object);
  }
  return event;
}

async function* linesOf(response: IncomingMessage): AsyncGenerator<string> {
  response.setEncoding('utf8');
  let rest = '';
  for await (const chunk of response) {
    const lines = `${rest}${chunk}`.split('\n');
    rest = lines.pop() ?? '';
    for (const line of lines) if (line) yield line;
    if (rest.length > MAX_WATCH_LINE_BYTES) {
      throw new Error(
        `a watch event is longer than ${MAX_WATCH_LINE_BYTES} characters`,
      );
    }
  }
}

async function textOf(
  response: IncomingMessage,
  maxBytes: number,
): Promise<string> {
  const chunks: Buffer[] = [];
  let size = 0;
  for await (const chunk of response) {
    size += chunk.length;
    if (size > maxBytes) {
      throw new Error(`the answer is larger than ${maxBytes} bytes`);
    }
    chunks.push(chunk);
  }
  return Buffer.concat(chunks).toString('utf8');
}
