import {
  createApiFactory,
  createComponentExtension,
  createPlugin,
  createRoutableExtension,
  discoveryApiRef,
  fetchApiRef,
} from '@backstage/core-plugin-api';
import { runbooksApiRef } from './api/RunbooksApi';
import { RunbooksClient } from './api/RunbooksClient';
import { entityContentRouteRef, rootRouteRef } from './routes';

/** The plugin for apps of the legacy frontend system. @public */
export const runbooksPlugin = createPlugin({
  id: 'runbooks',
  apis: [
    createApiFactory({
      api: runbooksApiRef,
      deps: { discoveryApi: discoveryApiRef, fetchApi: fetchApiRef },
      factory: deps => new RunbooksClient(deps),
    }),
  ],
  routes: { root: rootRouteRef, entityContent: entityContentRouteRef },
});

/** History, approvals and single runs; mount it at `/runbooks`. @public */
export const RunbooksPage = runbooksPlugin.provide(
  createRoutableExtension({
    name: 'RunbooksPage',
    component: () =>
      import('./features/RunbooksPage').then(module => module.RunbooksPage),
    mountPoint: rootRouteRef,
  }),
);

/** The tab of an entity page; mount it at `/runbooks`. @public */
export const EntityRunbooksContent = runbooksPlugin.provide(
  createRoutableExtension({
    name: 'EntityRunbooksContent',
    component: () =>
      import('./features/EntityContent').then(module => module.EntityContent),
    mountPoint: entityContentRouteRef,
  }),
);

/** Health, on-call and the last run, for the overview of an entity. @public */
export const EntityRunbooksCard = runbooksPlugin.provide(
  createComponentExtension({
    name: 'EntityRunbooksCard',
    component: {
      lazy: () =>
        import('./features/overview/OverviewCard').then(
          module => module.OverviewCard,
        ),
    },
  }),
);
