import { toError } from '@backstage/errors';
import type { LoggerService } from '@backstage/backend-plugin-api';

/** The annotation of a namespace that names the owner whose entities may be changed in it. */
const OWNER_ANNOTATION = 'backstage-runbooks.io/owner';
const FRESH_MS = 30_000;
const MAX_KEPT = 500;

/** Says whose a namespace is, by the cluster's own word. */
export interface NamespaceOwners {
  /** A complete reference in lower case; undefined where the namespace names nobody or cannot be read. */
  ownerOf(cluster: string, namespace: string): Promise<string | undefined>;
}

/** Reads one object of a cluster; `KubernetesClient` does. */
export interface ObjectReader {
  getJson<T>(cluster: string, path: string): Promise<T>;
}

/** Reads the annotation of namespaces, and trusts what it read for half a minute. A failure is asked again at once. */
export class AnnotatedNamespaceOwners implements NamespaceOwners {
  readonly #reader: ObjectReader;
  readonly #logger: LoggerService;
  readonly #now: () => number;
  readonly #kept = new Map<string, { owner: string | undefined; at: number }>();

  constructor(options: {
    reader: ObjectReader;
    logger: LoggerService;
    now?: () => number;
  }) {
    this.#reader = options.reader;
    this.#logger = options.logger;
    this.#now = options.now ?? Date.now;
  }

  async ownerOf(
    cluster: string,
    namespace: string,
  ): Promise<string | undefined> {
    const key = JSON.stringify([cluster, namespace]);
    const known = this.#kept.get(key);
    if (known && this.#now() - known.at < FRESH_MS) return known.owner;
    try {
      const owner = await this.#read(cluster, namespace);
      if (this.#kept.size >= MAX_KEPT) this.#kept.clear();
      this.#kept.set(key, { owner, at: this.#now() });
      return owner;
    } catch (error) {
      this.#logger.warn(
        `Whose namespace '${namespace}' of cluster '${cluster}' is cannot be read, so it is nobody's: ${
          toError(error).message
        }`,
      );
      return undefined;
    }
  }

  async #read(cluster: string, namespace: string): Promise<string | undefined> {
    const { metadata } = await this.#reader.getJson<{
      metadata?: { annotations?: Record<string, string> };
    }>(cluster, `/api/v1/namespaces/${encodeURIComponent(namespace)}`);
    const written = metadata?.annotations?.[OWNER_ANNOTATION]?.trim();
    return written ? completeRef(written.toLowerCase()) : undefined;
  }
}

/** `payments` is `group:default/payments`. */
function completeRef(text: string): string {
  const [, kind = 'group', namespace = 'default', name] =
    /^(?:([^:/]+):)?(?:([^/]+)\/)?(.+)$/.exec(text) ?? [];
  return `${kind}:${namespace}/${name}`;
}
