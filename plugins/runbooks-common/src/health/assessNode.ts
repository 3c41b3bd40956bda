import { assessed, conditionOf, signalOf, type Assessment } from './assessment';
import type { Node } from './kubernetesObjects';

const PRESSURES = ['MemoryPressure', 'DiskPressure', 'PIDPressure'];

/** Judges a Node by its conditions; a cordoned one is Suspended. @public */
export function assessNode(node: Node): Assessment {
  const conditions = node.status?.conditions;
  const ready = conditionOf(conditions, 'Ready');
  if (ready?.status !== 'True') {
    const message = `Not ready: ${
      ready?.message ?? ready?.reason ?? 'the node does not report'
    }`;
    return assessed('Degraded', message, {
      signals: [signalOf(node, 'NodeNotReady', message)],
    });
  }
  const pressure = PRESSURES.map(type => conditionOf(conditions, type)).find(
    condition => condition?.status === 'True',
  );
  if (pressure) {
    const message = `${pressure.type}: ${
      pressure.message ?? pressure.reason ?? 'resources are short'
    }`;
    return assessed('Degraded', message, {
      signals: [signalOf(node, 'NodePressure', message)],
    });
  }
  if (node.spec?.unschedulable) {
    return assessed('Suspended', 'Cordoned: takes no new pods');
  }
  return assessed('Healthy', 'Ready');
}
