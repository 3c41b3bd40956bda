import { existsSync } from 'node:fs';
import {
  coreServices,
  createBackendModule,
} from '@backstage/backend-plugin-api';
import {
  ANNOTATION_KUBERNETES_AUTH_PROVIDER,
  SERVICEACCOUNT_CA_PATH,
} from '@backstage/plugin-kubernetes-common';
import {
  kubernetesObjectsProviderExtensionPoint,
  kubernetesRouterExtensionPoint,
  type AuthenticationStrategy,
  type ClusterDetails,
  type KubernetesClustersSupplier,
  type KubernetesCredential,
  type KubernetesRouterFactory,
} from '@backstage/plugin-kubernetes-node';
import { kubernetesAccessRef } from '@backstage-runbooks/plugin-runbooks-node';
import { ACCESS_MODULE_ID } from './AwaitedAccessRegistry';

/**
 * Takes clusters and credentials from the kubernetes plugin, in process, without changing anything of that plugin.
 *
 * Its extension points hold one value each, and a second registration stops the whole backend. The router's is asked
 * first because almost nobody uses it; the default router stays. If an integrator's router comes later, it replaces
 * the default one here; if it came earlier, the objects provider's point is used the same way.
 */
export const kubernetesAccessModule = createBackendModule({
  pluginId: 'kubernetes',
  moduleId: ACCESS_MODULE_ID,
  register(reg) {
    reg.registerInit({
      deps: {
        router: kubernetesRouterExtensionPoint,
        objects: kubernetesObjectsProviderExtensionPoint,
        registry: kubernetesAccessRef,
        auth: coreServices.auth,
        config: coreServices.rootConfig,
      },
      async init({ router, objects, registry, auth, config }) {
        if (!config.has('kubernetes')) {
          registry.fail("the configuration has no 'kubernetes' section");
          return;
        }

        const publish = (
          clusters: KubernetesClustersSupplier,
          strategyFor: (provider: string) => AuthenticationStrategy | undefined,
        ) =>
          registry.set({
            async getClusters() {
              const credentials = await auth.getOwnServiceCredentials();
              const found = await clusters.getClusters({ credentials });
              return found.map(reachableCluster);
            },
            getCredential: cluster =>
              credentialOf(cluster, strategyFor(providerOf(cluster))),
          });

        let laterRouter: KubernetesRouterFactory | undefined;
        try {
          router.addRouter(options => {
            publish(
              options.clusterSupplier,
              provider => options.authStrategyMap[provider],
            );
            return laterRouter?.(options) ?? options.getDefault();
          });
          router.addRouter = factory => {
            laterRouter = factory;
          };
          return;
        } catch {
          // The point is taken by an integrator's module that came earlier.
        }
        try {
          objects.addObjectsProvider(async options => {
            publish(options.clusterSupplier, () => options.authStrategy);
            return options.getDefault();
          });
        } catch {
          registry.fail(
            'both extension points of the kubernetes plugin are taken by other modules',
          );
        }
      },
    });
  },
});

async function credentialOf(
  cluster: ClusterDetails,
  strategy: AuthenticationStrategy | undefined,
): Promise<KubernetesCredential> {
  // The empty object: nothing from a browser.
  const credential = await strategy?.getCredential(cluster, {});
  const provider = providerOf(cluster);
  const isMeant = provider === 'localKubectlProxy';
  if (!credential || (credential.type === 'anonymous' && !isMeant)) {
    throw new Error(
      `auth provider '${provider}' of cluster '${cluster.name}' gives the server no credential`,
    );
  }
  return credential;
}

/**
 * A copy (the plugin's proxy writes into its own objects) with the address that works: for the service account of
 * the pod itself the plugin ignores the configured url, and so do we.
 */
function reachableCluster(cluster: ClusterDetails): ClusterDetails {
  const isOwnPod =
    providerOf(cluster) === 'serviceAccount' &&
    !cluster.authMetadata.serviceAccountToken &&
    existsSync(SERVICEACCOUNT_CA_PATH);
  if (!isOwnPod) return { ...cluster };
  const { KUBERNETES_SERVICE_HOST, KUBERNETES_SERVICE_PORT } = process.env;
  return {
    ...cluster,
    url: `https://${KUBERNETES_SERVICE_HOST}:${KUBERNETES_SERVICE_PORT}`,
    caFile: SERVICEACCOUNT_CA_PATH,
    skipTLSVerify: false,
  };
}

function providerOf(cluster: ClusterDetails): string {
  return cluster.authMetadata[ANNOTATION_KUBERNETES_AUTH_PROVIDER];
}
