import { assessed, conditionOf, signalOf, type Assessment } from './assessment';
import type { Deployment, ReplicaSet } from './kubernetesObjects';

type Replicated = Deployment | ReplicaSet;
type Facts = Parameters<typeof assessed>[2];

/** The finding that pods cannot be created (quota, admission); undefined where they can. */
export function replicaFailure(
  object: Replicated,
  facts: Facts,
): Assessment | undefined {
  const failure = conditionOf(object.status?.conditions, 'ReplicaFailure');
  if (failure?.status !== 'True') return undefined;
  const message = `Pods cannot be created: ${
    failure.message ?? failure.reason ?? 'no reason is given'
  }`;
  return assessed('Degraded', message, {
    ...facts,
    signals: [signalOf(object, 'ReplicaFailure', message)],
  });
}

/** All that were asked for are there, which may be none. */
export function allAvailable(object: Replicated, facts: Facts): Assessment {
  const desired = object.spec?.replicas ?? 1;
  const available = object.status?.availableReplicas ?? 0;
  if (desired === 0) {
    const message = 'Scaled to 0: nothing runs';
    return assessed('Suspended', message, {
      ...facts,
      signals: [signalOf(object, 'ScaledToZero', message)],
    });
  }
  return assessed(
    'Healthy',
    `${available} of ${desired} replicas are available`,
    facts,
  );
}
