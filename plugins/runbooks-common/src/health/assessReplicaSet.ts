import { assessed, isUnobserved, type Assessment } from './assessment';
import { imageOf } from './imageOf';
import type { ReplicaSet } from './kubernetesObjects';
import { allAvailable, replicaFailure } from './replicaFindings';

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
  const failure = replicaFailure(replicaSet, facts);
  if (failure) return failure;
  if (available < desired) {
    return assessed(
      'Progressing',
      `${available} of ${desired} replicas are available`,
      facts,
    );
  }
  return allAvailable(replicaSet, facts);
}
