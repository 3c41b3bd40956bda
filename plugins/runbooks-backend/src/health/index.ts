export type { ClusterEvent, ClusterReader } from './ClusterReader';
export { readClusterSettings, type ClusterSettings } from './clusterSettings';
export { CatalogEntityParts, type EntityParts } from './EntityParts';
export {
  HealthWatcher,
  type ClusterList,
  type PodChoice,
} from './HealthWatcher';
