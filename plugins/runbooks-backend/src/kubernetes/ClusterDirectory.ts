import { NotFoundError } from '@backstage/errors';
import type {
  ClusterDetails,
  KubernetesCredential,
} from '@backstage/plugin-kubernetes-node';
import type { KubernetesAccessRegistry } from '@backstage-runbooks/plugin-runbooks-node';

const CLUSTER_LIST_AGE_MS = 60_000;

/** What can be said about a cluster before anybody needs it. */
export type ClusterTrial =
  | { name: string; usable: true }
  | { name: string; usable: false; because: string };

/**
 * The clusters that the kubernetes plugin knows, and a credential for each.
 *
 * The list is asked for at most once a minute, because a catalog locator takes tens of milliseconds for it; a name
 * that is not in the list is looked for once more at once. A failed answer is never kept.
 */
export class ClusterDirectory {
  readonly #access: KubernetesAccessRegistry;
  readonly #now: () => number;
  #cached: { clusters: Promise<ClusterDetails[]>; at: number } | undefined;

  constructor(options: {
    access: KubernetesAccessRegistry;
    now?: () => number;
  }) {
    this.#access = options.access;
    this.#now = options.now ?? (() => performance.now());
  }

  /** All clusters. Rejects with the reason where there is no access to the kubernetes plugin. */
  async list(): Promise<ClusterDetails[]> {
    const age = this.#cached && this.#now() - this.#cached.at;
    if (this.#cached && age !== undefined && age < CLUSTER_LIST_AGE_MS) {
      return this.#cached.clusters;
    }
    return this.#load();
  }

  /** The cluster of that name. Throws NotFoundError that names those that are known. */
  async find(name: string): Promise<ClusterDetails> {
    const byName = (clusters: ClusterDetails[]) =>
      clusters.find(cluster => cluster.name === name);
    const found = byName(await this.list()) ?? byName(await this.#load());
    if (found) return found;
    const known = (await this.list()).map(cluster => `'${cluster.name}'`);
    throw new NotFoundError(
      `Cluster '${name}' is not known to the kubernetes plugin; it knows ${
        known.join(', ') || 'none'
      }`,
    );
  }

  /** A fresh credential. Rejects where the cluster's auth provider gives the server none. */
  async credentialFor(cluster: ClusterDetails): Promise<KubernetesCredential> {
    const access = await this.#access.get();
    return access.getCredential(cluster);
  }

  /**
   * Asks for a credential of each cluster once, to name those whose credential needs a browser. A failure may also
   * be a passing fault: it is worth showing, not worth remembering.
   */
  async tryAll(): Promise<ClusterTrial[]> {
    const clusters = await this.list();
    return Promise.all(
      clusters.map(async (cluster): Promise<ClusterTrial> => {
        try {
          await this.credentialFor(cluster);
          return { name: cluster.name, usable: true };
        } catch (error) {
          const because = error instanceof Error ? error.message : `${error}`;
          return { name: cluster.name, usable: false, because };
        }
      }),
    );
  }

  #load(): Promise<ClusterDetails[]> {
    const clusters = this.#access.get().then(access => access.getClusters());
    const entry = { clusters, at: this.#now() };
    this.#cached = entry;
    clusters.catch(() => {
      if (this.#cached === entry) this.#cached = undefined;
    });
    return clusters;
  }
}
