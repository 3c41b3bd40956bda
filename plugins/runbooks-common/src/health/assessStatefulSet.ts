import {
  assessed,
  isUnobserved,
  signalOf,
  type Assessment,
} from './assessment';
import { imageOf } from './imageOf';
import type { StatefulSet } from './kubernetesObjects';

/** Judges a StatefulSet by its own status. Never Degraded by itself: its pods say that. @public */
export function assessStatefulSet(statefulSet: StatefulSet): Assessment {
  const { spec = {}, status = {} } = statefulSet;
  const desired = spec.replicas ?? 1;
  const ready = status.readyReplicas ?? 0;
  const updated = status.updatedReplicas ?? 0;
  const facts = { ready: { ready, desired }, image: imageOf(spec.template) };

  if (!status.observedGeneration || isUnobserved(statefulSet)) {
    return assessed(
      'Progressing',
      'The controller has not yet seen the newest change',
      facts,
    );
  }
  if (ready < desired) {
    return assessed(
      'Progressing',
      `${ready} of ${desired} replicas are ready`,
      facts,
    );
  }
  if (desired === 0) {
    const message = 'Scaled to 0: nothing runs';
    return assessed('Suspended', message, {
      ...facts,
      signals: [signalOf(statefulSet, 'ScaledToZero', message)],
    });
  }
  if (spec.updateStrategy?.type === 'OnDelete') {
    return assessed(
      'Healthy',
      `${ready} of ${desired} replicas are ready; updates wait for pods to be deleted`,
      facts,
    );
  }
  const partition = spec.updateStrategy?.rollingUpdate?.partition ?? 0;
  if (partition > 0) {
    const toUpdate = Math.max(0, desired - partition);
    return updated < toUpdate
      ? assessed(
          'Progressing',
          `Partitioned rollout: ${updated} of ${toUpdate} replicas are updated`,
          facts,
        )
      : assessed(
          'Healthy',
          `Partitioned rollout complete: ${updated} replicas are updated`,
          facts,
        );
  }
  if (status.updateRevision !== status.currentRevision) {
    return assessed(
      'Progressing',
      `${updated} of ${desired} replicas are at revision ${status.updateRevision}`,
      facts,
    );
  }
  return assessed(
    'Healthy',
    `${ready} of ${desired} replicas are ready`,
    facts,
  );
}
