export type { GatewayAttempt, OpenGateway } from './GatewayAttempt';
export { KubernetesGateway } from './KubernetesGateway';
