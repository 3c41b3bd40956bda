import { readFile } from 'node:fs/promises';
import type {
  ClusterDetails,
  KubernetesCredential,
} from '@backstage/plugin-kubernetes-node';
import type { RunCredential } from '../health/clusterSettings';
import type { ClusterCredentials } from './ClusterTransport';

/**
 * The same clusters with the credentials that are for runs alone.
 *
 * Whoever has the permission `kubernetes.proxy` acts with the credential of the kubernetes plugin, past every border of
 * this one. So where that credential may only read, and runs have one of their own, only the gateway can change anything.
 */
export class RunCredentials implements ClusterCredentials {
  readonly #clusters: ClusterCredentials;
  readonly #own: (clusterName: string) => RunCredential | undefined;

  /** @param options - `own`: of a cluster without one, that of `clusters` is used. */
  constructor(options: {
    clusters: ClusterCredentials;
    own(clusterName: string): RunCredential | undefined;
  }) {
    this.#clusters = options.clusters;
    this.#own = options.own;
  }

  find(clusterName: string): Promise<ClusterDetails> {
    return this.#clusters.find(clusterName);
  }

  /** @throws where the file of the token cannot be read or is empty; the message names the file and no token. */
  async credentialFor(cluster: ClusterDetails): Promise<KubernetesCredential> {
    const own = this.#own(cluster.name);
    if (own === undefined) return this.#clusters.credentialFor(cluster);
    const token =
      'token' in own
        ? own.token
        : (await readFile(own.tokenFile, 'utf8')).trim();
    if (token === '') {
      throw new Error(
        `The file with the token of runs for cluster '${cluster.name}' is empty`,
      );
    }
    return { type: 'bearer token', token };
  }
}
