import {
  createServiceRef,
  type ServiceRef,
} from '@backstage/backend-plugin-api';
import type {
  ClusterDetails,
  KubernetesCredential,
} from '@backstage/plugin-kubernetes-node';

/** Clusters and credentials of the kubernetes plugin, in process. This access bypasses `kubernetes.*` permissions. @public */
export interface KubernetesAccess {
  getClusters(): Promise<ClusterDetails[]>;
  /** A fresh credential; throws where the cluster's auth provider gives the server none. */
  getCredential(cluster: ClusterDetails): Promise<KubernetesCredential>;
}

/** Filled by the module in the kubernetes plugin; awaited per request, never at init. @public */
export interface KubernetesAccessRegistry {
  set(access: KubernetesAccess): void;
  /** Says why there will be none. */
  fail(because: string): void;
  /** Rejects with the reason where there is none. */
  get(): Promise<KubernetesAccess>;
}

/** @public */
export const kubernetesAccessRef: ServiceRef<
  KubernetesAccessRegistry,
  'root',
  'singleton'
> = createServiceRef<KubernetesAccessRegistry>({
  id: 'runbooks.kubernetes-access',
  scope: 'root',
});
