import {
  assessed,
  conditionOf,
  isUnobserved,
  signalOf,
  type Assessment,
} from './assessment';
import { imageOf } from './imageOf';
import type { Deployment } from './kubernetesObjects';
import { allAvailable, replicaFailure } from './replicaFindings';

/** Judges a Deployment by its own status; its pods are judged apart. @public */
export function assessDeployment(deployment: Deployment): Assessment {
  const { spec = {}, status = {} } = deployment;
  const desired = spec.replicas ?? 1;
  const updated = status.updatedReplicas ?? 0;
  const available = status.availableReplicas ?? 0;
  const existing = status.replicas ?? 0;
  const facts = {
    ready: { ready: status.readyReplicas ?? 0, desired },
    image: imageOf(spec.template),
  };

  if (spec.paused) {
    return assessed('Suspended', 'The rollout is paused', facts);
  }
  if (isUnobserved(deployment)) {
    return assessed(
      'Progressing',
      'The controller has not yet seen the newest change',
      facts,
    );
  }
  const progressing = conditionOf(status.conditions, 'Progressing');
  if (progressing?.reason === 'ProgressDeadlineExceeded') {
    const message = `The rollout is stalled: ${
      progressing.message ?? 'it exceeded its progress deadline'
    }`;
    return assessed('Degraded', message, {
      ...facts,
      signals: [signalOf(deployment, 'StalledRollout', message)],
    });
  }
  const failure = replicaFailure(deployment, facts);
  if (failure) return failure;
  if (updated < desired) {
    return assessed(
      'Progressing',
      `${updated} of ${desired} replicas are updated`,
      facts,
    );
  }
  if (existing > updated) {
    return assessed(
      'Progressing',
      `${existing - updated} old replicas are still to be stopped`,
      facts,
    );
  }
  if (available < updated) {
    return assessed(
      'Progressing',
      `${available} of ${updated} replicas are available`,
      facts,
    );
  }
  return allAvailable(deployment, facts);
}
