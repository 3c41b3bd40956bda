export { kubernetesAccessFactory } from './accessFactory';
export { kubernetesAccessModule } from './accessModule';
export { ClusterDirectory, type ClusterTrial } from './ClusterDirectory';
export { ClusterTransport, type ClusterRequest } from './ClusterTransport';
export { KubernetesApiError } from './KubernetesApiError';
export {
  KubernetesClient,
  type KubernetesObject,
  type Right,
  type WatchEvent,
} from './KubernetesClient';
export { RunCredentials } from './RunCredentials';
