import {
  createBackendModule,
  createBackendPlugin,
  createServiceFactory,
} from '@backstage/backend-plugin-api';
import { mockServices, startTestBackend } from '@backstage/backend-test-utils';
import kubernetesPlugin from '@backstage/plugin-kubernetes-backend';
import {
  kubernetesObjectsProviderExtensionPoint,
  kubernetesRouterExtensionPoint,
  type KubernetesObjectsProviderExtensionPoint,
  type KubernetesRouterExtensionPoint,
} from '@backstage/plugin-kubernetes-node';
import { catalogServiceMock } from '@backstage/plugin-catalog-node/testUtils';
import {
  kubernetesAccessRef,
  type KubernetesAccess,
  type KubernetesAccessRegistry,
} from '@backstage-runbooks/plugin-runbooks-node';
import { Router } from 'express';
import { kubernetesAccessFactory } from './accessFactory';
import { kubernetesAccessModule } from './accessModule';

const CLUSTER = {
  name: 'one',
  url: 'https://one.invalid',
  authMetadata: { 'kubernetes.io/auth-provider': 'serviceAccount' },
};
const STRATEGY = {
  getCredential: async () => ({ type: 'bearer token' as const, token: 't' }),
  validateCluster: () => [],
  presentAuthMetadata: () => ({}),
};
const SUPPLIER = { getClusters: async () => [CLUSTER] };
const TAKEN = () => {
  throw new Error('taken');
};
const CONFIG = mockServices.rootConfig.factory({
  data: {
    kubernetes: {
      serviceLocatorMethod: { type: 'multiTenant' },
      clusterLocatorMethods: [{ type: 'localKubectlProxy' }],
    },
  },
});

describe('taking clusters and credentials from the kubernetes plugin', () => {
  function recorded() {
    const seen: { access?: KubernetesAccess; because?: string } = {};
    const registry: KubernetesAccessRegistry = {
      set: access => {
        seen.access = access;
      },
      fail: because => {
        seen.because ??= because;
      },
      get: async () => seen.access!,
    };
    const factory = createServiceFactory({
      service: kubernetesAccessRef,
      deps: {},
      factory: () => registry,
    });
    return { seen, factory };
  }

  async function startWith(points: {
    addRouter: KubernetesRouterExtensionPoint['addRouter'];
    addObjectsProvider?: KubernetesObjectsProviderExtensionPoint['addObjectsProvider'];
    config?: typeof CONFIG;
  }) {
    const { seen, factory } = recorded();
    const router = { addRouter: points.addRouter };
    await startTestBackend({
      features: [kubernetesAccessModule, factory, points.config ?? CONFIG],
      extensionPoints: [
        [kubernetesRouterExtensionPoint, router],
        [
          kubernetesObjectsProviderExtensionPoint,
          { addObjectsProvider: points.addObjectsProvider ?? TAKEN },
        ],
      ],
    });
    return { seen, router };
  }

  const defaultRouter = Router();
  const routerOptions = {
    getDefault: () => defaultRouter,
    objectsProvider: {
      getKubernetesObjectsByEntity: TAKEN,
      getCustomResourcesByEntity: TAKEN,
    },
    clusterSupplier: SUPPLIER,
    authStrategyMap: { serviceAccount: STRATEGY },
  };

  it('leaves the default router in place and gets its suppliers', async () => {
    let used: unknown;
    const { seen } = await startWith({
      addRouter: factory => {
        used = factory(routerOptions);
      },
    });
    expect(used).toBe(defaultRouter);
    await expect(seen.access?.getClusters()).resolves.toEqual([CLUSTER]);
    await expect(seen.access?.getCredential(CLUSTER)).resolves.toEqual({
      type: 'bearer token',
      token: 't',
    });
  });

  it('lets a router that an integrator adds later replace the default one', async () => {
    let ours: Parameters<KubernetesRouterExtensionPoint['addRouter']>[0];
    const { router } = await startWith({
      addRouter: factory => {
        ours = factory;
      },
    });
    const theirs = Router();
    router.addRouter(() => theirs);
    expect(ours!(routerOptions)).toBe(theirs);
  });

  it('uses the objects provider where the router is taken', async () => {
    const provider = routerOptions.objectsProvider;
    let used: unknown;
    const { seen } = await startWith({
      addRouter: TAKEN,
      addObjectsProvider: async factory => {
        if (typeof factory !== 'function') throw new Error('not a factory');
        used = await factory({
          getDefault: async () => provider,
          clusterSupplier: SUPPLIER,
          serviceLocator: { getClustersByEntity: TAKEN },
          fetcher: {
            fetchObjectsForService: TAKEN,
            fetchPodMetricsByNamespaces: TAKEN,
          },
          customResources: [],
          authStrategy: STRATEGY,
        });
      },
    });
    expect(used).toBe(provider);
    await expect(seen.access?.getCredential(CLUSTER)).resolves.toMatchObject({
      token: 't',
    });
  });

  it('says so when both places are taken', async () => {
    const { seen } = await startWith({ addRouter: TAKEN });
    expect(seen.because).toBe(
      'both extension points of the kubernetes plugin are taken by other modules',
    );
  });

  it('says so when kubernetes is not configured', async () => {
    const { seen } = await startWith({
      addRouter: TAKEN,
      config: mockServices.rootConfig.factory({ data: {} }),
    });
    expect(seen.because).toBe("the configuration has no 'kubernetes' section");
  });

  it('refuses an anonymous credential where a browser would have to log in', async () => {
    const { seen } = await startWith({
      addRouter: factory => {
        factory({
          ...routerOptions,
          authStrategyMap: {
            aks: {
              ...STRATEGY,
              getCredential: async () => ({ type: 'anonymous' }),
            },
          },
        });
      },
    });
    const cluster = {
      ...CLUSTER,
      authMetadata: { 'kubernetes.io/auth-provider': 'aks' },
    };
    await expect(seen.access?.getCredential(cluster)).rejects.toThrow(
      "auth provider 'aks' of cluster 'one' gives the server no credential",
    );
  });
});

describe('waiting for access', () => {
  /** Starts a backend and returns what a plugin gets from the registry. */
  async function registryOf(features: unknown[]) {
    let registry: KubernetesAccessRegistry | undefined;
    const reader = createBackendPlugin({
      pluginId: 'reader',
      register(reg) {
        reg.registerInit({
          deps: { access: kubernetesAccessRef },
          async init({ access }) {
            registry = access;
          },
        });
      },
    });
    const backend = await startTestBackend({
      features: [kubernetesAccessFactory, reader, CONFIG, ...(features as [])],
    });
    return { registry: registry!, backend };
  }

  it('works with the real kubernetes plugin', async () => {
    const { registry } = await registryOf([
      kubernetesPlugin,
      kubernetesAccessModule,
      catalogServiceMock.factory(),
    ]);
    const access = await registry.get();
    const clusters = await access.getClusters();
    expect(clusters.map(cluster => cluster.name)).toEqual(['local']);
    await expect(access.getCredential(clusters[0])).resolves.toEqual({
      type: 'anonymous',
    });
  });

  it('says that the kubernetes plugin is not installed', async () => {
    const { registry } = await registryOf([]);
    await expect(registry.get()).rejects.toThrow(
      'the kubernetes backend plugin is not installed in this process',
    );
  });

  it('says that the module is not installed', async () => {
    const { registry } = await registryOf([
      kubernetesPlugin,
      catalogServiceMock.factory(),
    ]);
    await expect(registry.get()).rejects.toThrow(
      'module runbooks-access of the kubernetes backend plugin is not installed',
    );
  });

  it('says that the kubernetes plugin did not start', async () => {
    const broken = createBackendPlugin({
      pluginId: 'kubernetes',
      register(reg) {
        reg.registerInit({ deps: {}, async init() {} });
      },
    });
    const silent = createBackendModule({
      pluginId: 'kubernetes',
      moduleId: 'runbooks-access',
      register(reg) {
        reg.registerInit({ deps: {}, async init() {} });
      },
    });
    const { registry } = await registryOf([broken, silent]);
    await expect(registry.get()).rejects.toThrow(
      'the kubernetes backend plugin did not start',
    );
  });
});
