import {
  assessed,
  conditionOf,
  isUnobserved,
  signalOf,
  type Assessment,
} from './assessment';
import { imageOf } from './imageOf';
import type { ReplicaSet } from './kubernetesObjects';

/** Judges a ReplicaSet (or ReplicationController) that no Deployment owns. @public */
export function assessReplicaSet(replicaSet: ReplicaSet): Assessment {
  const { spec = {}, status = {} } = replicaSet;
  const desired = spec.replicas ?? 1;
  const available = status.availableReplicas ?? 0;
  const facts = {
    ready: { ready: status.readyReplicas ?? 0, desired },
    image: imageOf(spec.template),
  };

  if (isUnobserved(replicaSet)) {
    return assessed(
      'Progressing',
      'The controller has not yet seen the newest change',
      facts,
    );
  }
  const failure = conditionOf(status.conditions, 'ReplicaFailure');
  if (failure?.status === 'True') {
    const message = `Pods cannot be created: ${
      failure.message ?? failure.reason ?? 'no reason is given'
    }`;
    return assessed('Degraded', message, {
      ...facts,
      signals: [signalOf(replicaSet, 'ReplicaFailure', message)],
    });
  }
  if (available < desired) {
    return assessed(
      'Progressing',
      `${available} of ${desired} replicas are available`,
      facts,
    );
  }
  if (desired === 0) {
    const message = 'Scaled to 0: nothing runs';
    return assessed('Suspended', message, {
      ...facts,
      signals: [signalOf(replicaSet, 'ScaledToZero', message)],
    });
  }
  return assessed(
    'Healthy',
    `${available} of ${desired} replicas are available`,
    facts,
  );
}
