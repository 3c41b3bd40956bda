/**
 * Runbooks on the catalog page: the plugin of the new frontend system as the default, what the legacy one takes by
 * name, and the API client for both.
 *
 * @packageDocumentation
 */
export { default } from './alpha';
export {
  EntityRunbooksCard,
  EntityRunbooksContent,
  RunbooksPage,
  runbooksPlugin,
} from './plugin';
export { entityContentRouteRef, rootRouteRef } from './routes';
export { isRunbooksKind } from './isRunbooksKind';
export {
  runbooksApiRef,
  type CallsPlace,
  type OutputPlace,
  type RunbooksApi,
} from './api/RunbooksApi';
export { RunbooksClient } from './api/RunbooksClient';
export type { StreamConnection, StreamListener } from './api/followStream';
