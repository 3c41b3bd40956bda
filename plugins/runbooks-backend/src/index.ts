/**
 * The runbooks backend: one `backend.add(import('@backstage-runbooks/plugin-runbooks-backend'))` adds the plugin, its
 * module in the kubernetes plugin, and the registry between the two.
 *
 * @packageDocumentation
 */
import { createBackendFeatureLoader } from '@backstage/backend-plugin-api';
import { kubernetesAccessFactory, kubernetesAccessModule } from './kubernetes';
import { runbooksPlugin } from './plugin';

export default createBackendFeatureLoader({
  loader: () => [
    runbooksPlugin,
    kubernetesAccessModule,
    kubernetesAccessFactory,
  ],
});
