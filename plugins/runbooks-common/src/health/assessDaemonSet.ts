import { assessed, isUnobserved, type Assessment } from './assessment';
import { imageOf } from './imageOf';
import type { DaemonSet } from './kubernetesObjects';

/** Judges a DaemonSet by its own status. @public */
export function assessDaemonSet(daemonSet: DaemonSet): Assessment {
  const { spec = {}, status = {} } = daemonSet;
  const desired = status.desiredNumberScheduled ?? 0;
  const updated = status.updatedNumberScheduled ?? 0;
  const available = status.numberAvailable ?? 0;
  const facts = {
    ready: { ready: status.numberReady ?? 0, desired },
    image: imageOf(spec.template),
  };

  if (isUnobserved(daemonSet)) {
    return assessed(
      'Progressing',
      'The controller has not yet seen the newest change',
      facts,
    );
  }
  if (spec.updateStrategy?.type === 'OnDelete') {
    return available < desired
      ? assessed(
          'Progressing',
          `${available} of ${desired} pods are available`,
          facts,
        )
      : assessed(
          'Healthy',
          `${available} of ${desired} pods are available; updates wait for pods to be deleted`,
          facts,
        );
  }
  if (updated < desired) {
    return assessed(
      'Progressing',
      `${updated} of ${desired} pods are updated`,
      facts,
    );
  }
  if (available < desired) {
    return assessed(
      'Progressing',
      `${available} of ${desired} pods are available`,
      facts,
    );
  }
  return assessed(
    'Healthy',
    desired === 0
      ? 'No node asks for a pod'
      : `${available} of ${desired} pods are available`,
    facts,
  );
}
