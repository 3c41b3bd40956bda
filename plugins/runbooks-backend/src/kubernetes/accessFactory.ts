import {
  coreServices,
  createServiceFactory,
} from '@backstage/backend-plugin-api';
import {
  kubernetesAccessRef,
  type KubernetesAccessRegistry,
} from '@backstage-runbooks/plugin-runbooks-node';
import { AwaitedAccessRegistry } from './AwaitedAccessRegistry';

const ACCESS_TIMEOUT_MS = 10_000;

/**
 * The registry through which the runbooks plugin gets clusters and credentials of the kubernetes plugin.
 *
 * It is explicit (not a default factory), because two copies of this package in one process must share one registry.
 * A caller that comes too early waits until the kubernetes plugin has started, at most ten seconds; afterwards it
 * gets the reason why there is no access.
 */
export const kubernetesAccessFactory = createServiceFactory({
  service: kubernetesAccessRef,
  deps: {
    instance: coreServices.rootInstanceMetadata,
    lifecycle: coreServices.rootLifecycle,
  },
  factory({ instance, lifecycle }): KubernetesAccessRegistry {
    const registry = new AwaitedAccessRegistry(instance, ACCESS_TIMEOUT_MS);
    // Startup hooks run when every plugin has started or failed: who has not answered by then never will.
    lifecycle.addStartupHook(() =>
      registry.fail('the kubernetes backend plugin did not start'),
    );
    return registry;
  },
});
