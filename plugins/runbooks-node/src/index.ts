/**
 * Extension points and service references of the runbooks backend.
 *
 * @packageDocumentation
 */
export * from './executor';
export * from './kubernetesAccess';
