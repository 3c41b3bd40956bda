export type { CallCounts, GatewayAttempt, OpenGateway } from './GatewayAttempt';
export { KubernetesGateway } from './KubernetesGateway';
