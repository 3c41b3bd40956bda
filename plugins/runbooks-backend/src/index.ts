/**
 * The runbooks backend: one `backend.add(import('@backstage-runbooks/plugin-runbooks-backend'))` adds the plugin, its
 * module in the kubernetes plugin, and the registry between the two.
 *
 * @packageDocumentation
 */
import { createBackendFeatureLoader } from '@backstage/backend-plugin-api';
import { kubernetesAccessFactory, kubernetesAccessModule } from './kubernetes';
import { runbooksPlugin } from './plugin';

/*
 * The module is added also where the kubernetes plugin is not installed: a loader cannot see what else a backend has,
 * and the backend starts modules together with their plugin, so this one is never started then and nothing fails. The
 * registry sees in the backend's own list of plugins that nobody will fill it, and says so at once to whoever asks:
 * reading and on-call go on without a cluster, health and plans that need one tell why there is none.
 */
export default createBackendFeatureLoader({
  loader: () => [
    runbooksPlugin,
    kubernetesAccessModule,
    kubernetesAccessFactory,
  ],
});
